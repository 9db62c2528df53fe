import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundle } from "./bundles.ts";
import { ensureChromium } from "./chromium.ts";
import { gates } from "./gates.ts";
import { root, workerNames } from "./project.ts";
import { ensurePromtool } from "./promtool.ts";
import { closingLine, isGood, nothing, sum, type Tally, tallyOf } from "./tally.ts";
import { askedOf } from "./usage.ts";
import { buildWeb } from "./wrangler.ts";

const steps = {
  check: checkGates,
  bundles: measureBundles,
  domain: () => vitest("domain"),
  scripts: () => vitest("scripts"),
  simulation: () => vitest("simulation"),
  workers: async () => vitest("workers", { PROMTOOL: (await ensurePromtool()) ?? "" }),
  browser: testInBrowser,
} satisfies Record<string, () => Promise<Tally>>;

const usage = `npm test [-- options]
  --only a,b   some of the steps: ${Object.keys(steps).join(", ")}`;

const asked = askedOf(usage, { only: { type: "string" } });
const chosen = asked && choose(asked.only);
if (chosen) await main(chosen);

async function main(names: (keyof typeof steps)[]): Promise<void> {
  const tallies: Tally[] = [];
  const summary: string[] = [];
  for (const name of names) {
    console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
    const begun = Date.now();
    const tally = await steps[name]().catch((error: unknown): Tally => {
      console.error(error instanceof Error ? error.message : error);
      return { ...nothing, failed: 1 };
    });
    tallies.push(tally);
    summary.push(`${name.padEnd(10)} ${seconds(begun).padStart(8)}  ${closingLine(tally)}`);
  }
  const all = sum(tallies);
  console.log(`\n${summary.join("\n")}\n`);
  console.log(closingLine(all));
  process.exitCode = isGood(all) ? 0 : 1;
}

function choose(only: string | undefined): (keyof typeof steps)[] | undefined {
  const names = Object.keys(steps).filter(isStep);
  if (only === undefined) return names;
  const asked = only.split(",").map((name) => name.trim());
  const unknown = asked.filter((name) => !isStep(name));
  if (unknown.length === 0) return names.filter((name) => asked.includes(name));
  console.error(`No step is called ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  process.exitCode = 1;
  return undefined;
}

function isStep(name: string): name is keyof typeof steps {
  return Object.hasOwn(steps, name);
}

async function checkGates(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const gate of gates()) {
    const begun = Date.now();
    const { status, output } = await gate.check();
    console.log(`${status === 0 ? "✓" : "✗"} ${gate.name}  ${seconds(begun)}`);
    if (status !== 0) console.log(output);
    tallies.push(verdict(status === 0));
  }
  return sum(tallies);
}

async function measureBundles(): Promise<Tally> {
  await buildWeb();
  const tallies: Tally[] = [];
  for (const worker of workerNames) {
    const bundled = await bundle(worker);
    const words = bundled.ok ? `${bundled.rawKib} KiB, ${bundled.gzipKib} KiB compressed` : bundled.reason;
    console.log(`${bundled.ok ? "✓" : "✗"} ${worker.padEnd(9)} ${words}`);
    tallies.push(verdict(bundled.ok));
  }
  return sum(tallies);
}

async function testInBrowser(): Promise<Tally> {
  if (globSync("tests/browser/**/*.test.ts", { cwd: root }).length === 0) {
    console.log("No browser tests yet.");
    return nothing;
  }
  const chromium = await ensureChromium();
  await buildWeb();
  return vitest("browser", { CHROMIUM: chromium });
}

async function vitest(project: string, env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "comanda-test-"));
  const report = join(folder, "report.json");
  const cli = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(
    process.execPath,
    [
      cli,
      "run",
      "--project",
      project,
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } },
  );
  try {
    return tallyOf(JSON.parse(readFileSync(report, "utf8")), status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function verdict(good: boolean): Tally {
  return good ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
