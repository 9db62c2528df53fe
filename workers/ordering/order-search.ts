import { and, desc, eq, gte, inArray, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { FoundOrders, OrderSearch } from "../../contracts/floor.ts";
import { OrderId } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import { soughtIn, type Sought } from "../../domain/order/finding.ts";
import { dbFor } from "../shared/database.ts";
import type { OrderingEnv } from "./env.ts";
import { floorOrderOf } from "./floor-line.ts";
import { atVenuesOf } from "./reach.ts";
import { orders } from "./tables/orders.ts";
import { hiddenPhone, hiddenTrace } from "./traces.ts";

/** Traces have no index: each order of the time that is looked through is read. */
const lookedBackMs = 92 * 24 * 3_600_000;

/** A page of the orders that fit, newest placed first. */
export async function searchOrders(
  env: OrderingEnv,
  principal: Principal,
  search: OrderSearch,
): Promise<FoundOrders | Refusal> {
  const after = search.cursor === undefined ? undefined : cursorOf(search.cursor);
  if (after === null)
    return refuse("invalid-value", "See errors.", [{ pointer: "/cursor", detail: "not a cursor of this list" }]);
  const { text = "", venue, status, fulfilment, open, attention, least, most, names, limit } = search;
  const sought = text === "" ? undefined : soughtIn(text);
  if (sought === null) return { orders: [], next: null, searchedFrom: null };
  const isSlow = sought?.by === "traces" && search.from === undefined;
  const from = isSlow ? Date.now() - lookedBackMs : search.from === undefined ? undefined : epochMs(search.from);
  const rows = await dbFor(env, principal)
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.tenant, principal.tenant),
        atVenuesOf(principal),
        sought === undefined ? undefined : fits(env, principal.tenant, sought),
        venue === undefined ? undefined : eq(orders.venue, venue),
        status === undefined ? undefined : inArray(orders.status, status),
        fulfilment === undefined ? undefined : eq(orders.fulfilment, fulfilment),
        open === undefined ? undefined : open ? sql`${orders.open} = 1` : sql`${orders.open} = 0`,
        attention === true ? sql`${orders.attention} <> '[]'` : undefined,
        from === undefined ? undefined : gte(orders.placedAt, from),
        search.until === undefined ? undefined : lt(orders.placedAt, epochMs(search.until)),
        least === undefined ? undefined : gte(orders.total, least),
        most === undefined ? undefined : lte(orders.total, most),
        after === undefined
          ? undefined
          : or(lt(orders.placedAt, after.at), and(eq(orders.placedAt, after.at), lt(orders.id, after.id))),
      ),
    )
    .orderBy(desc(isOfFew(sought) ? sql`+${orders.placedAt}` : orders.placedAt), desc(orders.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const named = names ? await Promise.all(page.map(({ id }) => nameOf(env, principal, id))) : [];
  return {
    orders: page.map((row, at) => ({ ...floorOrderOf(row), name: named[at] ?? null })),
    next: rows.length > limit && last !== undefined ? `${last.placedAt ?? 0}_${last.id}` : null,
    searchedFrom: isSlow && from !== undefined ? rfc3339(from) : null,
  };
}

/**
 * What these name are some orders of all. A plus keeps SQLite, which cannot know that, from walking through all orders so
 * as not to sort them.
 */
function isOfFew(sought: Sought | undefined): boolean {
  return sought?.by === "code" || sought?.by === "phone";
}

function fits({ KEY_ENCRYPTION_SECRET: secret }: OrderingEnv, tenant: string, sought: Sought): SQL | undefined {
  switch (sought.by) {
    case "id":
      if (OrderId.safeParse(sought.id).success) return eq(orders.id, sought.id);
      // Its beginning is enough: who reads one out stops after some letters.
      return and(gte(orders.id, sought.id), lt(orders.id, `${sought.id}~`));
    case "code":
      return eq(orders.code, sought.code);
    case "table":
      return eq(orders.tableKey, sought.table);
    case "phone":
      return eq(orders.phone, hiddenPhone(secret, tenant, sought.phone));
    case "traces": {
      const all = and(
        ...sought.traces.map((trace) => sql`instr(${orders.traces}, ${` ${hiddenTrace(secret, tenant, trace)} `}) > 0`),
      );
      return sought.table === null ? all : or(all, eq(orders.tableKey, sought.table));
    }
  }
}

/** The list knows no names; an order that cannot say it now is shown without. */
async function nameOf(env: OrderingEnv, principal: Principal, order: string): Promise<string | null> {
  const asked = env.ORDER.getByName(`${principal.tenant}/${order}`).customerName(principal);
  return Promise.resolve(asked).catch(() => null);
}

function cursorOf(text: string): { at: number; id: string } | null {
  const [, at, id] = /^(\d{1,15})_(ord_[0-9a-z]{26})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
