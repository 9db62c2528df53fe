import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { innerPages } from "../contracts/addresses.ts";
import { apps, weightOf } from "./web-weight.ts";
import { buildWeb } from "./wrangler.ts";

let dist: string;
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), "comanda-web-"));
  await buildWeb(dist);
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

it("lets a customer on a bad network begin with 60 KB of JavaScript", () => {
  const weights = Object.fromEntries(apps.map((app) => [app, weightOf(dist, app)]));
  console.log(`JavaScript before the first touch, compressed: ${JSON.stringify(weights)}`);
  expect(weights["customer"]).toBeGreaterThan(10_000);
  expect(weights["customer"]).toBeLessThanOrEqual(60_000);
});

it("keeps in the service worker what each page needs, and nothing that is not there", () => {
  const worker = readFileSync(join(dist, "sw.js"), "utf8");
  const shells = JSON.parse(/const SHELLS = (.*);\n/.exec(worker)?.[1] ?? "{}") as Record<
    string,
    { files: string[]; named: string[] }
  >;
  expect(Object.keys(shells).toSorted()).toEqual([...apps].toSorted());
  for (const app of apps) {
    const { files = [], named = [] } = shells[app] ?? {};
    expect(files.filter((file) => !existsSync(join(dist, file)))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(named));
    const page = readFileSync(join(dist, app, "index.html"), "utf8");
    expect(named.filter((file) => !page.includes(file))).toEqual([]);
  }
  expect(worker).not.toMatch(/^\s*(?:import|export) /m);
});

it("fetches what draws a page behind the menu together with the app", () => {
  for (const page of innerPages) {
    const html = readFileSync(join(dist, "customer", `${page}.html`), "utf8");
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(named.filter((file) => !existsSync(join(dist, file)))).toEqual([]);
    expect(named.filter((file) => file.startsWith(`/assets/${page}-page-`) && file.endsWith(".js"))).toHaveLength(1);
    expect(new Set(named).size).toBe(named.length);
  }
});
