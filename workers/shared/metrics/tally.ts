import { sql } from "drizzle-orm";
import { parseAddress, type Address, type Service } from "../../../contracts/address.ts";
import { buckets, type MetricName } from "../../../contracts/metrics.ts";
import { dbFor, type Database } from "../database.ts";
import { log } from "../log.ts";
import { actorsSeen, tallies } from "../tables/tallies.ts";
import { troubleOf } from "../trouble.ts";

/** A fact's application: its CloudEvents type, and how long after its write at the sender (ms). */
export type HandOff = readonly [type: string, ms: number];

interface Row {
  readonly metric: MetricName;
  readonly label: string;
  readonly bucket: string;
  total: number;
}

/** D1 is told no more often than this, of all that was counted since: to be counted must cost an order nothing. */
const everyMs = 10_000;
/** An object is noted once in this time by each isolate. */
const notedEveryMs = 3_600_000;
const mostNoted = 5_000;

/**
 * What one isolate counts for its worker: in memory, and added to D1 with a batch, every ten seconds at most. What was
 * counted in an isolate's last seconds may die with it; nothing is counted twice.
 */
export class Tally {
  readonly worker: Service;
  private rows = new Map<string, Row>();
  private met = new Set<Address>();
  private readonly notedAt = new Map<Address, number>();
  private toldAt = -Infinity;

  constructor(worker: Service) {
    this.worker = worker;
  }

  count(metric: MetricName, label = "", total = 1): void {
    if (total > 0) this.add(metric, label, "", total);
  }

  observe([type, ms]: HandOff): void {
    const fact = type.replace(/^comanda\./, "").replace(/\.v\d+$/, "");
    // The clocks of two machines differ.
    const seconds = Math.max(0, ms) / 1_000;
    const bound = buckets.find((most) => seconds <= most);
    this.add("comanda_handoff_seconds", fact, bound === undefined ? "+Inf" : String(bound), 1);
    this.add("comanda_handoff_seconds", fact, "sum", seconds);
  }

  /** Takes note of an object in use. Orders are too many, and the read model has them. */
  meet(address: Address, now: number): void {
    if (address.startsWith("order/") || now - (this.notedAt.get(address) ?? -Infinity) < notedEveryMs) return;
    if (this.notedAt.size >= mostNoted) this.notedAt.clear();
    this.notedAt.set(address, now);
    this.met.add(address);
  }

  /** Tells D1 what was counted, unless it was told a moment ago. Never throws: the work that is counted goes on. */
  async tell(db: D1Database, now: number, how: "when due" | "now" = "when due"): Promise<void> {
    if (how === "when due" && now - this.toldAt < everyMs) return;
    const { rows, met } = this;
    if (rows.size === 0 && met.size === 0) return;
    this.toldAt = now;
    [this.rows, this.met] = [new Map(), new Set()];
    try {
      const d1 = dbFor({ DB: db }, "installation");
      await d1.batch([added(d1, this.worker, [...rows.values()]), seen(d1, [...met], now)]);
    } catch (error) {
      log.error("tally not kept", { ...troubleOf(error) });
      for (const { metric, label, bucket, total } of rows.values()) this.add(metric, label, bucket, total);
      for (const address of met) this.met.add(address);
    }
  }

  private add(metric: MetricName, label: string, bucket: string, total: number): void {
    const key = `${metric} ${label} ${bucket}`;
    const row = this.rows.get(key);
    if (row === undefined) this.rows.set(key, { metric, label, bucket, total });
    else row.total += total;
  }
}

/** As JSON, for D1 takes at most 100 bound parameters a statement. */
function added(d1: Database, worker: Service, rows: readonly Row[]) {
  const json = JSON.stringify(rows.map(({ metric, label, bucket, total }) => [metric, label, bucket, total]));
  const { worker: of, metric, label, bucket } = tallies;
  const each = sql`select ${worker}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${json}) where true`;
  const total = sql`${tallies.total} + excluded.total`;
  return d1
    .insert(tallies)
    .select(each)
    .onConflictDoUpdate({ target: [of, metric, label, bucket], set: { total } });
}

function seen(d1: Database, addresses: readonly Address[], now: number) {
  const json = JSON.stringify(addresses.map((address) => [address, parseAddress(address).kind]));
  const each = sql`select value ->> 0, value ->> 1, ${now} from json_each(${json}) where true`;
  const seenAt = sql`excluded.seen_at`;
  return d1.insert(actorsSeen).select(each).onConflictDoUpdate({ target: actorsSeen.address, set: { seenAt } });
}
