import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { alone, together } from "./lives.ts";
import { Report, storyOf } from "./report.ts";
import { freezeAt, type Trial } from "./trial.ts";

/** What the command line asks for. */
interface Wanted {
  readonly first: number;
  readonly seeds: number;
  readonly untilMs: number;
  readonly mostFailures: number;
  readonly jobs: number;
  readonly tells: boolean;
  readonly pairs: boolean;
  /** Minutes into the day of `first`, or null. */
  readonly freezeAt: number | null;
}

const usage = `npm run dst -- [--seeds N] [--seed S] [--minutes M] [--jobs J] [--failures F] [--pairs] [--story]
  --seeds N     so many seeds (1000), from --seed on (1)
  --seed S      without --seeds this one alone, with its story
  --minutes M   no longer than that
  --jobs J      on so many threads (one for each core)
  --failures F  enough after so many failing seeds (3)
  --pairs       say on how many days every two faults struck together
  --freeze M    write the town of --seed as it stands after M minutes, for tests of what comes later
  --story       tell the story of good days too, on one thread`;
const everyMs = 10_000;

/** Lives the days that the command line asks for; answers the process's exit status. */
export async function run(words: readonly string[]): Promise<number> {
  const wanted = wantedBy(words);
  if (wanted === null) {
    console.log(usage);
    return 2;
  }
  const { jobs, tells, untilMs, mostFailures } = wanted;
  if (wanted.freezeAt !== null) {
    process.stdout.write(`${JSON.stringify(await freezeAt(wanted.first, wanted.freezeAt * 60_000), null, 2)}\n`);
    return 0;
  }
  const report = new Report();
  const began = performance.now();
  const passed = (): number => performance.now() - began;
  const rate = (): string => `${(report.seeds / (passed() / 1_000)).toFixed(0)} seeds/s`;
  let saidAt = 0;
  const onDay = (trial: Trial): boolean => {
    // What other threads had finished when it was enough.
    if (report.failed.length >= mostFailures) return false;
    report.add(trial);
    if (trial.found.length > 0) process.stdout.write(storyOf(trial));
    else if (trial.story !== null) process.stdout.write(trial.story);
    if (passed() - saidAt >= everyMs) {
      saidAt = passed();
      console.log(`${report.seeds} seeds, ${rate()}`);
    }
    return report.failed.length < mostFailures && passed() < untilMs;
  };
  await (jobs === 1 ? alone(wanted, tells, onDay) : together(wanted, jobs, onDay));
  console.log(report.toString());
  if (wanted.pairs) console.log(report.pairTable());
  if (!tells) console.log(`${(passed() / 1_000).toFixed(1)} s, ${rate()} on ${jobs} thread${jobs === 1 ? "" : "s"}.`);
  return report.failed.length === 0 ? 0 : 1;
}

function wantedBy(words: readonly string[]): Wanted | null {
  const text = { type: "string" } as const;
  const options = {
    seeds: text,
    seed: text,
    minutes: text,
    failures: text,
    jobs: text,
    story: { type: "boolean" },
    pairs: { type: "boolean" },
    freeze: text,
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    ({ values } = parseArgs({ args: [...words], options }));
  } catch {
    return null;
  }
  const number = (given: string | undefined, usual: number): number => (given === undefined ? usual : Number(given));
  const isOne = values.seed !== undefined && values.seeds === undefined && values.minutes === undefined;
  const tells = values.story ?? isOne;
  const wanted = {
    first: number(values.seed, 1),
    seeds: isOne ? 1 : number(values.seeds, values.minutes === undefined ? 1_000 : 1e9),
    untilMs: number(values.minutes, Infinity) * 60_000,
    mostFailures: number(values.failures, 3),
    jobs: tells ? 1 : number(values.jobs, availableParallelism()),
  };
  const at = values.freeze === undefined ? null : Number(values.freeze);
  return Object.values({ ...wanted, freeze: at ?? 1 }).every((value) => value > 0)
    ? { ...wanted, tells, pairs: values.pairs ?? false, freezeAt: at }
    : null;
}
