import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { EndpointWithSecret, type EndpointSettings } from "../../contracts/webhook.ts";
import { paymentSecret, startHarness, type Harness } from "../harness.ts";
import { ends } from "./endings.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const Client = z.object({ id: z.string(), secret: z.string() });
const Orders = z.object({ orders: z.array(z.object({ order: z.string(), code: z.string(), state: z.string() })) });

/** A till of the sandbox, set up for a restaurant: it has an API client, and an endpoint tells it of orders. */
async function till(place: Restaurant, secret?: string) {
  const at = `${harness.sandboxUrl}/tills/${place.tenant}`;
  const admin = (path: string, body: object) => place.ask(place.admin, "POST", path, { body });
  const settings: Partial<EndpointSettings> = { url: `${at}/events`, venues: [place.venue] };
  const endpoint = EndpointWithSecret.parse(JSON.parse((await admin("/v1/webhooks", settings)).text));
  const { id, secret: password } = Client.parse(
    JSON.parse((await admin("/v1/clients", { name: "Till", role: "staff", venues: [place.venue] })).text),
  );
  const client = { id, secret: password };
  const headers = { authorization: `Bearer ${paymentSecret}`, "content-type": "application/json" };
  const body = JSON.stringify({ api: harness.baseUrl, client, secret: secret ?? endpoint.secret, cooksForMs: 300 });
  const done = await fetch(at, { method: "PUT", headers, body });
  expect(done.status).toBe(204);
  return {
    endpoint: endpoint.id,
    orders: async () => Orders.parse(await (await fetch(at, { headers })).json()).orders,
    say: (text: string, more: Record<string, string> = {}) =>
      fetch(`${at}/events`, { method: "POST", body: text, headers: { "content-type": "application/json", ...more } }),
  };
}

test("a till hears of an order by webhook, accepts it, cooks, and sets it ready by its own API client", async () => {
  const place = await Restaurant.open(harness);
  const { orders } = await till(place);
  const guest = await place.guest();
  const order = await place.place(guest);
  await place.reaches(guest, order.id, "ready");
  await until(orders, (all) => all[0]?.state === "ready");
  expect(await orders()).toEqual([{ order: order.id, code: order.code, state: "ready" }]);
  await place.press(order.id, "handover");
  await ends(place, guest, order.id, "collected", "captured");
});

test("a till believes nobody without the secret, and says so with 401", async () => {
  const place = await Restaurant.open(harness);
  const wrong = `whsec_${Buffer.from("another secret altogether").toString("base64")}`;
  const { orders, say, endpoint } = await till(place, wrong);
  const guest = await place.guest();
  await place.place(guest);
  const report = async () => {
    const { text } = await place.ask(place.admin, "GET", `/v1/webhooks/${endpoint}/reports`);
    return z
      .object({ reports: z.array(z.object({ attempts: z.array(z.object({ status: z.int() })) })) })
      .parse(JSON.parse(text)).reports;
  };
  await until(report, (reports) => reports.some(({ attempts }) => attempts[0]?.status === 401));
  expect(await orders()).toEqual([]);
  const forged = { "webhook-id": randomUUID(), "webhook-timestamp": "1", "webhook-signature": "v1,AAAA" };
  expect((await say("{}", forged)).status).toBe(401);
  expect((await say("not JSON")).status).toBe(401);
});
