import { setTimeout as sleep } from "node:timers/promises";
import { defineCommand, runMain } from "citty";
import { bundleAll } from "./bench/miniflare-stack.ts";
import { runtimeMiB } from "./fuzz/memory.ts";
import { fuzz, type Found } from "./fuzz/run.ts";
import { demoTarget } from "./fuzz/target.ts";
import { demandOpenFiles } from "./open-files.ts";
import { numberOf, unknownOptions } from "./simulate/text-options.ts";

const args = {
  requests: { type: "string", description: "random requests to send", valueHint: "N", default: "20000" },
  seed: { type: "string", description: "the same seed, the same requests", valueHint: "S", default: "1" },
} as const;

/** A token holds ten minutes; so many requests take less, and then everybody gets new ones. */
const atOnce = 20_000;
/** An object that is not used is put away after ten seconds. */
const restMs = 15_000;
/**
 * KiB the runtimes may hold at rest beyond what they held before, for each request and in all. Locally an isolate has no
 * limit and collects late, so that some growth says nothing; requests that are kept whole would be several times this.
 */
const growth = { each: 24, inAll: 300 * 1024 };

const command = defineCommand({
  meta: {
    name: "fuzz",
    description:
      "Random requests to every route of the OpenAPI document and random words up the sockets: no answer may be a fault of ours, none may be missing, and the runtimes may not grow.",
  },
  args,
  async run({ args: { requests, seed }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      await demandOpenFiles();
      process.exitCode = (await run(numberOf(requests, "requests", 1), seed)) ? 0 : 1;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

async function run(requests: number, seed: string): Promise<boolean> {
  console.error("Bundling the workers …");
  const product = await (await bundleAll()).start("tmpfs");
  try {
    const faults: string[] = [];
    const statuses: Record<string, number> = {};
    let unserved: readonly string[] | undefined;
    let [sent, messages] = [0, 0];
    const began = performance.now();
    const renewed = await demoTarget(product.credentials);
    const before = runtimeMiB();
    while (sent < requests && faults.length === 0) {
      const target = await renewed();
      const part = { requests: Math.min(atOnce, requests - sent), seed, first: sent };
      const found: Found = await fuzz(target, part, (at) => process.stderr.write(`\r${at} requests`));
      faults.push(...found.faults);
      for (const [status, times] of Object.entries(found.statuses)) statuses[status] = (statuses[status] ?? 0) + times;
      unserved = found.unserved.filter((route) => unserved?.includes(route) ?? true);
      sent += found.requests;
      messages += found.messages;
      if (found.requests === 0) break;
    }
    const seconds = (performance.now() - began) / 1_000;
    await sleep(restMs);
    const after = runtimeMiB();
    if ((after - before) * 1024 > growth.inAll + growth.each * sent)
      faults.push(`the runtimes hold ${after} MiB at rest, before it was ${before}`);
    console.log(`\n${sent} requests and ${messages} words up the sockets in ${seconds.toFixed(0)} s, seed ${seed}`);
    console.log(
      `answers: ${Object.entries(statuses)
        .map(([status, times]) => `${times} × ${status}`)
        .join(", ")}`,
    );
    console.log(`memory of the runtimes: ${before} MiB before, ${after} MiB at rest afterwards`);
    if (unserved !== undefined && unserved.length > 0) console.log(`never served: ${unserved.join(", ")}`);
    for (const fault of faults) console.log(`✗ ${fault}`);
    console.log(faults.length === 0 ? "✓ no fault" : `✗ ${faults.length} faults`);
    return faults.length === 0;
  } finally {
    await product.stop();
  }
}

await runMain(command);
