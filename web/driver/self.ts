import { z } from "zod";
import { Vehicle } from "../../contracts/errand.ts";
import { keep, kept } from "../shared/storage.ts";

const Self = z.object({ name: z.string(), vehicle: Vehicle });
/** Under which name a driver comes on shift, by what. */
type Self = z.infer<typeof Self>;

const name = "comanda.driver.self";

/** As it was the last time on this phone. */
export function lastSelf(): Self {
  return kept(name, Self) ?? { name: "", vehicle: "bike" };
}

export function keepSelf(self: Self): void {
  keep(name, self);
}

export function forgetSelf(): void {
  keep(name, null);
}
