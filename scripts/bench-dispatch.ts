import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, matchesGlob, resolve } from "node:path";
import { defineCommand, runMain } from "citty";
import { broken } from "./dispatch/checker.ts";
import {
  dispatchReport,
  headOf,
  lineOf,
  textOf,
  type DayResult,
  type DispatchReport,
} from "./dispatch/dispatch-report.ts";
import { figuresOf } from "./dispatch/figures.ts";
import { readInstance } from "./dispatch/instance.ts";
import { matching, nearestDriver } from "./dispatch/policy.ts";
import { replay, type Track } from "./dispatch/replay.ts";
import { unknownOptions } from "./simulate/text-options.ts";

const args = {
  data: { type: "string", description: "folder of real data, or of the days themselves", valueHint: "DIR" },
  track: { type: "string", description: "perfect or estimated", default: "perfect", valueHint: "TRACK" },
  instances: { type: "string", description: "which days", default: "*", valueHint: "GLOB" },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

const command = defineCommand({
  meta: {
    name: "bench:dispatch",
    description: "Plays the days of the Meal Delivery Routing Problem through the zone's own dispatcher.",
  },
  args,
  run({ args: { data, track, instances, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      const report = bench(daysIn(data), trackOf(track), instances);
      console.log(textOf(report));
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
      process.exitCode = report.broken.length > 0 ? 1 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

function bench(root: string, track: Track, glob: string): DispatchReport {
  const names = readdirSync(root)
    .filter((name) => existsSync(join(root, name, "orders.txt")) && matchesGlob(name, glob))
    .toSorted();
  if (names.length === 0) throw new Error(`There is no day ${glob} in ${root}.`);
  console.log(headOf());
  const results = names.map((name): DayResult => {
    const instance = readInstance(root, name);
    const day = replay(instance, track, matching);
    const other = replay(instance, track, nearestDriver);
    const result = {
      instance: name,
      figures: figuresOf(instance, day),
      nearest: figuresOf(instance, other),
      rounds: day.rounds,
      broken: [...broken(instance, day), ...broken(instance, other).map((fault) => `nearest driver: ${fault}`)],
    };
    console.log(lineOf(result, track));
    return result;
  });
  return dispatchReport(track, results);
}

function trackOf(text: string): Track {
  if (text === "perfect" || text === "estimated") return text;
  throw new Error(`--track ${text}: write perfect or estimated.`);
}

function daysIn(data: string | undefined): string {
  const root = resolve(data ?? process.env["COMANDA_DATA"] ?? join("..", "shared", "data"));
  const found = [join(root, "dispatch"), root].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(`There is no ${root}. Real data is looked for in --data DIR, $COMANDA_DATA or ../shared/data.`);
}

await runMain(command);
