import type { TicketView } from "../../contracts/kitchen.ts";

/** A ticket as people at this tablet know it. */
export interface Noticed {
  readonly readyAt: string | null;
  readonly driver: string | null;
}

/** In what a ticket is another one than they know: a wish of a line or of the order, the promised time, the driver. */
export type Difference =
  | { readonly what: "wish"; readonly line: number | null; readonly from: string | null; readonly to: string | null }
  | { readonly what: "time"; readonly from: string; readonly to: string }
  | { readonly what: "driver"; readonly from: string; readonly to: string | null };

/** What people know of a ticket from now on: what they did not know at all before is no difference. */
export function noticedOf({ readyAt, driver }: TicketView, before?: Noticed): Noticed {
  return { readyAt: before?.readyAt ?? readyAt, driver: before?.driver ?? driver?.name ?? null };
}

/** What somebody must be shown; nothing of a ticket that is over, or that is new here. */
export function differencesOf(ticket: TicketView, known: Noticed | undefined): Difference[] {
  const { status, readyAt, driver, changes = [] } = ticket;
  if (status !== "waiting" && status !== "accepted" && status !== "preparing" && status !== "ready") return [];
  const differences: Difference[] = changes.map(({ line, from, to }) => ({ what: "wish", line, from, to }));
  if (known === undefined) return differences;
  if (status !== "ready" && known.readyAt !== null && readyAt !== null && known.readyAt !== readyAt) {
    differences.push({ what: "time", from: known.readyAt, to: readyAt });
  }
  const coming = driver?.name ?? null;
  if (known.driver !== null && known.driver !== coming) {
    differences.push({ what: "driver", from: known.driver, to: coming });
  }
  return differences;
}
