import type { TicketOrder } from "../../contracts/events.ts";

/** A wish as it was when it was last noticed, and as it is; of one line, or null of the whole order. */
export interface TicketChange {
  readonly line: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: number;
}

/** The wish of a line, or of the whole order; undefined where there is no such line. */
export function wishOf(order: TicketOrder, line: number | null): string | null | undefined {
  return line === null ? (order.note ?? null) : order.lines[line]?.note;
}

interface Wished {
  readonly order: TicketOrder;
  readonly changes?: readonly TicketChange[];
}

/** The order with a new wish at `at`, and what there is to notice: a wish that is as it was again is no news. */
export function withWish(
  { order, changes = [] }: Wished,
  { line, note: to }: { readonly line: number | null; readonly note: string | null },
  at: number,
): Required<Wished> {
  const before = changes.find((change) => change.line === line);
  const from = before === undefined ? (wishOf(order, line) ?? null) : before.from;
  const others = changes.filter((change) => change !== before);
  return { order: wishing(order, line, to), changes: from === to ? others : [...others, { line, from, to, at }] };
}

function wishing(order: TicketOrder, line: number | null, note: string | null): TicketOrder {
  if (line !== null) {
    return { ...order, lines: order.lines.map((one, number) => (number === line ? { ...one, note } : one)) };
  }
  const { note: _, ...rest } = order;
  return note === null ? rest : { ...rest, note };
}
