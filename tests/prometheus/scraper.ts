import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { findPromtool } from "../../scripts/promtool.ts";
import { operator } from "../harness.ts";
import { readExposition, type Family, type Sample } from "../../workers/shared/testing/exposition-text.ts";

type Labels = Readonly<Record<string, string>>;

/** What a scraper made of an exposition. */
export class Scrape {
  readonly text: string;
  readonly families: readonly Family[];

  constructor(text: string) {
    this.text = text;
    this.families = readExposition(text);
  }

  /** The values of a metric, or of a histogram's part, whose labels include these, added up; null where there is none. */
  value(name: string, labels: Labels = {}): number | null {
    const found = this.found(name, labels).map(({ value }) => value);
    return found.length === 0 ? null : found.reduce((sum, each) => sum + each, 0);
  }

  private found(name: string, labels: Labels): Sample[] {
    const samples = this.families.flatMap((family) => family.samples).filter((sample) => sample.name === name);
    return samples.filter((sample) => Object.entries(labels).every(([label, is]) => sample.labels[label] === is));
  }
}

/** The token a scraper's configuration holds, as operating.md says how to make it. */
export const scrapeToken = createHmac("sha256", operator.secret).update("comanda scrape").digest("hex");

export async function scrape(baseUrl: string, path = "/metrics"): Promise<Scrape> {
  const response = await fetch(baseUrl + path, { headers: { authorization: `Bearer ${scrapeToken}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return new Scrape(text);
}

/** What Prometheus' own tool says; null where there is none to be had. */
export function promtool(args: readonly string[], input = ""): { status: number | null; output: string } | null {
  const path = findPromtool();
  if (path === undefined) return null;
  const { status, stdout, stderr } = spawnSync(path, args, { input, encoding: "utf8" });
  return { status, output: stdout + stderr };
}
