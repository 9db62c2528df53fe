import type { BookingView } from "../../contracts/carrier.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { ParcelEntry } from "./sandbox.ts";

/** What the carrier's books are compared with: how the order stands, and what the shop has of its booking. */
export interface Sent {
  readonly view: Pick<OrderView, "status">;
  readonly booking: Pick<BookingView, "status" | "price"> | undefined;
}

/** What a shop cannot know, or has been told that it is so. */
const excused = new Set(["too-late", "abandoned", "lost"]);

/** Where the carrier's books of one order, which has come to rest, disagree with the shop. */
export function parcelFaults({ view, booking }: Sent, entries: readonly ParcelEntry[]): string[] {
  const wrong: string[] = [];
  const parcels = Map.groupBy(entries, ({ parcel }) => parcel);
  const kept = [...parcels.values()].filter((lines) => !lines.some(({ kind }) => kind === "withdrawn"));
  if (kept.length > 1) wrong.push(`the carrier has it ${kept.length} times`);
  const [lines = []] = kept;
  const last = lines.at(-1)?.kind;
  const status = booking?.status;
  if (status === "delivered" && last !== "delivered") wrong.push(`delivered by the carrier, whose books say ${last}`);
  if (last !== undefined && status === undefined) wrong.push(`the carrier has it ${last}, and the shop knows nothing`);
  const isOver = view.status === "delivered" || excused.has(status ?? "");
  if (last !== undefined && !isOver) wrong.push(`it is ${view.status}, its booking ${status}, and the carrier has it ${last}`);
  const [first] = lines;
  const price = booking?.price ?? null;
  if (first !== undefined && price !== null && (first.price !== price.amount || first.currency !== price.currency))
    wrong.push(`the carrier asks ${first.price} ${first.currency}, agreed were ${price.amount} ${price.currency}`);
  for (const [parcel, all] of parcels)
    if (all.filter(({ kind }) => kind === "booked").length !== 1) wrong.push(`${parcel} was not booked once`);
  return wrong;
} // prettier-ignore
