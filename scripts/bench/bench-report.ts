import { cpus } from "node:os";
import type { Finding } from "../simulate/findings.ts";
import type { Percentiles } from "../simulate/latencies.ts";
import { row } from "../simulate/report.ts";
import type { Medium } from "./miniflare-stack.ts";
import type { Places } from "./places.ts";
import type { StatusReads } from "./status-reads.ts";
import type { WholeOrders } from "./whole-orders.ts";

export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: number;
  readonly met: boolean;
}

/** The figures of one medium, as `--json` writes them. Latencies in milliseconds. */
export interface BenchReport {
  readonly state: Medium;
  readonly machine: { readonly cores: number; readonly model: string };
  readonly orders: {
    readonly placed: number;
    readonly ended: number;
    readonly seconds: number;
    readonly perSecond: number;
  };
  /** CPU milliseconds an order costs each process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly latencyMs: Readonly<Record<string, Percentiles>>;
  readonly place: Places;
  readonly status: readonly StatusReads[];
  readonly targets: readonly Target[];
  readonly broken: readonly Finding[];
}

export function benchReport(
  state: Medium,
  whole: WholeOrders,
  place: Places,
  status: readonly StatusReads[],
  broken: readonly Finding[],
): BenchReport {
  const machine = { cores: cpus().length, model: cpus()[0]?.model ?? "" };
  const { orders: placed, ended, seconds, perSecond, cpuMs, latencyMs } = whole;
  return {
    state,
    machine,
    orders: { placed, ended, seconds, perSecond },
    cpuMs,
    latencyMs,
    place,
    status,
    targets: targetsOf(state, whole, place, status),
    broken,
  };
}

/** What we mean to reach with state in memory on two cores; disks differ too much to hold anybody to it. */
function targetsOf(state: Medium, whole: WholeOrders, place: Places, status: readonly StatusReads[]): Target[] {
  if (state === "disk") return [];
  const sixteen = status.find(({ parallel }) => parallel === 16);
  const most = Math.max(...status.map(({ perSecond }) => perSecond));
  const atLeast = (what: string, wanted: number, measured: number) => ({
    what,
    wanted: `at least ${wanted}`,
    measured,
    met: measured >= wanted,
  });
  const atMost = (what: string, wanted: number, measured: number) => ({
    what,
    wanted: `at most ${wanted}`,
    measured,
    met: measured <= wanted,
  });
  return [
    atLeast("whole orders a second", 60, whole.perSecond),
    atMost("place p99 ms, 16 in parallel", 50, place.p99),
    atMost("status read p99 ms, 16 in parallel", 10, sixteen?.p99 ?? Infinity),
    atLeast("status reads a second", 3_000, most),
  ];
}

export function textOf({
  state,
  machine,
  orders,
  cpuMs,
  latencyMs,
  place,
  status,
  targets,
  broken,
}: BenchReport): string {
  const head = `${"milliseconds".padEnd(24)}${["count", "p50", "p95", "p99", "max"].map((name) => name.padStart(9)).join("")}`;
  const reads = status.map(
    (read) => `${row(`status, ${read.parallel} in parallel`, read)}   ${Math.round(read.perSecond)}/s`,
  );
  return [
    "",
    `State on ${state}; ${machine.cores} cores, ${machine.model}`,
    `${orders.perSecond.toFixed(1)} whole orders a second: ${orders.ended} of ${orders.placed} ended in ${orders.seconds.toFixed(1)} s`,
    ...(Object.keys(cpuMs).length === 0
      ? []
      : [
          `CPU ms an order: ${Object.entries(cpuMs)
            .map(([name, ms]) => `${name} ${ms}`)
            .join(", ")}`,
        ]),
    head,
    ...Object.entries(latencyMs).map(([name, times]) => row(name, times)),
    `${row(`place, ${place.parallel} in parallel`, place)}   ${Math.round(place.perSecond)}/s`,
    ...reads,
    ...targets.map(
      ({ what, wanted, measured, met }) =>
        `${met ? "pass" : "FAIL"}  ${what}: ${measured.toFixed(1)}, ${wanted} wanted`,
    ),
    ...broken.slice(0, 20).map(({ kind, detail, order }) => `broken: ${kind} ${order ?? ""} ${detail}`),
  ].join("\n");
}
