import { z } from "zod";
import type { FactData } from "../../contracts/events.ts";
import { FloorOrder } from "../../contracts/floor.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { orders } from "./tables/orders.ts";

type Row = typeof orders.$inferSelect;

const Attention = z.array(z.string());

/** A line of the read model as the crew is shown it. */
export function floorOrderOf(row: Row): FloorOrder {
  return FloorOrder.parse({
    ...row,
    placedAt: instant(row.placedAt),
    updatedAt: rfc3339(row.updatedAt),
    sentAt: instant(row.sentAt),
    acceptedAt: instant(row.acceptedAt),
    promisedAt: instant(row.promisedAt),
    readyAt: instant(row.readyAt),
    endedAt: instant(row.endedAt),
    dueAt: instant(row.dueAt),
    attention: Attention.parse(JSON.parse(row.attention)),
    table: row.table ?? undefined,
  });
}

/** The same of a line that was only just written. */
export function floorOrderIn(line: FactData<"order.changed">): FloorOrder {
  const { order, attention = [], reason = null, refunded = 0 } = line;
  return FloorOrder.parse({
    ...line,
    id: order,
    placedAt: instant(line.placedAt),
    updatedAt: rfc3339(line.updatedAt),
    sentAt: instant(line.sentAt),
    acceptedAt: instant(line.acceptedAt),
    promisedAt: instant(line.promisedAt),
    readyAt: instant(line.readyAt),
    endedAt: instant(line.endedAt),
    dueAt: instant(line.dueAt),
    reason,
    refunded,
    attention,
  });
}

function instant(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : rfc3339(at);
}
