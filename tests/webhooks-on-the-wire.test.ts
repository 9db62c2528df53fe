import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { webhookRoutes } from "../contracts/webhook-routes.ts";
import type { ReportView } from "../contracts/webhook.ts";
import { bundleAll, type Product } from "../scripts/bench/miniflare-stack.ts";
import { Api } from "../scripts/client/api.ts";
import { Tokens } from "../scripts/client/tokens.ts";
import { Receiver, type Answer } from "./journey/receiver.ts";
import { until } from "./journey/until.ts";

/**
 * What the runtime's own fetch does with an endpoint that misbehaves. The harness of the other tests puts Node's fetch
 * between a worker and the world, which follows redirects by itself.
 */
let product: Product;
let api: Api;
let as: Tokens;
const receivers: Receiver[] = [];

beforeAll(async () => {
  const bundles = await bundleAll({ WEBHOOK_LOOPBACK: "allowed" });
  product = await bundles.start("tmpfs");
  const { baseUrl, clients } = product.credentials;
  api = new Api(baseUrl);
  as = Tokens.ofClient(api, clients.admin);
}, 180_000);
afterAll(async () => {
  for (const receiver of receivers) receiver.stop();
  api?.close();
  await product?.stop();
});

async function receiving(answer: Answer): Promise<Receiver> {
  const receiver = await Receiver.listen();
  receivers.push(receiver);
  receiver.answer = () => answer;
  return receiver;
}

/** The first attempt at a test event sent to this address. */
async function attemptAt(url: string): Promise<ReportView["attempts"][number]> {
  const made = await api.call(webhookRoutes.create, { as, body: { url, events: ["order.failed"] }, key: randomUUID() });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  const params = { endpoint: made.value.id };
  const asked = await api.call(webhookRoutes.test, { as, params, body: {} });
  if (!asked.ok) throw new Error(JSON.stringify(asked.problem));
  const report = async (): Promise<ReportView | null> => {
    const reply = await api.call(webhookRoutes.report, { as, params: { ...params, report: asked.value.id } });
    return reply.ok ? reply.value : null;
  };
  const found = await until(report, (one) => (one?.attempts.length ?? 0) > 0, 30_000);
  const [attempt] = found?.attempts ?? [];
  if (attempt === undefined) throw new Error("no attempt");
  return attempt;
}

describe.concurrent("an attempt", () => {
  test.each([301, 302, 303, 307, 308])("that is answered by redirect %i ends there", async (status) => {
    const elsewhere = await receiving({ status: 200 });
    const receiver = await receiving({ status, headers: { location: elsewhere.url } });
    expect(await attemptAt(receiver.url)).toMatchObject({ status, error: null });
    expect([receiver.arrivals.length, elsewhere.arrivals.length]).toEqual([1, 0]);
  });

  test("at a port where nobody listens has no status, but an error", async () => {
    expect(await attemptAt("http://127.0.0.1:9/")).toMatchObject({ status: null, error: expect.stringMatching(/./) });
  });

  test("is given up after fifteen seconds", async () => {
    const receiver = await receiving({ status: 200, afterMs: 60_000 });
    const attempt = await attemptAt(receiver.url);
    expect(attempt).toMatchObject({ status: null, error: "no answer within 15 s" });
    expect(attempt.durationMs).toBeGreaterThanOrEqual(15_000);
    expect(attempt.durationMs).toBeLessThan(17_000);
  });

  test("keeps a little of a long answer", async () => {
    const receiver = await receiving({ status: 500, body: "x".repeat(20_000_000) });
    const attempt = await attemptAt(receiver.url);
    expect([attempt.status, attempt.excerpt]).toEqual([500, "x".repeat(500)]);
  });

  test("carries no credentials of ours", async () => {
    const receiver = await receiving({ status: 200 });
    await attemptAt(receiver.url);
    const { headers } = receiver.arrivals[0] ?? {};
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("x-comanda-principal");
    expect(headers).toMatchObject({ "user-agent": "Comanda-Webhooks/1.0" });
  });
});
