import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { metrics } from "../contracts/metrics.ts";
import { root } from "../scripts/project.ts";
import { labelsOf, metricOf, readQuery } from "./prometheus/query.ts";
import { promtool } from "./prometheus/scraper.ts";

const Alert = z.strictObject({
  alert: z.string().regex(/^Comanda[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
  annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
});
const Rules = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Alert) })) });
const Panel = z.looseObject({
  id: z.int(),
  type: z.enum(["row", "stat", "timeseries"]),
  title: z.string(),
  gridPos: z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  description: z.string().optional(),
  targets: z.array(z.looseObject({ expr: z.string(), legendFormat: z.string() })).default([]),
});
const Dashboard = z.looseObject({ uid: z.string(), title: z.string(), panels: z.array(Panel) });

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const alerts = Rules.parse(parse(read("ops/prometheus/alerts.yaml"))).groups.flatMap(({ rules }) => rules);
const { panels } = Dashboard.parse(JSON.parse(read("ops/grafana/comanda.json")));
const runbook = read("docs/operating.md");
const queries = {
  "an alert": alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  "the dashboard": panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
};

describe.each(Object.entries(queries))("what %s asks for", (_where, asked) => {
  it.each(asked)("is a query of metrics that exist, with labels they have: %s", (_name, query) => {
    const named = readQuery(query);
    const strangers = named.metrics.filter((series) => series !== "up" && metricOf(series) === null);
    expect(strangers).toEqual([]);
    expect(named.metrics.length).toBeGreaterThan(0);
    const known = labelsOf(named);
    expect(named.labels.filter((label) => !known.has(label))).toEqual([]);
  });
});

describe("what is measured", () => {
  it("is shown on the dashboard, all of it", () => {
    const shown = queries["the dashboard"].flatMap(([, query]) => readQuery(query).metrics.map(metricOf));
    expect(Object.keys(metrics).filter((metric) => !shown.some((name) => name === metric))).toEqual([]);
  });
});

describe("an alert", () => {
  it.each(alerts)("$alert leads to what is to be done", ({ annotations }) => {
    const [page, anchor = ""] = annotations.runbook.split("#");
    expect(page).toBe("docs/operating.md");
    const headings = [...runbook.matchAll(/^#{2,4} (.+)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(/[^a-z0-9 -]/g, "").replaceAll(" ", "-"),
    ); // prettier-ignore
    expect(headings).toContain(anchor);
  });

  it("has a name of its own", () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it("is taken by Prometheus itself", () => {
    const judged = promtool(["check", "rules", join(root, "ops/prometheus/alerts.yaml")]);
    expect(judged?.status ?? 0, judged?.output).toBe(0);
    const configured = promtool(["check", "config", "--syntax-only", join(root, "ops/prometheus/prometheus.yml")]);
    expect(configured?.status ?? 0, configured?.output).toBe(0);
  });
});

describe("the dashboard", () => {
  it("has panels that do not lie on one another, each said what it shows", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { type, title, description, gridPos } of panels) {
      if (type !== "row") expect(description, title).toBeTruthy();
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`), title).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });
});
