import { writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { seededRandom } from "../domain/menu/seeded-random.ts";
import type { Batch, Dealt } from "../domain/channel/batch.ts";
import { none } from "../domain/channel/batch.ts";
import { dealWeighted } from "../domain/channel/packing.ts";
import { dealExactly } from "../domain/channel/transport.ts";
import { channelReport, faultsOf, textOf, type Trial } from "./channels/channel-report.ts";
import { leastCost } from "./channels/oracle.ts";
import { kinds, randomBatch, type Kind } from "./channels/random-batch.ts";
import { unknownOptions } from "./simulate/text-options.ts";

const args = {
  instances: {
    type: "string",
    description: "how many, each with and without weights",
    default: "1000",
    valueHint: "N",
  },
  seed: { type: "string", description: "another seed, other instances", default: "1", valueHint: "S" },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

/** So near the optimum HiGHS is asked to come, and for so many seconds. */
const oracleGap = 5e-5;
const oracleSeconds = 10;
/** A batch is dealt until that has taken so long: the machine's clock of processor time ticks every few milliseconds. */
const longEnoughMs = 40;

const command = defineCommand({
  meta: { name: "bench:channels", description: "Deals random batches out to channels, and has HiGHS do the same." },
  args,
  run({ args: { instances, seed, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      const count = wholeOf("instances", instances);
      const from = wholeOf("seed", seed);
      warmUp();
      const trials: Trial[] = [];
      const thousand: number[] = [];
      for (let instance = 0; instance < count; instance += 1) {
        const kind = kinds[instance % kinds.length] ?? "tight";
        const random = seededRandom(from * 1_000_003 + instance);
        trials.push(trial(instance, kind, randomBatch(kind, 200, 8, false, random)));
        trials.push(trial(instance, kind, randomBatch(kind, 200, 8, true, random)));
        // By sevens all kinds get their turn.
        if (instance % 7 === 0) thousand.push(timed(randomBatch(kind, 1_000, 8, false, random)).ms);
        if (instance % 25 === 24) console.log(`${instance + 1} of ${count}`);
      }
      const report = channelReport(from, trials, thousand);
      console.log(textOf(report));
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...report, trials }, null, 2)}\n`);
      process.exitCode = report.broken.length > 0 ? 1 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

/** The compiler's time is not ours. */
function warmUp(): void {
  const random = seededRandom(0);
  for (let turn = 0; turn < 6 * kinds.length; turn += 1) {
    const kind = kinds[turn % kinds.length] ?? "tight";
    dealExactly(randomBatch(kind, 200, 8, false, random));
    dealWeighted(randomBatch(kind, 200, 8, true, random));
  }
}

function trial(instance: number, kind: Kind, batch: Batch): Trial {
  const { dealt, ms } = timed(batch);
  const found = leastCost(batch, batch.loads === null ? 0 : oracleGap, oracleSeconds);
  const least = Math.min(found.cost, dealt.cost);
  return {
    instance,
    kind,
    weighted: batch.loads !== null,
    gapPct: (100 * (dealt.cost - least)) / least,
    mostGapPct: Math.max(0, (100 * (dealt.cost - found.bound)) / found.bound),
    proven: found.proven,
    ms,
    left: dealt.channels.filter((channel) => channel === none).length,
    faults: faultsOf(batch, dealt),
  };
}

/** `ms`: processor time of one dealing, on average; whatever else the machine does is not in it. */
function timed(batch: Batch): { readonly dealt: Dealt; readonly ms: number } {
  const deal = batch.loads === null ? dealExactly : dealWeighted;
  const began = performance.now();
  const before = process.threadCpuUsage();
  let dealt = deal(batch);
  let times = 1;
  for (; performance.now() - began < longEnoughMs; times += 1) dealt = deal(batch);
  const { user, system } = process.threadCpuUsage(before);
  return { dealt, ms: (user + system) / 1_000 / times };
}

function wholeOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: write a whole number from 1.`);
  return value;
}

await runMain(command);
