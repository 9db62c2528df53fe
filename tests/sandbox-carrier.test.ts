import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestHarness } from "wrangler";
import { prepare } from "./harness.ts";
import { until } from "./journey/until.ts";

const secret = "only-for-this-test";
prepare();
const harness = createTestHarness({
  workers: [{ configPath: "workers/sandbox/wrangler.toml", secrets: { PAYMENT_SECRET: secret } }],
});
/** A shop that takes callbacks, and what it was told. */
const told: { readonly path: string; readonly secret: string; readonly status: string }[] = [];
let shop: Server;
let base = "";
let shopUrl = "";
beforeAll(async () => {
  base = (await harness.listen()).url.href.replace(/\/$/, "");
  shop = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { status } = JSON.parse(body);
      told.push({ path: request.url ?? "", secret: String(request.headers["x-carrier-secret"]), status });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
afterAll(async () => {
  shop.close();
  await harness.close();
});

const place = { name: "Ada", address: "Here 1", point: null };

/** A shop's program, over HTTP like any other. */
function post(name: string) {
  const url = `${base}/carriers/demo/${name}`;
  const ask = async (method: string, path: string, body?: object, key?: string) => {
    const headers: Record<string, string> = { authorization: `Bearer ${secret}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (key !== undefined) headers["idempotency-key"] = key;
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, json: text === "" ? null : JSON.parse(text) };
  }; // prettier-ignore
  const quoted = { reference: "o1", code: "A1", pickup: place, dropoff: place, readyAt: "2030-01-01T00:00:00Z" };
  return {
    ask,
    quote: async (): Promise<string> => (await ask("POST", "/quotes", quoted, "q")).json.id,
    book: async (key: string, quote: string) => ask("POST", "/bookings", { reference: "o1", quote }, key),
    withdraw: (booking: string) => ask("POST", "/withdrawals", { reference: "o1", booking }, `w-${booking}`),
    kinds: async (): Promise<string[]> =>
      (await ask("GET", "/ledger")).json.entries.map(({ kind }: { kind: string }) => kind),
  };
}

test("a carrier books once for a key, and moves a parcel only forwards", async () => {
  const bob = post("bobs-post");
  const quote = await bob.quote();
  const [first, second] = [await bob.book("k", quote), await bob.book("k", quote)];
  expect([first.status, second.json]).toEqual([201, first.json]);
  expect(first.json).toMatchObject({ status: "booked", reference: "o1", tracking: expect.stringMatching(/^BP/) });
  const { id } = first.json;
  expect((await bob.ask("POST", `/parcels/${id}/delivered`, {})).status).toBe(409);
  for (const to of ["shipped", "delivered"]) expect((await bob.ask("POST", `/parcels/${id}/${to}`, {})).status).toBe(200);
  expect((await bob.ask("POST", `/parcels/${id}/shipped`, {})).status).toBe(409);
  expect(await bob.withdraw("k")).toMatchObject({ status: 409, json: { parcel: { status: "delivered" } } });
  expect(await bob.kinds()).toEqual(["booked", "shipped", "delivered"]);
  expect((await bob.book("k2", "quote_490_1")).status).toBe(410);
}); // prettier-ignore

test("what was withdrawn by its key is not booked any more, though the booking comes later", async () => {
  const bob = post("late-post");
  const quote = await bob.quote();
  expect(await bob.withdraw("k")).toMatchObject({ status: 200, json: { status: "withdrawn" } });
  expect((await bob.book("k", quote)).status).toBe(422);
  expect((await bob.book("k2", quote)).status).toBe(201);
  expect([(await bob.withdraw("k2")).status, (await bob.withdraw("k2")).status]).toEqual([200, 200]);
  expect(await bob.kinds()).toEqual(["booked", "withdrawn"]);
});

test("a carrier that is down does nothing, and one that loses its answers has acted", async () => {
  const bob = post("bad-post");
  const quote = await bob.quote();
  await bob.ask("PUT", "/faults", { calls: { errorRate: 1 } });
  expect((await bob.book("k", quote)).status).toBe(503);
  expect(await bob.kinds()).toEqual([]);
  await bob.ask("PUT", "/faults", { calls: { loseAnswerRate: 1 } });
  expect((await bob.book("k", quote)).status).toBe(500);
  expect(await bob.kinds()).toEqual(["booked"]);
  await bob.ask("DELETE", "/faults");
  expect((await bob.book("k", quote)).status).toBe(201);
  expect(await bob.kinds()).toEqual(["booked"]);
});

test("callbacks tell each step with the secret; doubled and backwards when they are told to be", async () => {
  const bob = post("calling-post");
  await bob.ask("PUT", "/portal", { callbackUrl: `${shopUrl}/calling`, callbackSecret: "s3cret" });
  const heard = (path: string) => told.filter((one) => one.path === path).map(({ status }) => status);
  const bring = async (key: string) => {
    const { json } = await bob.book(key, await bob.quote());
    for (const to of ["shipped", "delivered"]) await bob.ask("POST", `/parcels/${json.id}/${to}`, {});
  };
  await bring("k1");
  await until(() => heard("/calling"), (all) => all.length === 3);
  expect([heard("/calling"), told[0]?.secret]).toEqual([["booked", "shipped", "delivered"], "s3cret"]);
  await bob.ask("PUT", "/faults", { callbacks: { copies: 2, order: "backwards" } });
  await bob.ask("PUT", "/portal", { callbackUrl: `${shopUrl}/backwards`, callbackSecret: "s3cret" });
  await bring("k2");
  await until(() => heard("/backwards"), (all) => all.length === 6);
  expect(heard("/backwards")).toEqual(["delivered", "delivered", "shipped", "shipped", "booked", "booked"]);
}); // prettier-ignore

test("a parcel moves on by itself where the shop has said how fast", async () => {
  const bob = post("quick-post");
  await bob.ask("PUT", "/portal", { shipsAfterMs: 50, deliversAfterMs: 50 });
  await bob.book("k", await bob.quote());
  await until(() => bob.kinds(), (kinds) => kinds.length === 3);
  expect(await bob.kinds()).toEqual(["booked", "shipped", "delivered"]);
}); // prettier-ignore

test("who does not know the secret books nothing", async () => {
  const response = await fetch(`${base}/carriers/demo/bobs-post/bookings`, { method: "POST", body: "{}" });
  expect(response.status).toBe(401);
});
