import { writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { benchReport, textOf, type BenchReport } from "./bench/bench-report.ts";
import { bundleAll, type Bundles, type Medium } from "./bench/miniflare-stack.ts";
import { benchWorld } from "./bench/bench-world.ts";
import { places } from "./bench/places.ts";
import { statusReads, type StatusReads } from "./bench/status-reads.ts";
import { wholeOrders } from "./bench/whole-orders.ts";
import { demandOpenFiles } from "./open-files.ts";
import { Latencies } from "./simulate/latencies.ts";
import { numberOf, unknownOptions } from "./simulate/text-options.ts";

const args = {
  orders: { type: "string", description: "whole orders to drive on each medium", valueHint: "N", default: "600" },
  tmpfs: { type: "boolean", description: "with state in memory only" },
  disk: { type: "boolean", description: "with state on disk only" },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

const warmOrders = 96;
const placesCount = 800;
const placesAtOnce = 16;
const readsMs = 4_000;
const readOrders = 64;

const command = defineCommand({
  meta: {
    name: "bench:order",
    description: "How fast whole orders go through the product's own workers under Miniflare, on this machine.",
  },
  args,
  async run({ args: { orders, tmpfs, disk, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      await demandOpenFiles();
      console.error("Bundling the workers …");
      const bundles = await bundleAll();
      const count = numberOf(orders, "orders", 1);
      const both = tmpfs === disk;
      const reports: BenchReport[] = [];
      // Disk is several times slower: fewer orders say as much there.
      if (both || tmpfs === true) reports.push(await bench(bundles, "tmpfs", count));
      if (both || disk === true) reports.push(await bench(bundles, "disk", both ? Math.ceil(count / 3) : count));
      console.log(reports.map(textOf).join("\n"));
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ benchmarks: reports }, null, 2)}\n`);
      process.exitCode = reports.some(({ broken }) => broken.length > 0) ? 1 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

/** All measurements on one medium, beginning with empty state. */
async function bench(bundles: Bundles, medium: Medium, count: number): Promise<BenchReport> {
  const product = await bundles.start(medium);
  try {
    const { world, shops } = await benchWorld(product.credentials);
    console.error(`State on ${medium}: ${count} whole orders, after ${warmOrders} to warm up …`);
    await wholeOrders({ ...world, latencies: new Latencies() }, shops, warmOrders);
    const whole = await wholeOrders(world, shops, count);
    console.error(`State on ${medium}: placing and reading …`);
    const placed = await places(world, shops, medium === "tmpfs" ? placesCount : placesCount / 4, placesAtOnce);
    const reads: StatusReads[] = [];
    for (const parallel of [1, 16, 64])
      reads.push(await statusReads(world, placed.orders.slice(0, readOrders), parallel, readsMs));
    world.api.close();
    return benchReport(medium, whole, placed.figures, reads, world.findings.kept);
  } finally {
    await product.stop();
  }
}

await runMain(command);
