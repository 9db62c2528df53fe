import { and, desc, eq, inArray, lt, or, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { OrderSummary } from "../../contracts/order.ts";
import type { orderRoutes } from "../../contracts/order-routes.ts";
import type { Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { dbFor } from "../shared/database.ts";
import type { OrderingEnv } from "./env.ts";
import { orders } from "./tables/orders.ts";

type Query = z.output<typeof orderRoutes.list.query>;

/** A page of the read model, newest change first: a buyer's own orders, or those of the venues the token reaches. */
export async function listOrders(
  env: OrderingEnv,
  principal: Principal,
  query: Query,
): Promise<{ orders: OrderSummary[]; next: string | null } | Refusal> {
  const after = query.cursor === undefined ? undefined : cursorOf(query.cursor);
  if (after === null)
    return refuse("invalid-value", "See errors.", [{ pointer: "/query/cursor", detail: "not a cursor of this list" }]);
  const rows = await dbFor(env, principal)
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.tenant, principal.tenant),
        reach(principal),
        query.venue === undefined ? undefined : eq(orders.venue, query.venue),
        query.status === undefined ? undefined : eq(orders.status, query.status),
        query.open === undefined ? undefined : eq(orders.open, query.open === "true"),
        after === undefined
          ? undefined
          : or(lt(orders.updatedAt, after.at), and(eq(orders.updatedAt, after.at), lt(orders.id, after.id))),
      ),
    )
    .orderBy(desc(orders.updatedAt), desc(orders.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    orders: page.map((row) =>
      OrderSummary.parse({
        ...row,
        placedAt: row.placedAt === null ? null : rfc3339(row.placedAt),
        updatedAt: rfc3339(row.updatedAt),
      }),
    ),
    next: rows.length > query.limit && last !== undefined ? `${last.updatedAt}_${last.id}` : null,
  };
}

/** Most venues one token is asked about at once: D1 takes at most 100 bound parameters a statement. */
const mostVenues = 80;

function reach({ role, subject, venues }: Principal): SQL | undefined {
  if (role === "customer" || role === "service") return eq(orders.customer, subject);
  return venues === null ? undefined : inArray(orders.venue, venues.slice(0, mostVenues));
}

function cursorOf(text: string): { at: number; id: string } | null {
  const [, at, id] = /^(\d{1,15})_(ord_[0-9a-z]{26})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
