import { mean, percentile, type Figures } from "./figures.ts";
import { clickToDoorByDay, published, type Published } from "./published.ts";
import type { RoundCost, Track } from "./replay.ts";

/** One day, played once by the dispatcher and once by whoever is nearest. */
export interface DayResult {
  readonly instance: string;
  readonly figures: Figures;
  readonly nearest: Figures;
  readonly rounds: readonly RoundCost[];
  readonly broken: readonly string[];
}

/** Processor time of a round, in milliseconds. */
interface RoundTimes {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface DispatchReport {
  readonly track: Track;
  readonly mean: Figures;
  readonly nearestDriver: Figures;
  readonly published: readonly Published[];
  readonly cpuMs: RoundTimes;
  /** Over the days whose best possible click-to-door is known, in per cent above it; null where none was played. */
  readonly gapPct: { readonly ours: number; readonly paper: number } | null;
  readonly instances: Readonly<Record<string, Figures & { readonly cpuMs: RoundTimes }>>;
  readonly broken: readonly string[];
}

const columns = [
  ["undeliveredPct", "undel. %", 3],
  ["clickToDoor", "click", 2],
  ["clickToDoor90", "90th", 2],
  ["overage", "over", 2],
  ["readyToPickup", "wait", 2],
  ["readyToPickup90", "90th", 2],
  ["costPerOrder", "cost", 2],
  ["ordersPerBundle", "bundle", 3],
] as const satisfies readonly (readonly [keyof Figures, string, number])[];

export function dispatchReport(track: Track, days: readonly DayResult[]): DispatchReport {
  const gaps = days.flatMap(({ instance, figures }) => {
    const known = clickToDoorByDay[instance];
    if (known === undefined || known.optimum === null) return [];
    return [{ ours: over(figures.clickToDoor, known.optimum), paper: over(known.paper, known.optimum) }];
  });
  return {
    track,
    mean: meanOf(days.map(({ figures }) => figures)),
    nearestDriver: meanOf(days.map(({ nearest }) => nearest)),
    published: published[track],
    cpuMs: times(days.flatMap(({ rounds }) => rounds)),
    gapPct:
      gaps.length === 0 || track === "estimated"
        ? null
        : { ours: mean(gaps.map(({ ours }) => ours)), paper: mean(gaps.map(({ paper }) => paper)) },
    instances: Object.fromEntries(
      days.map(({ instance, figures, rounds }) => [instance, { ...figures, cpuMs: times(rounds) }]),
    ),
    broken: days.flatMap(({ instance, broken }) => broken.map((fault) => `${instance}: ${fault}`)),
  };
}

export function headOf(): string {
  return "".padEnd(24) + columns.map(([, title]) => title.padStart(9)).join("") + "   CPU ms p50/p99/max";
}

/** One day in one line. */
export function lineOf({ instance, figures, rounds, broken }: DayResult, track: Track): string {
  const known = track === "perfect" ? clickToDoorByDay[instance] : undefined;
  const paper = known === undefined ? "" : `  paper ${known.paper}`;
  const gap =
    known === undefined || known.optimum === null
      ? ""
      : `, optimum ${known.optimum}: ${over(figures.clickToDoor, known.optimum).toFixed(2)} % above`;
  const faults = broken.length === 0 ? "" : `  BREAKS RULES: ${broken[0]}`;
  return line(instance, figures) + timesText(times(rounds)) + paper + gap + faults;
}

export function textOf({
  mean: ours,
  nearestDriver,
  published: others,
  cpuMs,
  gapPct,
  broken,
}: DispatchReport): string {
  return [
    "",
    headOf(),
    line("mean", ours) + timesText(cpuMs),
    line("nearest driver", nearestDriver),
    ...others.map(({ name, figures }) => line(name, figures)),
    ...(gapPct === null
      ? []
      : [`click-to-door above the best possible: ${gapPct.ours.toFixed(2)} %, the paper ${gapPct.paper.toFixed(2)} %`]),
    broken.length === 0
      ? "Every rule of the benchmark was kept."
      : `RULES ARE BROKEN, ${broken.length} times:\n${broken.slice(0, 20).join("\n")}`,
  ].join("\n");
}

function line(title: string, figures: Partial<Figures>): string {
  return (
    title.padEnd(24) + columns.map(([key, , digits]) => (figures[key]?.toFixed(digits) ?? "").padStart(9)).join("")
  );
}

function timesText({ p50, p99, max }: RoundTimes): string {
  return `   ${p50.toFixed(2)} / ${p99.toFixed(1)} / ${max.toFixed(1)}`;
}

function times(rounds: readonly RoundCost[]): RoundTimes {
  const spent = rounds.map(({ cpuMs }) => cpuMs);
  return { p50: percentile(spent, 0.5), p99: percentile(spent, 0.99), max: spent.reduce((a, b) => Math.max(a, b), 0) };
}

function meanOf(all: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => mean(all.map((figures) => figures[key]));
  return {
    undeliveredPct: of("undeliveredPct"),
    clickToDoor: of("clickToDoor"),
    clickToDoor90: of("clickToDoor90"),
    overage: of("overage"),
    readyToPickup: of("readyToPickup"),
    readyToPickup90: of("readyToPickup90"),
    costPerOrder: of("costPerOrder"),
    ordersPerBundle: of("ordersPerBundle"),
  };
}

function over(value: number, optimum: number): number {
  return (value / optimum - 1) * 100;
}
