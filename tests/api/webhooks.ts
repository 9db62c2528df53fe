import { expect } from "vitest";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import { eventually, type Caller } from "./caller.ts";
import type { Person } from "./installation.ts";
import { nobodyListens } from "./policies.ts";

/** An endpoint's life: made, tested in vain, changed, given a new secret, replayed, deleted. */
export async function runWebhooks(caller: Caller, admin: Person): Promise<void> {
  const settings = { url: nobodyListens, events: ["order.collected" as const], description: "Till" };
  const made = await caller.well(webhookRoutes.create, admin, { body: settings });
  expect(made.secret).toMatch(/^whsec_/);
  const params = { endpoint: made.id };
  const test = await caller.well(webhookRoutes.test, admin, { params });
  const ofTest = { ...params, report: test.id };
  await eventually("the attempt that fails", async () => {
    const report = await caller.well(webhookRoutes.report, admin, { params: ofTest });
    return report.status === "waiting" && report.attempts.length > 0 ? report : null;
  });
  const { reports } = await caller.well(webhookRoutes.reports, admin, { params });
  expect(reports.map(({ id }) => id)).toContain(test.id);
  await caller.well(webhookRoutes.write, admin, { params, body: { ...settings, enabled: false } });
  await caller.well(webhookRoutes.write, admin, { params, body: settings });
  await caller.well(webhookRoutes.replay, admin, { params: ofTest });
  const range = { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" };
  expect(await caller.well(webhookRoutes.replayRange, admin, { params, body: range })).toEqual({ replayed: 0 });
  const rotated = await caller.well(webhookRoutes.rotate, admin, { params });
  expect(rotated.secret).not.toBe(made.secret);
  expect(JSON.stringify(await caller.well(webhookRoutes.read, admin, { params }))).not.toContain("whsec_");
  expect(JSON.stringify(await caller.well(webhookRoutes.list, admin))).not.toContain("whsec_");
  await caller.well(webhookRoutes.remove, admin, { params });
}
