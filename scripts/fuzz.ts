import { setTimeout as sleep } from "node:timers/promises";
import { defineCommand, runMain } from "citty";
import { bundleAll } from "./bench/miniflare-stack.ts";
import { runtimeMiB } from "./fuzz/memory.ts";
import { fuzz, type Found } from "./fuzz/run.ts";
import { demoTarget } from "./fuzz/target.ts";
import { demandOpenFiles } from "./open-files.ts";
import { buryLetter } from "./fuzz/buried-letter.ts";
import { liveHeap } from "./fuzz/live-heap.ts";
import { freePorts } from "./ports.ts";
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
 * Bytes that may live in a worker at rest beyond what lived there before, in all (what isolates keep on purpose is
 * bounded: tokens, limits, venues, menus) and for each request.
 */
const growth = { inAll: 24 * 2 ** 20, each: 256 };

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
  const [inspectorPort = 0] = await freePorts(1);
  const product = await (await bundleAll({ WEBHOOK_LOOPBACK: "allowed" })).start("tmpfs", inspectorPort);
  try {
    const faults: string[] = [];
    const statuses: Record<string, number> = {};
    let unserved: readonly string[] | undefined;
    let [sent, messages] = [0, 0];
    const began = performance.now();
    const renewed = await demoTarget(product.credentials);
    const before = runtimeMiB();
    const lived = await liveHeap(inspectorPort);
    while (sent < requests && faults.length === 0) {
      const target = await renewed();
      const db = await product.database();
      for (let letter = 0; letter < 20; letter += 1) await buryLetter(db, "demo", orderId(sent + letter));
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
    const live = await liveHeap(inspectorPort);
    const heaps = [...live].map(([worker, bytes]) => ({ worker, bytes, was: lived.get(worker) ?? 0 }));
    for (const { worker, bytes, was } of heaps) {
      if (bytes - was > growth.inAll + growth.each * sent)
        faults.push(`${worker} keeps ${mib(bytes)}, and ${mib(was)} before`);
    }
    console.log(`\n${sent} requests and ${messages} words up the sockets in ${seconds.toFixed(0)} s, seed ${seed}`);
    console.log(
      `answers: ${Object.entries(statuses)
        .map(([status, times]) => `${times} × ${status}`)
        .join(", ")}`,
    );
    const told = heaps.map(({ worker, bytes, was }) => `${worker} ${mib(was)} → ${mib(bytes)}`);
    console.log(`alive in the workers, before and after: ${told.join(", ")}`);
    console.log(
      `held by the runtimes: ${before} MiB before, ${after} MiB at rest afterwards, ${runtimeMiB()} MiB collected`,
    );
    if (unserved !== undefined && unserved.length > 0) console.log(`never served: ${unserved.join(", ")}`);
    for (const fault of faults) console.log(`✗ ${fault}`);
    console.log(faults.length === 0 ? "✓ no fault" : `✗ ${faults.length} faults`);
    return faults.length === 0;
  } finally {
    await product.stop();
  }
}

function orderId(number: number): string {
  return `ord_${String(number).padStart(26, "0")}`;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

await runMain(command);
