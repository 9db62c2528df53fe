import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { customerPages } from "../contracts/addresses.ts";
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

it("has no scripts that load each other in a circle, in which something would be used before it is there", () => {
  const scripts = readdirSync(join(dist, "assets")).filter((file) => file.endsWith(".js"));
  const needs = new Map(
    scripts.map((file) => {
      const source = readFileSync(join(dist, "assets", file), "utf8");
      return [file, new Set([...source.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, name = ""]) => name))];
    }),
  );
  while (needs.size > 0) {
    const ready = [...needs].filter(([, others]) => ![...others].some((file) => needs.has(file)));
    expect(ready, `one of ${[...needs.keys()].join(", ")}`).not.toEqual([]);
    for (const [file] of ready) needs.delete(file);
  }
});

it("fetches what draws a customer's page together with the app, and nothing of the other apps", () => {
  for (const page of customerPages) {
    const html = readFileSync(join(dist, "customer", page === "menu" ? "index.html" : `${page}.html`), "utf8");
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(named.filter((file) => !existsSync(join(dist, file)))).toEqual([]);
    expect(named.filter((file) => file.startsWith(`/assets/${page}-page-`) && file.endsWith(".js"))).toHaveLength(1);
    expect(new Set(named).size).toBe(named.length);
    expect(named.filter((file) => /^\/assets\/(?:kitchen|driver|admin|welcome)/.test(file))).toEqual([]);
  }
});
