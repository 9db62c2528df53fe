import type { Language, MenuDocument, TaxClass } from "../../contracts/menu.ts";
import type { Currency } from "../../contracts/money.ts";
import type { DraftTax } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";

/** What the venue knows where a file is silent. */
export interface ImportHints {
  readonly currency?: Currency | undefined;
  readonly language?: Language | undefined;
  readonly tax?: { readonly inclusive: boolean; readonly ratePpm: number } | undefined;
}

/** The one tax class of a file that names none: the hinted rate, or none at all, which an owner must hear about. */
export function assumedTax(hints: ImportHints, language: Language, path: string, log: FaultLog): DraftTax {
  const ratePpm = hints.tax?.ratePpm ?? 0;
  const inclusive = hints.tax?.inclusive ?? true;
  const rate = `${ratePpm / 10_000} %`;
  log.noted(
    path,
    "tax-missing",
    "The file names no tax rate.",
    `all is taxed ${rate}, ${inclusive ? "in" : "ex"}clusive`,
  );
  const only: TaxClass = { id: "standard", name: { [language]: rate }, ratePpm };
  return { inclusive, classes: [only], says: "nothing" };
}

/** Whether this is what was made for a file without taxes, where nobody knew better either. */
export function isAssumed({ classes: [first, ...others] }: MenuDocument["tax"]): boolean {
  return others.length === 0 && first?.id === "standard" && first.ratePpm === 0;
}
