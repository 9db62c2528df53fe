import { Fulfilment } from "../../contracts/basket.ts";
import type { OrderSearch } from "../../contracts/floor.ts";
import { exponentOf } from "../../contracts/money.ts";
import { OrderStatus } from "../../contracts/order.ts";
import { soughtIn } from "../../domain/order/finding.ts";
import { daysLater, startOfDay } from "./days.ts";

/** What is looked for, as the address has it. Names, phones and mails never get there. */
export interface Filter {
  readonly text: string;
  /** A state, `open`, `attention`, or all. */
  readonly state: string;
  readonly how: string;
  readonly from: string;
  readonly until: string;
  readonly least: string;
  readonly most: string;
}

export const names = ["text", "state", "how", "from", "until", "least", "most"] as const;

export function filterIn(query: URLSearchParams): Filter {
  const of = (name: keyof Filter) => query.get(name) ?? "";
  return {
    text: of("text"), state: of("state"), how: of("how"), from: of("from"), until: of("until"), least: of("least"),
    most: of("most"),
  }; // prettier-ignore
}

/** Whether what was typed names an order or a table, and nobody: only then may it stand in an address. */
export function isImpersonal(text: string): boolean {
  const sought = soughtIn(text);
  return sought !== null && (sought.by === "id" || sought.by === "code" || sought.by === "table");
}

/** What the API is asked; days are the venue's, amounts as people write them, in units of its currency. */
export function searchOf(
  filter: Filter,
  {
    venue,
    timeZone,
    currency,
  }: { readonly venue: string | null; readonly timeZone: string; readonly currency: string },
): Partial<OrderSearch> {
  const { text, state, how, from, until } = filter;
  const status = OrderStatus.safeParse(state);
  const fulfilment = Fulfilment.safeParse(how);
  const minor = (amount: string): number | null => {
    const value = Math.round(Number(amount.replace(",", ".")) * 10 ** exponentOf(currency));
    return amount.trim() === "" || !Number.isSafeInteger(value) || value < 0 ? null : value;
  };
  const [least, most] = [minor(filter.least), minor(filter.most)];
  return {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(venue === null ? {} : { venue }),
    ...(status.success ? { status: [status.data] } : {}),
    ...(state === "open" ? { open: true } : {}),
    ...(state === "attention" ? { attention: true } : {}),
    ...(fulfilment.success ? { fulfilment: fulfilment.data } : {}),
    ...(isDay(from) ? { from: new Date(startOfDay(from, timeZone)).toISOString() } : {}),
    ...(isDay(until) ? { until: new Date(startOfDay(daysLater(until, 1), timeZone)).toISOString() } : {}),
    ...(least === null ? {} : { least }),
    ...(most === null ? {} : { most }),
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
