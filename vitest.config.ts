import { defineConfig } from "vitest/config";

const node = { environment: "node" } as const;
// Lets objects run in plain node, where tests crash them at any write.
const resolve = {
  alias: { "cloudflare:workers": new URL("workers/shared/testing/cloudflare-workers.ts", import.meta.url).pathname },
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          ...node,
          name: "domain",
          include: ["contracts/**/*.test.ts", "domain/**/*.test.ts", "workers/**/*.test.ts", "web/**/*.test.{ts,tsx}"],
          exclude: ["**/dist/**"],
          // Properties take a second each, and several on a machine that is busy with something else.
          testTimeout: 60_000,
        },
      },
      { test: { ...node, name: "scripts", include: ["scripts/**/*.test.ts"], testTimeout: 60_000 } },
      {
        resolve,
        // One file at a time: each starts real workers, and the machine may have two cores.
        test: {
          ...node,
          name: "workers",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/browser/**"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...node,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
