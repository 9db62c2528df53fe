import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Worker, workers } from "./project.ts";
import { run, wranglerCommand, wranglerEnv } from "./wrangler.ts";

/** Compressed size a worker's code may have, in KiB. Start-up time grows with it, and the front door is on every path. */
const limitKib = 1024;

export type Bundle =
  | { worker: string; ok: true; rawKib: number; gzipKib: number }
  | { worker: string; ok: false; reason: string };

/** Bundles a worker as `wrangler deploy` would, without deploying it. */
export async function bundle(worker: Worker): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), "comanda-bundle-"));
  try {
    const command = wranglerCommand(["deploy", "--dry-run", "--outdir", folder, "-c", workers[worker]]);
    const { status, output } = await run(command, wranglerEnv());
    const sizes = bundleSizes(output);
    if (status !== 0 || !sizes) return { worker, ok: false, reason: output };
    if (sizes.gzipKib > limitKib) {
      return { worker, ok: false, reason: `${sizes.gzipKib} KiB compressed; at most ${limitKib} are allowed` };
    }
    return { worker, ok: true, ...sizes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the sizes in KiB from wrangler's line `Total Upload: 1.72 KiB / gzip: 0.74 KiB`. */
export function bundleSizes(output: string): { rawKib: number; gzipKib: number } | undefined {
  const found = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(output);
  return found ? { rawKib: Number(found[1]), gzipKib: Number(found[2]) } : undefined;
}
