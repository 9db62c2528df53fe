import { writeFileSync } from "node:fs";
import { defineCommand, type ParsedArgs, runMain } from "citty";
import { textOf } from "./chaos/chaos-report.ts";
import { chaosArgs } from "./chaos/command-line.ts";
import { ordeal } from "./chaos/ordeal.ts";
import { demandOpenFiles } from "./open-files.ts";
import { localOperator } from "./secrets.ts";
import { seed } from "./seed.ts";
import { numberOf, unknownOptions } from "./simulate/text-options.ts";
import { type Stack, startStack } from "./stack.ts";
import { buildWeb } from "./wrangler.ts";

const command = defineCommand({
  meta: {
    name: "chaos",
    description: "Starts a Comanda of its own, kills it with -9 in the middle of orders, again and again, and counts.",
  },
  args: chaosArgs,
  async run({ args, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(chaosArgs));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      process.exitCode = (await chaos(args)) ? 0 : 1;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      if (error instanceof Error && error.cause !== undefined) console.error(error.cause);
      process.exitCode = 2;
    }
  },
});

/** Whether all went as it should. */
async function chaos(args: ParsedArgs<typeof chaosArgs>): Promise<boolean> {
  const minutes = numberOf(args.minutes, "minutes", 0.1);
  const kills = args.kills === undefined ? Math.ceil(5 * minutes) : Math.round(numberOf(args.kills, "kills", 0));
  const settings = { minutes, kills, rate: numberOf(args.rate, "rate", 0.01), seed: args.seed };
  const stopped = new AbortController();
  const starting = new AbortController();
  let stack: Stack | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stack === null) return starting.abort();
      // The first ends it early and still counts; the second means now.
      if (stopped.signal.aborted) void stack.stop().finally(() => process.exit(2));
      stopped.abort();
    });
  }
  await demandOpenFiles();
  await buildWeb();
  console.error("Starting a Comanda of its own …");
  stack = await startStack({ fast: true, quiet: true, signal: starting.signal });
  try {
    const { baseUrl, stateDir } = stack;
    const credentials = await seed({ baseUrl, operator: localOperator(), stateDir, log: () => {} });
    const report = await ordeal(stack, credentials, settings, stopped.signal);
    console.log(textOf(report));
    if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
    return report.brokenCount === 0;
  } finally {
    await stack.stop();
  }
}

await runMain(command);
