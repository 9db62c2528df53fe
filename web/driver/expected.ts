import type { TaskView } from "../../contracts/driver.ts";
import { clock, clockRange } from "../shared/format.ts";
import { words } from "./words.ts";

type Expected = Pick<TaskView, "eta" | "dropoffAt">;

/** When the customer was made to expect it, as a window; where nobody was, when it is likely to be there. */
export function whenExpected(errand: Expected): string {
  const t = words.value;
  return errand.eta === undefined ? t.thereAt(clock(errand.dropoffAt)) : t.expectedIn(windowOf(errand));
}

/** The same, as clock times only, which are not torn apart at the end of a line. */
export function windowOf({ eta, dropoffAt }: Expected): string {
  return eta === undefined ? clock(dropoffAt) : clockRange(eta.from, eta.to).replaceAll("–", "\u2060–\u2060");
}
