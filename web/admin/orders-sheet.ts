import type { FloorOrder } from "../../contracts/floor.ts";
import { decimal } from "../../contracts/money.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { csvOf } from "./csv.ts";
import type { attentionWords, orderWords } from "./order-words.ts";
import type { ordersWords } from "./orders-words.ts";

/** The words of the screen's language. */
interface SheetWords {
  readonly head: typeof ordersWords.value.csv;
  readonly order: Pick<typeof orderWords.value, "status" | "fulfilment" | "reason">;
  readonly attention: typeof attentionWords;
}

/** Orders as a CSV file for a spreadsheet: amounts as numbers, times as it knows them, by the clock of the venue. */
export function sheetOf(
  orders: readonly FloorOrder[],
  venues: ReadonlyMap<string, Pick<VenueSettings, "name" | "timeZone">>,
  { head: csv, order: o, attention }: SheetWords,
): string {
  const head = [
    csv.id, csv.code, csv.venue, csv.status, csv.fulfilment, csv.table, csv.placed, csv.sent, csv.accepted, csv.promised,
    csv.ready, csv.ended, csv.timeZone, csv.total, csv.refunded, csv.currency, csv.reason, csv.attention,
  ]; // prettier-ignore
  const body = orders.map((order) => {
    const { name, timeZone } = venues.get(order.venue) ?? { name: order.venue, timeZone: "UTC" };
    const clock = clockOf(timeZone);
    const at = (instant: string | null) => (instant === null ? null : clock.format(new Date(instant)));
    const amount = (minor: number) => Number(decimal(minor, order.currency));
    return [
      order.id, order.code, name, o.status[order.status], o.fulfilment[order.fulfilment], order.table ?? null,
      at(order.placedAt), at(order.sentAt), at(order.acceptedAt), at(order.promisedAt), at(order.readyAt),
      at(order.endedAt), timeZone, amount(order.total), amount(order.refunded), order.currency,
      order.reason === null ? null : o.reason[order.reason], order.attention.map(attention).join("; "),
    ]; // prettier-ignore
  });
  return csvOf([head, ...body]);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Sweden writes 2026-11-22 18:05:00, which every spreadsheet takes for a time. Ten thousand orders need one format. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  clocks.set(timeZone, made);
  return made;
}
