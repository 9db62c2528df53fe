import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./project.ts";

const cli = join(root, "node_modules/wrangler/bin/wrangler.js");

/** A command line for wrangler under the Node that runs this script. */
export function wranglerCommand(args: string[]): string[] {
  return [process.execPath, cli, ...args];
}

/**
 * The local runtime collects garbage often and little: left alone it lets 16 MiB gather, and clears them away in one
 * stop of 40 ms, behind which every hundredth request waits.
 */
export const runtimeEnv = { MINIFLARE_WORKERD_V8_FLAGS: "--max-semi-space-size=2" };

/**
 * Wrangler's environment here: no metrics, no update check, no look-up of `request.cf` on the network, and no local
 * tracing, which alone costs half the speed. `registry` keeps the workers of two stacks from finding each other.
 */
export function wranglerEnv(registry?: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    X_LOCAL_OBSERVABILITY: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    ...runtimeEnv,
    ...(registry ? { WRANGLER_REGISTRY_PATH: registry } : {}),
  };
}

export interface Outcome {
  status: number;
  output: string;
}

/** Runs a command to its end and returns all it printed. */
export function run(command: string[], env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", (error) => resolve({ status: 127, output: error.message }));
    child.once("close", (code) => resolve({ status: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** Builds the web apps into `folder`. Without any, it is left empty: wrangler refuses a missing one. */
export async function buildWeb(folder = join(root, "web/dist")): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(root, "web/vite.config.ts"))) return;
  const vite = join(root, "node_modules/vite/bin/vite.js");
  // A test's NODE_ENV would build the pages for debugging, with this machine's paths in them, and they might be deployed.
  const env = { ...process.env, NODE_ENV: "production" };
  const built = await run(
    [process.execPath, vite, "build", "web", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"],
    env,
  );
  if (built.status !== 0) throw new Error(`The web apps do not build:\n${built.output}`);
}
