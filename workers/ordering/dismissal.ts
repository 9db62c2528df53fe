import { and, desc, eq, inArray } from "drizzle-orm";
import type { Principal } from "../../contracts/principal.ts";
import { dbFor } from "../shared/database.ts";
import { log } from "../shared/log.ts";
import { troubleOf } from "../shared/trouble.ts";
import { traceNow } from "../shared/occasion.ts";
import type { OrderingEnv } from "./env.ts";
import { endTopics } from "./push/topics.ts";
import { venues } from "./tables/menus.ts";
import { orders } from "./tables/orders.ts";

/** Whose sockets; not until when its tokens would have lasted. */
export type Holder = Pick<Principal, "tenant" | "subject" | "role" | "venues">;
type DismissalEnv = Pick<OrderingEnv, "DB" | "ORDER" | "VENUE" | "FLOOR" | "KITCHEN" | "DELIVERY">;

/** Calls one request makes at the most are counted, and D1 takes at most 100 bound parameters a statement. */
const mostOrders = 20;
const mostVenues = 50;

/**
 * Closes the sockets, and ends the pushes, of a holder of whom a token was revoked: on the floor, on the boards and the stock of its venues, at its driver, on its newest
 * open orders and in the zones that deliver these. Sockets elsewhere close when their token would have expired. Never
 * rejects: the tokens have ended already, and whoever ended them must not think otherwise.
 */
export async function dismiss(env: DismissalEnv, holder: Holder): Promise<void> {
  const { tenant, subject, role } = holder;
  const who = { tenant, subject, role, venues: [], zones: [] };
  const atDriver = async (): Promise<void> => env.DELIVERY.dismiss(who);
  const atBoards = async (): Promise<void> => {
    const venues = await venuesOf(env, holder);
    if (venues.length === 0) return;
    const stock = venues.map(async (venue) => env.VENUE.getByName(`${tenant}/${venue}`).dismiss(subject));
    await Promise.all([env.KITCHEN.dismiss({ ...who, venues }), ...stock]);
  };
  const atFloor = async (): Promise<void> => env.FLOOR.getByName(tenant).dismiss(subject);
  // Whoever is sent away is told no more, in whatever browser: the key of a lost tablet is not all that was lost.
  const atPushes = async (): Promise<void> => {
    const ask = { by: "dismissal", key: null, fingerprint: null, traceparent: traceNow() };
    await endTopics(env, holder, null, ask);
  };
  const atOrders = async (): Promise<void> => {
    const followed = await ordersOf(env, holder);
    const closed = await Promise.allSettled(
      followed.map((order) => env.ORDER.getByName(`${tenant}/${order}`).dismiss(subject)),
    );
    const zones = closed.flatMap((each) => (each.status === "fulfilled" && each.value !== null ? [each.value] : []));
    if (zones.length > 0) await env.DELIVERY.dismiss({ ...who, zones: [...new Set(zones)] });
    const failed = closed.find((each) => each.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  };
  // Each for itself: an order that does not answer must not keep the boards open.
  const work = role === "driver" ? [atDriver] : isCrew(role) ? [atBoards, atFloor, atOrders, atPushes] : [atOrders];
  for (const outcome of await Promise.allSettled(work.map((close) => close()))) {
    if (outcome.status === "rejected") log.error("sockets not closed", { ...troubleOf(outcome.reason) });
  }
}

function isCrew(role: Holder["role"]): boolean {
  return role === "staff" || role === "admin";
}

async function venuesOf(env: DismissalEnv, { tenant, venues: named }: Holder): Promise<string[]> {
  if (named !== null) return named.slice(0, mostVenues);
  const rows = await dbFor(env, { tenant })
    .select({ id: venues.id })
    .from(venues)
    .where(eq(venues.tenant, tenant))
    .limit(mostVenues);
  return rows.map(({ id }) => id);
}

async function ordersOf(env: DismissalEnv, { tenant, subject, role, venues: named }: Holder): Promise<string[]> {
  const reach = named === null ? undefined : inArray(orders.venue, named.slice(0, mostVenues));
  const rows = await dbFor(env, { tenant })
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.open, true), isCrew(role) ? reach : eq(orders.customer, subject)))
    .orderBy(desc(orders.updatedAt))
    .limit(mostOrders);
  return rows.map(({ id }) => id);
}
