import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import type { V4WorkerOptions } from "miniflare";
import { z } from "zod";
import { root, type Worker, workers } from "../project.ts";
import { run, wranglerCommand, wranglerEnv } from "../wrangler.ts";

/** A worker as `wrangler deploy` would upload it, with its bindings as Miniflare takes them. */
export async function bundledWorker(worker: Worker, vars: Record<string, string>): Promise<V4WorkerOptions> {
  const folder = mkdtempSync(join(tmpdir(), "comanda-bench-"));
  try {
    const command = wranglerCommand(["deploy", "--dry-run", "--outdir", folder, "-c", workers[worker]]);
    const { status, output } = await run(command, wranglerEnv());
    if (status !== 0) throw new Error(`${worker} could not be bundled:\n${output}`);
    const { workerOptions } = workerOptionsOf(join(root, workers[worker]));
    // Without the asset router in front: on Cloudflare it is no worker of ours either.
    const { assets: _, bindings, ...rest } = workerOptions;
    return {
      ...rest,
      name: `comanda-${worker}`,
      bindings: { ...z.record(z.string(), z.json()).parse(bindings), ...vars },
      modules: [{ type: "ESModule", path: "worker.js", contents: readFileSync(join(folder, "worker.js"), "utf8") }],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
