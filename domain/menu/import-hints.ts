import type { Language, TaxClass } from "../../contracts/menu.ts";
import type { Currency } from "../../contracts/money.ts";
import type { FaultLog } from "./fault-log.ts";

/** What the venue knows where a file is silent. */
export interface ImportHints {
  readonly currency?: Currency | undefined;
  readonly language?: Language | undefined;
  readonly tax?: { readonly inclusive: boolean; readonly ratePpm: number } | undefined;
}

/** The one tax class of a file that names none: the hinted rate, or none at all, which an owner must hear about. */
export function assumedTax(hints: ImportHints, language: Language, path: string, log: FaultLog) {
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
  return { inclusive, classes: [only] };
}
