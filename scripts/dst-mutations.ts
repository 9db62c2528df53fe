import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { mutations, simulate, type Mutation } from "./dst/mutation.ts";

const usage = `npm run dst:mutations -- [--seeds N] [--only WORDS] [--jobs J]
  Plants every fault of tests/dst/mutations/ in a copy of the product, one at a time, and has the simulation look for it.
  --seeds N     a fault must be found within so many days (1000)
  --only WORDS  those only whose words hold these
  --jobs J      so many at a time (one for each core)`;

process.exitCode = await main();

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  let values;
  try {
    ({ values } = parseArgs({ options: { seeds: text, only: text, jobs: text } }));
  } catch {
    console.log(usage);
    return 2;
  }
  const { seeds = "1000", only = "", jobs = String(availableParallelism()) } = values;
  const left = (await mutations()).filter(({ does }) => does.includes(only));
  const all = left.length;
  let missed = 0;
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (!(await seek(next, seeds))) missed += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(jobs) }, work));
  console.log(missed === 0 ? `All ${all} faults were found.` : `${missed} of ${all} faults were not found.`);
  return missed === 0 && all > 0 ? 0 : 1;
}

/** Whether the simulation finds the fault; says how soon, and by what. */
async function seek(mutation: Mutation, seeds: string): Promise<boolean> {
  const began = performance.now();
  const { output } = await simulate(["--seeds", seeds, "--failures", "1", "--jobs", "1"], mutation);
  const [, seed] = /^Seed (\d+):$/m.exec(output) ?? [];
  const found = /^✗ .*$/gm.exec(output.slice(output.lastIndexOf("Seed ")).replaceAll(/^ .*$/gm, ""))?.[0];
  const took = `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  if (seed === undefined) console.log(`✗ ${mutation.does}: not found in ${seeds} days, ${took}\n${output.slice(-400)}`);
  else console.log(`✓ ${mutation.does}: day ${seed}, ${took}\n    ${found ?? ""}`);
  return seed !== undefined;
}
