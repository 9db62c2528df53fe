import { join } from "node:path";

/** The repository's folder, without a trailing slash. */
export const root = join(import.meta.dirname, "..");

/** The workers, with the folder-relative path of their wrangler configuration. */
export const workers = {
  ordering: "wrangler.toml",
  kitchen: "workers/kitchen/wrangler.toml",
  delivery: "workers/delivery/wrangler.toml",
  sandbox: "workers/sandbox/wrangler.toml",
} as const;
export type Worker = keyof typeof workers;
export const workerNames = ["ordering", "kitchen", "delivery", "sandbox"] as const satisfies Worker[];
