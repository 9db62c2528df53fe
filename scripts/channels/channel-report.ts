import { none, type Batch, type Dealt } from "../../domain/channel/batch.ts";
import { mean, percentile } from "../dispatch/figures.ts";

/** What is promised of the two solvers; milliseconds of processor time, per cent of the least cost. */
export const promised = { unitMs: 3, thousandMs: 20, weightedMs: 15, weightedMean: 0.05, weightedWorst: 0.2 } as const;

/** One batch dealt by us, and by HiGHS. */
export interface Trial {
  readonly instance: number;
  readonly kind: string;
  readonly weighted: boolean;
  /** Per cent above the least cost that is known: what HiGHS found, or we where that is less. */
  readonly gapPct: number;
  /** Per cent above what HiGHS has proven that nothing can be below: so far it could be from the best. */
  readonly mostGapPct: number;
  /** Whether HiGHS came to an end; else its time was over. */
  readonly proven: boolean;
  readonly ms: number;
  readonly left: number;
  readonly faults: readonly string[];
}

interface Summary {
  readonly batches: number;
  readonly gapMeanPct: number;
  readonly gapWorstPct: number;
  readonly unproven: number;
  /** Of those, how far off they could be. */
  readonly unprovenMostPct: number;
  readonly ms: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface ChannelReport {
  readonly seed: number;
  readonly unit: Summary;
  readonly weighted: Summary;
  readonly thousand: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly byKind: Readonly<Record<string, Summary>>;
  /** What was promised and not kept; a capacity that is exceeded is always among it. */
  readonly broken: readonly string[];
}

/** What is wrong with an answer, found without anything the solvers use. */
export function faultsOf(batch: Batch, { channels: dealt, cost }: Dealt): string[] {
  const used = Array.from({ length: batch.channels }, () => 0);
  const faults: string[] = [];
  let sum = 0;
  if (dealt.length !== batch.deliveries) faults.push(`${dealt.length} answers for ${batch.deliveries} deliveries`);
  for (const [delivery, channel] of dealt.entries()) {
    if (channel === none) {
      sum += batch.left[delivery] ?? NaN;
      continue;
    }
    const price = batch.costs[delivery * batch.channels + channel];
    if (price === undefined || price === Infinity) faults.push(`delivery ${delivery} must not go to ${channel}`);
    sum += price ?? NaN;
    used[channel] = (used[channel] ?? 0) + (batch.loads === null ? 1 : (batch.loads[delivery] ?? NaN));
  }
  for (const [channel, use] of used.entries()) {
    const capacity = batch.capacities[channel] ?? 0;
    if (!(use <= capacity)) faults.push(`channel ${channel} is given ${use} and can take ${capacity}`);
  }
  if (!(Math.abs(sum - cost) <= 1e-6 * Math.abs(sum))) faults.push(`says it costs ${cost}, and costs ${sum}`);
  return faults;
}

export function channelReport(seed: number, trials: readonly Trial[], thousand: readonly number[]): ChannelReport {
  const unit = summary(trials.filter(({ weighted }) => !weighted));
  const weighted = summary(trials.filter((trial) => trial.weighted));
  const kinds = [...new Set(trials.map(({ kind }) => kind))];
  const spread = { p50: percentile(thousand, 0.5), p99: percentile(thousand, 0.99), max: Math.max(...thousand) };
  const { unitMs, thousandMs, weightedMs, weightedMean, weightedWorst } = promised;
  const broken = [
    ...trials.flatMap(({ instance, kind, faults }) => faults.map((fault) => `${kind} ${instance}: ${fault}`)),
    ...(unit.gapWorstPct > 1e-6 ? [`unit capacity: ${unit.gapWorstPct} % above the least cost`] : []),
    ...over("unit capacity 200 x 8, p99 ms", unit.ms.p99, unitMs),
    ...over("unit capacity 1,000 x 8, p99 ms", spread.p99, thousandMs),
    ...over("weighted capacity 200 x 8, p99 ms", weighted.ms.p99, weightedMs),
    ...over("weighted capacity, mean gap %", weighted.gapMeanPct, weightedMean),
    ...over("weighted capacity, worst gap %", weighted.gapWorstPct, weightedWorst),
  ];
  const byKind = Object.fromEntries(
    kinds.map((kind) => [kind, summary(trials.filter((trial) => trial.weighted && trial.kind === kind))]),
  );
  return { seed, unit, weighted, thousand: spread, byKind, broken };
}

export function textOf({ unit, weighted, thousand, byKind, broken }: ChannelReport): string {
  const row = (name: string, one: Summary): string =>
    [
      name.padEnd(28), String(one.batches).padStart(7), one.gapMeanPct.toFixed(4).padStart(10),
      one.gapWorstPct.toFixed(4).padStart(10), one.ms.p50.toFixed(2).padStart(8), one.ms.p99.toFixed(2).padStart(8),
      one.ms.max.toFixed(2).padStart(8), String(one.unproven).padStart(9), one.unprovenMostPct.toFixed(3).padStart(12),
    ].join(" "); // prettier-ignore
  return [
    `${" ".repeat(28)} batches gap mean %    worst %   p50 ms   p99 ms   max ms  unproven  those most %`,
    row("unit capacity 200 x 8", unit),
    row("weighted capacity 200 x 8", weighted),
    ...Object.entries(byKind).map(([kind, one]) => row(`  ${kind}`, one)),
    `unit capacity 1,000 x 8: p50 ${thousand.p50.toFixed(2)} ms, p99 ${thousand.p99.toFixed(2)} ms, max ${thousand.max.toFixed(2)} ms`,
    ...(broken.length === 0 ? ["Everything promised is kept; no capacity is exceeded."] : broken.map((one) => `NOT KEPT  ${one}`)),
  ].join("\n"); // prettier-ignore
}

function summary(trials: readonly Trial[]): Summary {
  const gaps = trials.map(({ gapPct }) => gapPct);
  const times = trials.map(({ ms }) => ms);
  const unproven = trials.filter(({ proven }) => !proven);
  return {
    batches: trials.length,
    gapMeanPct: mean(gaps),
    gapWorstPct: Math.max(...gaps),
    unproven: unproven.length,
    unprovenMostPct: Math.max(0, ...unproven.map(({ mostGapPct }) => mostGapPct)),
    ms: { p50: percentile(times, 0.5), p99: percentile(times, 0.99), max: Math.max(...times) },
  };
}

function over(what: string, value: number, most: number): string[] {
  return value > most ? [`${what}: ${value.toFixed(3)}, at most ${most} is promised`] : [];
}
