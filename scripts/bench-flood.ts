import { writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { floodFigures, type FloodFigures } from "./bench/flood.ts";
import { bundleAll } from "./bench/miniflare-stack.ts";
import { benchWorld } from "./bench/bench-world.ts";
import { demandOpenFiles } from "./open-files.ts";
import type { Percentiles } from "./simulate/latencies.ts";
import { numberOf, unknownOptions } from "./simulate/text-options.ts";

const args = {
  seconds: { type: "string", description: "how long each is measured", valueHint: "N", default: "6" },
  rate: { type: "string", description: "orders a second the flood places", valueHint: "N", default: "300" },
  client: { type: "string", description: "what a client may ask", valueHint: "N/SECONDS", default: "20/10" },
  tenant: { type: "string", description: "what a tenant's guests may ask", valueHint: "N/SECONDS", default: "300/10" },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

const command = defineCommand({
  meta: {
    name: "bench:flood",
    description:
      "How much slower one tenant's orders are while another tenant is flooded, with limits and without, on this machine.",
  },
  args,
  async run({ args: { seconds, rate, client, tenant, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      await demandOpenFiles();
      const perSecond = numberOf(rate, "rate", 1);
      const ms = numberOf(seconds, "seconds", 1) * 1_000;
      const limited = await measure({ LIMIT_CLIENT: client, LIMIT_TENANT: tenant }, ms, perSecond);
      const open = await measure({}, ms, perSecond);
      const figures = { limited, open };
      print(`Held to ${client} a client and ${tenant} a tenant`, limited);
      print("Without limits", open);
      if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

async function measure(vars: Readonly<Record<string, string>>, ms: number, perSecond: number): Promise<FloodFigures> {
  const product = await (await bundleAll(vars)).start("tmpfs");
  try {
    const { world, shops } = await benchWorld(product.credentials);
    const figures = await floodFigures(world, shops, product.credentials, ms, perSecond);
    world.api.close();
    const [first] = world.findings.kept;
    if (first !== undefined) throw new Error(`The quiet tenant was not served: ${first.detail}`);
    return figures;
  } finally {
    await product.stop();
  }
}

function print(what: string, { alone, flooded, answers }: FloodFigures): void {
  const line = (name: string, { count, p50, p95 }: Percentiles) =>
    console.log(`  ${name.padEnd(26)} ${count} orders, p50 ${p50} ms, p95 ${p95} ms`);
  const ratio = (of: "p50" | "p95") => (flooded[of] / alone[of]).toFixed(2);
  const told = Object.entries(answers).map(([status, times]) => `${times} × ${status}`);
  console.log(`\n${what}:`);
  line("the quiet tenant alone", alone);
  line("while another is flooded", flooded);
  console.log(`  ratio                      p50 ${ratio("p50")}, p95 ${ratio("p95")}`);
  console.log(`  the flood was answered     ${told.join(", ")}`);
}

await runMain(command);
