import { defineConfig } from "vitest/config";

const node = {
  environment: "node",
  // What is waited for is there at once, but on a machine that is busy with something else.
  expect: { poll: { timeout: 20_000 } },
} as const;
// Lets objects run in plain node, where tests crash them at any write.
const resolve = {
  alias: { "cloudflare:workers": new URL("workers/shared/testing/cloudflare-workers.ts", import.meta.url).pathname },
};

const inOneProcess = [
  "tests/dst/**/*.test.ts",
  "tests/simulation/**/*.test.ts",
  "tests/dependency-rule.test.ts",
  "tests/real-menus.test.ts",
  "tests/reported-events.test.ts",
  "tests/wrangler-config.test.ts",
];

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
          // Stylesheets are read as they are by the tests that measure them.
          css: true,
        },
      },
      { test: { ...node, name: "scripts", include: ["scripts/**/*.test.ts"], testTimeout: 60_000 } },
      {
        resolve,
        // These start no workers and wait for nothing: what they need is a core each.
        test: {
          ...node,
          name: "simulation",
          include: inOneProcess,
          pool: "forks",
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve,
        // Two files at a time: each starts real workers, and much of what they do is to wait for a timer.
        test: {
          ...node,
          name: "workers",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/browser/**", ...inOneProcess],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...node,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          pool: "forks",
          // As above: the pages wait for the workers, and the tests for the pages.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
