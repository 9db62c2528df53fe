import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, matchesGlob, resolve } from "node:path";
import { defineCommand, runMain } from "citty";
import { mean } from "./dispatch/figures.ts";
import { readInstance } from "./dispatch/instance.ts";
import { matching } from "./dispatch/policy.ts";
import { replay, type Track } from "./dispatch/replay.ts";
import { keptOf, moments, samplesOf, type Moment, type Place } from "./promises/moments.ts";
import { unknownOptions } from "./simulate/text-options.ts";

const args = {
  data: { type: "string", description: "folder of real data, or of the days themselves", valueHint: "DIR" },
  instances: {
    type: "string",
    description: "which days; the windows were fitted on days whose seed is even, so these are the others",
    default: "[13579]*",
    valueHint: "GLOB",
  },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

const minute = 60_000;

/** How well the promises of a moment held; minutes, later than promised being positive. */
interface Calibration {
  readonly track: Track;
  readonly moment: Moment;
  readonly place: Place;
  readonly orders: number;
  readonly heldPct: number;
  readonly soonerPct: number;
  readonly laterPct: number;
  readonly widthMean: number;
  readonly errorMean: number;
  readonly errorAbsMean: number;
}

const command = defineCommand({
  meta: { name: "bench:promises", description: "How often the 80 % window of a promise held on the benchmark's days." },
  args,
  run({ args: { data, instances, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      const root = daysIn(data);
      const days = readdirSync(root).filter((name) => existsSync(join(root, name, "orders.txt")) && matchesGlob(name, instances)); // prettier-ignore
      if (days.length === 0) throw new Error(`There is no day ${instances} in ${root}.`);
      const rows = (["perfect", "estimated"] as const).flatMap((track) => calibrations(root, days.toSorted(), track));
      console.log(textOf(rows, days.length));
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ days, calibrations: rows }, null, 2)}\n`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

function calibrations(root: string, days: readonly string[], track: Track): Calibration[] {
  const kept = days.flatMap((name) => {
    const instance = readInstance(root, name);
    return keptOf(samplesOf(instance, replay(instance, track, matching), track));
  });
  const kinds = (["door", "counter"] as const).flatMap((place) => moments.map((moment) => ({ place, moment })));
  return kinds.flatMap(({ place, moment }): Calibration[] => {
    const own = kept.filter(({ sample }) => sample.moment === moment && sample.place === place);
    if (own.length === 0) return [];
    const seen = own.map(({ window, cameAt }) => ({ came: cameAt, ...window }));
    const percent = (count: number): number => (100 * count) / seen.length;
    return [
      {
        track,
        moment,
        place,
        orders: seen.length,
        heldPct: percent(seen.filter(({ came, from, to }) => came >= from && came <= to).length),
        soonerPct: percent(seen.filter(({ came, from }) => came < from).length),
        laterPct: percent(seen.filter(({ came, to }) => came > to).length),
        widthMean: mean(seen.map(({ from, to }) => (to - from) / minute)),
        errorMean: mean(seen.map(({ came, best }) => (came - best) / minute)),
        errorAbsMean: mean(seen.map(({ came, best }) => Math.abs(came - best) / minute)),
      },
    ];
  });
}

function textOf(rows: readonly Calibration[], days: number): string {
  const line = (cells: readonly string[]): string => cells.map((cell, at) => (at < 3 ? cell.padEnd(11) : cell.padStart(11))).join(""); // prettier-ignore
  return [
    `Over ${days} days. The 80 % window: how often the order came within it, before and after; minutes.`,
    line(["ready times", "of", "asked when", "orders", "held %", "sooner %", "later %", "width", "error", "|error|"]),
    ...rows.map(({ track, moment, place, orders, heldPct, soonerPct, laterPct, widthMean, errorMean, errorAbsMean }) =>
      line([
        track === "perfect" ? "known" : "estimated",
        place,
        moment,
        String(orders),
        ...[heldPct, soonerPct, laterPct].map((value) => value.toFixed(1)),
        ...[widthMean, errorMean, errorAbsMean].map((value) => value.toFixed(2)),
      ]),
    ),
    "After pick-up the benchmark's ways take exactly as long as foreseen: a window of their uncertainty cannot be tested on it.",
  ].join("\n");
}

function daysIn(data: string | undefined): string {
  const root = resolve(data ?? process.env["COMANDA_DATA"] ?? join("..", "shared", "data"));
  const found = [join(root, "dispatch"), root].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(`There is no ${root}. Real data is looked for in --data DIR, $COMANDA_DATA or ../shared/data.`);
}

await runMain(command);
