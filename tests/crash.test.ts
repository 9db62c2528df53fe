import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { seededRandom } from "../domain/menu/seeded-random.ts";
import type { Credentials } from "../scripts/credentials.ts";
import { seed } from "../scripts/seed.ts";
import { localOperator, localSecrets } from "../scripts/secrets.ts";
import { type Stack, startStack } from "../scripts/stack.ts";
import { buildWeb } from "../scripts/wrangler.ts";

const orders = 24;
const crashes = 5;
const seedNumber = Number(process.env["COMANDA_SEED"] ?? 20_261_121);

const Order = z.object({
  id: z.string(),
  status: z.string(),
  payment: z.object({ status: z.string(), amount: z.int() }).nullable(),
});
const Payments = z.object({
  payments: z.array(
    z.object({ id: z.string(), status: z.string(), amount: z.int(), captured: z.int(), refunded: z.int() }),
  ),
});
const Tickets = z.object({ tickets: z.array(z.object({ order: z.string(), status: z.string() })) });

/** The product is ended as a power cut would, between whatever two steps; its local queues are lost every time. */
describe("a process killed with -9 in the middle of orders", () => {
  const random = seededRandom(seedNumber);
  let stack: Stack;
  let who: Credentials;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    await buildWeb();
    stack = await startStack({ fast: true, quiet: true });
    who = await seed({ baseUrl: stack.baseUrl, operator: localOperator(), stateDir: stack.stateDir, log: () => {} });
  });

  afterAll(() => stack?.stop());

  /** Repeats a request until it is answered: a phone does so in a tunnel, and with the same key. */
  async function insist(method: string, path: string, token: string, body?: object, key?: string): Promise<unknown> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      try {
        const response = await fetch(stack.baseUrl + path, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            "idempotency-key": key ?? crypto.randomUUID(),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(5_000),
        });
        const answer: unknown = await response.json();
        // Who is asked to slow down asks again, as after a death.
        if (response.status < 500 && response.status !== 429) return answer;
      } catch {
        // Nobody there: it is being restarted.
      }
      await sleep(150);
    }
    throw new Error(`${method} ${path} was never answered`);
  }

  async function tokenOf(parameters: Record<string, string>): Promise<string> {
    const name = JSON.stringify(parameters);
    const known = tokens.get(name);
    if (known !== undefined) return known;
    const response = await fetch(`${stack.baseUrl}/v1/oauth/token`, {
      method: "POST",
      body: new URLSearchParams(parameters),
    });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await response.json());
    tokens.set(name, token);
    return token;
  }

  it("loses, doubles and charges nothing twice", async () => {
    const guest = await tokenOf({ grant_type: "anonymous", tenant: who.tenant });
    const { id, secret } = who.clients.staff;
    const staff = await tokenOf({ grant_type: "client_credentials", client_id: id, client_secret: secret });
    const body = {
      venue: "demo-1",
      lines: [{ item: "couvert", quantity: 1 }],
      checkout: { customer: { name: "Grace" }, payment: { method: "card", token: "card_ok" } },
    };
    let done = false;
    const kitchen = (async () => {
      while (!done) {
        const answer = await insist("GET", "/v1/venues/demo-1/kitchen/tickets", staff);
        const { tickets } = Tickets.parse(answer);
        await Promise.all(
          tickets.map(async ({ order, status }) => {
            const next = { waiting: "accept", accepted: "start", preparing: "ready", ready: "handover" }[status];
            if (next !== undefined)
              await insist("POST", `/v1/venues/demo-1/kitchen/tickets/${order}/${next}`, staff, {});
          }),
        );
        await sleep(50);
      }
    })();

    const placed: string[] = [];
    const customers = Array.from({ length: orders }, async (_, number) => {
      await sleep(random() * crashes * 1_500);
      const key = `crash-${number}`;
      const order = Order.parse(await insist("POST", "/v1/orders", guest, body, key));
      placed.push(order.id);
      // Tapped twice: the same order.
      expect(Order.parse(await insist("POST", "/v1/orders", guest, body, key)).id).toBe(order.id);
      return order.id;
    });
    const chaos = (async () => {
      for (let crash = 0; crash < crashes; crash += 1) {
        await sleep(300 + random() * 1_500);
        const part = random() < 0.3 ? "sandbox" : "product";
        await stack.kill9(part);
        await stack.restart(part);
      }
    })();
    const ids = await Promise.all(customers);
    await chaos;

    await expect
      .poll(
        async () => {
          const views = await Promise.all(ids.map((order) => insist("GET", `/v1/orders/${order}`, guest)));
          const ended = views
            .map((view) => Order.parse(view))
            .filter(({ status, payment }) => status === "collected" && payment?.status === "captured");
          return ended.length;
        },
        { timeout: 90_000, interval: 500 },
      )
      .toBe(orders);
    done = true;
    await kitchen;

    expect(new Set(ids).size).toBe(orders);
    for (const order of ids) {
      const response = await fetch(`${stack.sandboxUrl}/payments?reference=${order}`, {
        headers: { authorization: `Bearer ${localSecrets().PAYMENT_SECRET}`, "x-account": who.tenant },
      });
      const { payments } = Payments.parse(await response.json());
      expect(payments).toEqual([
        expect.objectContaining({ status: "captured", amount: 350, captured: 350, refunded: 0 }),
      ]);
    }
  }, 240_000);
});
