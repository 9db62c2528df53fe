import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../contracts/problem.ts";
import { startHarness, type Harness } from "./harness.ts";
import { scrape, scrapeToken } from "./prometheus/scraper.ts";
import { until } from "./journey/until.ts";

let well: Harness;
let mute: Harness;
beforeAll(async () => {
  well = await startHarness();
  mute = await startHarness({ mains: { kitchen: join(import.meta.dirname, "fixtures/mute/kitchen.ts") } });
});
afterAll(() => Promise.all([well.stop(), mute.stop()]));

async function health(of: Harness): Promise<{ status: number; text: string }> {
  const response = await fetch(`${of.baseUrl}/healthz`);
  return { status: response.status, text: await response.text() };
}

describe("the health check", () => {
  it("is good where every part of all three workers is well", async () => {
    expect(await health(well)).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  it("names a service that does not answer, and says nothing of why", async () => {
    const { status, text } = await health(mute);
    expect(status).toBe(503);
    expect(Problem.parse(JSON.parse(text)).errors).toEqual([
      { pointer: "/kitchen", detail: "The kitchen service does not answer." },
    ]);
  });

  it("names every part that is ill, each in the worker it belongs to", async () => {
    const { DB } = await well.worker("ordering").getEnv();
    await DB.exec("DROP TABLE tallies");
    const { text } = await until(
      () => health(well),
      ({ status }) => status === 503,
    );
    expect(Problem.parse(JSON.parse(text)).errors?.map(({ pointer }) => pointer)).toEqual([
      "/database",
      "/kitchen/database",
      "/delivery/database",
    ]);
    expect(text).not.toMatch(/no such table|tallies|secret|stack/i);
  });
});

describe("a scrape", () => {
  it("goes on without a worker that does not answer, and says that it does not", async () => {
    const read = await scrape(mute.baseUrl);
    expect(read.value("comanda_up", { worker: "kitchen" })).toBe(0);
    expect(read.value("comanda_up", { worker: "delivery" })).toBe(1);
    const alone = await fetch(`${mute.baseUrl}/metrics/kitchen`, {
      headers: { authorization: `Bearer ${scrapeToken}` },
    });
    expect(alone.status).toBe(503);
    expect(await alone.text()).not.toContain("secret");
  });

  it("goes on without D1, and says what it could not have", async () => {
    const { DB } = await well.worker("ordering").getEnv();
    await DB.exec("DROP TABLE IF EXISTS tallies");
    await DB.exec("DROP TABLE dead_letters");
    const read = await scrape(well.baseUrl);
    expect(read.value("comanda_sources_failed", { worker: "ordering" })).toBe(2);
    expect(read.value("comanda_sources_failed", { worker: "kitchen" })).toBe(1);
    expect(read.value("comanda_queue_messages", { queue: "outlet" })).toBe(0);
  });
});
