import type { FloorOrder } from "../../contracts/floor.ts";

const minute = 60_000;
/** How long something may take before whoever looks at the floor should know of it. */
const unansweredMs = 90_000;
const readyMs = 15 * minute;
const payingMs = 2 * minute;

/** Why an order needs somebody: what it is late with, and by how much; null where all is well. */
export interface Trouble {
  readonly kind: "attention" | "late" | "unanswered" | "waiting" | "unpaid";
  readonly what: string;
  /** How long already. */
  readonly ms: number;
}

/** How late the order is: what it waits for should have been so long ago. Never below zero. */
export function lateMs({ dueAt, status }: FloorOrder, now: number): number {
  if (dueAt === null || !["accepted", "preparing", "out-for-delivery"].includes(status)) return 0;
  return Math.max(0, now - Date.parse(dueAt));
}

/** In which state an order is, for how long, and whether somebody should see to it. */
export function troubleOf(order: FloorOrder, now: number): Trouble | null {
  const { attention, status, updatedAt, sentAt, readyAt, fulfilment } = order;
  const since = now - Date.parse(updatedAt);
  const last = attention.at(-1);
  if (last !== undefined) return { kind: "attention", what: last, ms: since };
  const late = lateMs(order, now);
  if (late >= minute) return { kind: "late", what: "", ms: late };
  const unanswered = sentAt === null ? 0 : now - Date.parse(sentAt);
  if (status === "sent" && unanswered >= unansweredMs) return { kind: "unanswered", what: "", ms: unanswered };
  const waiting = readyAt === null ? 0 : now - Date.parse(readyAt);
  if (status === "ready" && waiting >= readyMs) return { kind: "waiting", what: fulfilment, ms: waiting };
  return status === "placed" && since >= payingMs ? { kind: "unpaid", what: "", ms: since } : null;
}

/** The columns of the floor, in the order an order goes through them. */
export const columns = ["waiting", "kitchen", "ready", "way", "later"] as const;
export type FloorColumn = (typeof columns)[number];

export function columnOf({ status }: Pick<FloorOrder, "status">): FloorColumn {
  switch (status) {
    case "basket":
    case "placed":
    case "sent":
      return "waiting";
    case "accepted":
    case "preparing":
      return "kitchen";
    case "ready":
      return "ready";
    case "out-for-delivery":
      return "way";
    case "scheduled":
    case "collected":
    case "delivered":
    case "rejected":
    case "cancelled":
    case "failed":
      return "later";
  }
}
