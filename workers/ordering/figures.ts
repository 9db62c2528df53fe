import { and, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { Figures } from "../../contracts/floor.ts";
import type { floorRoutes } from "../../contracts/floor-routes.ts";
import type { Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import { dbFor } from "../shared/database.ts";
import type { OrderingEnv } from "./env.ts";
import { atVenuesOf } from "./reach.ts";
import { orders } from "./tables/orders.ts";

type Query = z.output<typeof floorRoutes.figures.query>;

const hourMs = 3_600_000;
const longestMs = 31 * 24 * hourMs + hourMs;
const mostItems = 12;
/** Seconds. */
const acceptanceBounds = [30, 60, 120, 180, 300];
const latenessBounds = [-300, 0, 300, 600, 1_200, 1_800];

/** What orders ended so are not paid for. */
const isLost = sql`(${orders.status} in ('rejected', 'cancelled', 'failed') and coalesce(${orders.reason}, '') <> 'not-collected')`;

/** What the orders placed in a time came to, counted in D1: a handful of statements over one range of an index. */
export async function figuresOf(env: OrderingEnv, principal: Principal, query: Query): Promise<Figures | Refusal> {
  const [from, until] = [epochMs(query.from), epochMs(query.until)];
  if (until <= from || until - from > longestMs) {
    return refuse("invalid-value", "See errors.", [
      { pointer: "/query/until", detail: "after `from`, and at most 31 days after it" },
    ]);
  }
  const db = dbFor(env, principal);
  const scope = and(
    eq(orders.tenant, principal.tenant),
    gte(orders.placedAt, from),
    lt(orders.placedAt, until),
    atVenuesOf(principal),
    query.venue === undefined ? undefined : eq(orders.venue, query.venue),
  );
  const inUse = await db
    .select({ currency: orders.currency })
    .from(orders)
    .where(scope)
    .groupBy(orders.currency)
    .orderBy(desc(sql`count(*)`));
  const [currency = null, ...otherCurrencies] = inUse.map((row) => row.currency);
  const paid = sql`case when ${isLost} or ${orders.currency} <> ${currency ?? ""} then 0 else ${orders.total} - ${orders.refunded} end`;
  const count = sql<number>`count(*)`;
  const revenue = sql<number>`coalesce(sum(${paid}), 0)`;
  const hour = sql<number>`(${orders.placedAt} - ${from}) / ${hourMs}`;
  const [totals, hours, venues, fulfilments, statuses, reasons] = await db.batch([
    db
      .select({
        orders: count,
        revenue,
        refunded: sql<number>`coalesce(sum(case when ${isLost} or ${orders.currency} <> ${currency ?? ""} then 0 else ${orders.refunded} end), 0)`,
        open: sql<number>`coalesce(sum(${orders.open}), 0)`,
        lost: sql<number>`coalesce(sum(${isLost}), 0)`,
      })
      .from(orders)
      .where(scope),
    db
      .select({ hour, orders: count, revenue })
      .from(orders)
      .where(scope)
      .groupBy(sql`1`)
      .orderBy(sql`1`),
    db.select({ venue: orders.venue, orders: count, revenue }).from(orders).where(scope).groupBy(orders.venue),
    db
      .select({ fulfilment: orders.fulfilment, orders: count, revenue })
      .from(orders)
      .where(scope)
      .groupBy(orders.fulfilment),
    db.select({ status: orders.status, orders: count, revenue }).from(orders).where(scope).groupBy(orders.status),
    db
      .select({ reason: orders.reason, orders: count })
      .from(orders)
      .where(and(scope, sql`${orders.reason} is not null`))
      .groupBy(orders.reason)
      .orderBy(desc(count)),
  ]);
  const [acceptance, lateness, items] = await Promise.all([
    db.all(spread(scope, sql`(${orders.acceptedAt} - ${orders.sentAt}) / 1000`, acceptanceBounds)),
    db.all(spread(scope, sql`(${orders.readyAt} - ${orders.promisedAt}) / 1000`, latenessBounds)),
    db.all(sql`select item.value ->> '$.key' as key, max(item.value ->> '$.name') as name,
        sum(item.value ->> '$.quantity') as quantity,
        sum(case when ${orders.currency} = ${currency ?? ""} then item.value ->> '$.total' else 0 end) as revenue
      from ${orders}, json_each(${orders.items}) as item
      where ${and(scope, sql`not ${isLost}`)} group by 1 order by quantity desc, key limit ${mostItems}`),
  ]);
  return Figures.parse({
    from: rfc3339(from),
    until: rfc3339(until),
    currency,
    otherCurrencies,
    total: totals[0],
    hours: hours.map(({ hour: number, ...each }) => ({ ...each, at: rfc3339(from + number * hourMs) })),
    venues,
    fulfilments,
    statuses,
    reasons,
    acceptance: spreadOf(acceptance, acceptanceBounds),
    lateness: spreadOf(lateness, latenessBounds),
    items,
  });
}

/** One row: how many, the middle one, the slowest but a tenth, and how many between each two bounds. Whole seconds. */
function spread(scope: SQL | undefined, took: SQL, bounds: readonly number[]): SQL {
  const between = [...bounds, null].map((below, at) => {
    const above = bounds[at - 1];
    const over = above === undefined ? sql`1` : sql`took >= ${above}`;
    const under = below === null ? sql`1` : sql`took < ${below}`;
    return sql`sum(${over} and ${under}) as ${sql.raw(`b${at}`)}`;
  });
  return sql`with times as (select ${took} as took from ${orders} where ${and(scope, sql`${took} is not null`)}),
      ranked as (select took, row_number() over (order by took) as place, count(*) over () as n from times)
    select count(*) as n, max(case when place = (n + 1) / 2 then took end) as median,
      max(case when place = (n * 9 + 9) / 10 then took end) as slow, ${sql.join(between, sql`, `)} from ranked`;
}

const Spread = z.looseObject({ n: z.int(), median: z.int().nullable(), slow: z.int().nullable() });

function spreadOf(rows: readonly unknown[], bounds: readonly number[]) {
  const { n, median, slow, ...counts } = Spread.parse(rows[0]);
  const buckets = [...bounds, null].map((below, at) => ({ below, orders: Number(counts[`b${at}`] ?? 0) }));
  return { orders: n, median, slow, buckets };
}
