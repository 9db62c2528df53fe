import { and, eq, gt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { ActorKind, Service } from "../../../contracts/address.ts";
import { buckets, metrics, type MetricName, type Sample } from "../../../contracts/metrics.ts";
import { dbFor } from "../database.ts";
import { actorsSeen, tallies } from "../tables/tallies.ts";
import { mostAsked } from "./vitals.ts";

type Row = typeof tallies.$inferSelect;

const bounds = [...buckets.map(String), "+Inf"];
const usedWithinMs = 86_400_000;

/** What all isolates of a worker have counted. `expected` are said to be 0 where nothing was counted yet. */
export async function countedBy(
  db: D1Database,
  worker: Service,
  expected: Readonly<Partial<Record<MetricName, readonly string[]>>>,
): Promise<Sample[]> {
  const rows = await dbFor({ DB: db }, "installation").select().from(tallies).where(eq(tallies.worker, worker));
  const counted = rows.filter(({ bucket }) => bucket === "");
  const missing = Object.entries(expected).flatMap(([metric, labels]) =>
    labels
      .filter((label) => !counted.some((row) => row.metric === metric && row.label === label))
      .map((label) => ({ worker, metric, label, bucket: "", total: 0 })),
  );
  const histograms = Map.groupBy(
    rows.filter(({ bucket }) => bucket !== ""),
    ({ metric, label }) => `${metric} ${label}`,
  );
  return [...[...counted, ...missing].flatMap(counter), ...[...histograms.values()].flatMap(histogram)];
}

/** The names of a kind's objects that a batch was for in the last day, by lot, and how many there are. */
export async function inUse(db: D1Database, kind: ActorKind, now: number): Promise<{ known: number; names: string[] }> {
  const rows = await dbFor({ DB: db }, "installation")
    .select({ address: actorsSeen.address, known: sql<number>`count(*) over ()` })
    .from(actorsSeen)
    .where(and(eq(actorsSeen.kind, kind), gt(actorsSeen.seenAt, now - usedWithinMs)))
    .orderBy(sql`random()`)
    .limit(mostAsked);
  return { known: rows[0]?.known ?? 0, names: rows.map(({ address }) => address.slice(kind.length + 1)) };
}

/** The names of a table's objects, by lot, and how many there are. */
export async function listedIn(
  db: D1Database,
  table: Listing,
  where?: SQL,
): Promise<{ known: number; names: string[] }> {
  const rows = await dbFor({ DB: db }, "installation")
    .select({ name: sql<string>`${table.tenant} || '/' || ${table.id}`, known: sql<number>`count(*) over ()` })
    .from(table)
    .where(where)
    .orderBy(sql`random()`)
    .limit(mostAsked);
  return { known: rows[0]?.known ?? 0, names: rows.map(({ name }) => name) };
}

type Listing = SQLiteTable & { readonly tenant: SQLiteColumn; readonly id: SQLiteColumn };

function counter({ worker, metric, label, total }: Row): Sample[] {
  // Another version of this code may have counted what this one does not know.
  return isMetric(metric) ? [{ metric, labels: labelsOf(metric, worker, label), value: total }] : [];
}

function histogram(rows: readonly Row[]): Sample[] {
  const [{ worker, metric, label } = { worker: "", metric: "", label: "" }] = rows;
  if (!isMetric(metric)) return [];
  const labels = labelsOf(metric, worker, label);
  const totals = new Map(rows.map(({ bucket, total }) => [bucket, total]));
  let below = 0;
  const filled = bounds.map((le): Sample => {
    below += totals.get(le) ?? 0;
    return { metric, part: "bucket", labels: { ...labels, le }, value: below };
  });
  return [
    ...filled,
    { metric, part: "sum", labels, value: totals.get("sum") ?? 0 },
    { metric, part: "count", labels, value: below },
  ];
}

function isMetric(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}

function labelsOf(metric: MetricName, worker: string, label: string): Record<string, string> {
  const second = metrics[metric].labels[1];
  return second === undefined ? { worker } : { worker, [second]: label };
}
