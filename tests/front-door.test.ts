import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Address } from "../contracts/address.ts";
import { eventTypeOf } from "../contracts/envelope.ts";
import type { FactData, FactType } from "../contracts/events.ts";
import { startHarness, type Harness } from "./harness.ts";

const order = `ord_${"7".repeat(26)}`;
let door: Harness;

beforeAll(async () => {
  door = await startHarness({ vars: { PAYMENT_URL: "" } });
});
afterAll(() => door.stop());

/** An open dead letter of a fact that nobody sends any more, quiet for an hour. */
async function bury<T extends FactType>(to: Address, type: T, data: FactData<T>): Promise<string> {
  const from = Address.parse(`order/t/${order}`);
  const id = `${from}>${to}#1`;
  const hourAgo = Date.now() - 3_600_000;
  const envelope = {
    specversion: "1.0", id, source: "/tenants/t", type: eventTypeOf(type), subject: order,
    time: new Date(hourAgo).toISOString(), datacontenttype: "application/json", data, tenant: "t", from, to,
    sequence: 1, correlationid: order, causationid: `${from}#1`,
  }; // prettier-ignore
  const { DB } = await door.worker("ordering").getEnv();
  await DB.prepare(
    `INSERT INTO dead_letters (id, tenant, consumer, sender, receiver, sequence, type, "order", envelope, error, stack,
      attempts, first_at, last_at, state) VALUES (?, 't', 'c', ?, ?, 1, ?, ?, ?, 'e', '', 4, ?, ?, 'open')`,
  )
    .bind(id, from, to, envelope.type, order, JSON.stringify(envelope), hourAgo, hourAgo)
    .run();
  return id;
}

async function stateOf(id: string): Promise<string | null> {
  const { DB } = await door.worker("ordering").getEnv();
  return DB.prepare("SELECT state FROM dead_letters WHERE id = ?").bind(id).first<string>("state");
}

describe("the cron", () => {
  it("sends a dead letter again that has been quiet, to whichever service it is for; applied, it is closed", async () => {
    const at = Date.now();
    const letters = [
      await bury(Address.parse("outlet/t/orders"), "order.changed", {
        order, tenant: "t", venue: "v", customer: "guest", code: "A1", status: "placed", fulfilment: "pickup",
        total: 100, currency: "EUR", placedAt: at, updatedAt: at, seq: 1, open: false,
      }), // prettier-ignore
      await bury(Address.parse("board/t/v"), "order.withdrawn", { reason: "customer-cancelled", detail: "" }),
      await bury(Address.parse("zone/t/main"), "delivery.called-off", {
        order,
        reason: "customer-cancelled",
        detail: "",
      }),
      await bury(Address.parse("venue/t/v"), "reservation.kept", {}),
    ];
    await door.worker("ordering").scheduled({ cron: "* * * * *", scheduledTime: new Date() });
    const deadline = Date.now() + 10_000;
    let states = await Promise.all(letters.map(stateOf));
    while (states.includes("open") && Date.now() < deadline) {
      await sleep(50);
      states = await Promise.all(letters.map(stateOf));
    }
    expect(states).toEqual(letters.map(() => "closed"));
  });
});

describe("the health check", () => {
  it("is refused while nobody is named to take payments", async () => {
    const response = await fetch(`${door.baseUrl}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("PAYMENT_URL") });
  });
});

describe("an answer of the API", () => {
  const paths = {
    "what is open to all": "/v1/tenants/nobody/venues",
    "what needs a token": "/v1/orders",
    "what is in nobody's contract": "/v1/nothing",
    "what the kitchen answers": "/v1/venues/v/kitchen/tickets",
    "what the delivery service answers": "/v1/drivers/me",
    "what the token endpoint answers": "/v1/oauth/token",
    "the keys": "/.well-known/jwks.json",
    "the OpenAPI document": "/openapi.json",
    "the health check": "/healthz",
  };
  it.each(Object.entries(paths))("is data and nothing else to a browser: %s", async (_what, path) => {
    const { headers } = await fetch(door.baseUrl + path, { headers: { accept: "text/html" } });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("cache-control")).toMatch(path.startsWith("/v1/") ? /^no-store$/ : /no-store|public/);
  });
});
