import { cpuUsage } from "node:process";
import { isEnd } from "../../contracts/order.ts";
import type { Finding } from "./findings.ts";
import { handOffs } from "./hand-offs.ts";
import type { Percentiles } from "./latencies.ts";
import type { Placing } from "./run.ts";
import type { World } from "./world.ts";

/** The figures of a run, as `--json` writes them. Latencies in milliseconds. */
export interface Report {
  readonly baseUrl: string;
  readonly seed: string;
  readonly seconds: number;
  readonly orders: {
    readonly placed: number;
    readonly ended: number;
    /** By the state they ended in; `hung` those that did not, `sold-out` and `nothing-left` those never placed. */
    readonly byOutcome: Readonly<Record<string, number>>;
  };
  readonly latencyMs: Readonly<Record<string, Percentiles>>;
  readonly troubles: World["troubles"];
  /** Drivers never heard of again. */
  readonly dropouts: number;
  /** Of the simulator itself. */
  readonly cpuSeconds: number;
  readonly brokenCount: number;
  readonly broken: readonly Finding[];
}

export function reportOf(
  world: World,
  placings: Readonly<Record<Placing, number>>,
  seed: string,
  seconds: number,
): Report {
  const byOutcome: Record<string, number> = {};
  for (const { view, ended } of world.journal.all) {
    const outcome = ended && view !== null ? view.status : "hung";
    byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
  }
  const ended = Object.entries(byOutcome).reduce((sum, [outcome, count]) => (isEnd(outcome) ? sum + count : sum), 0);
  for (const why of ["sold-out", "nothing-left", "refused"] as const)
    if (placings[why] > 0) byOutcome[why] = placings[why];
  const { user, system } = cpuUsage();
  return {
    baseUrl: world.baseUrl,
    seed,
    seconds: Math.round(seconds * 10) / 10,
    orders: { placed: placings.placed, ended, byOutcome },
    latencyMs: world.latencies.summary(),
    troubles: world.troubles,
    dropouts: world.dropouts?.count ?? 0,
    cpuSeconds: Math.round((user + system) / 100_000) / 10,
    brokenCount: world.findings.count,
    broken: world.findings.kept,
  };
}

/** The report for people. */
export function textOf(report: Report): string {
  const { orders, latencyMs, broken, brokenCount, troubles, dropouts } = report;
  const outcomes = Object.entries(orders.byOutcome).map(
    ([outcome, count]) => `  ${outcome.padEnd(22)}${String(count).padStart(8)}`,
  );
  const named = ["place", "placeBasket", "soldOut", "status", "command", "position"];
  const hops = Object.keys(handOffs);
  const known = [...named, ...hops].filter((name) => latencyMs[name] !== undefined);
  const rows = known.map((name) => row(name, latencyMs[name]));
  return [
    "",
    `${orders.placed} orders placed, ${orders.ended} ended, in ${report.seconds} s (seed ${report.seed}, own CPU ${report.cpuSeconds} s)`,
    ...outcomes,
    ...(dropouts > 0 ? [`  drivers never heard of again ${dropouts}`] : []),
    ...(troubles.sockets + troubles.requests > 0
      ? [`  sockets that came back ${troubles.sockets}, requests sent again ${troubles.requests}`]
      : []),
    "",
    `${"milliseconds".padEnd(24)}${["count", "p50", "p95", "p99", "max"].map((head) => head.padStart(9)).join("")}`,
    ...rows,
    "",
    ...(brokenCount === 0
      ? ["Nothing was broken."]
      : [`${brokenCount} broken expectations:`, ...broken.slice(0, 50).map(line)]),
    ...(brokenCount > 50 ? [`  … ${brokenCount - 50} more; --json FILE has them`] : []),
  ].join("\n");
}

/** A table row: a name and its percentiles. */
export function row(name: string, times: Percentiles | undefined): string {
  if (times === undefined) return name;
  const { count, p50, p95, p99, max } = times;
  const numbers = [p50, p95, p99, max].map((ms) => ms.toFixed(ms < 100 ? 1 : 0).padStart(9));
  return `${name.padEnd(24)}${String(count).padStart(9)}${numbers.join("")}`;
}

function line({ kind, order, venue, detail }: Finding): string {
  return `  ${kind}: ${[venue, order].filter((text) => text !== undefined).join(" ")} ${detail}`;
}
