import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { operator, paymentSecret, keyEncryptionSecret } from "../harness.ts";
import { Caller } from "./caller.ts";
import { basic, startInstallation, type Installation } from "./installation.ts";
import { runDeliveries, runPickups } from "./journey.ts";
import { bury } from "./letters.ts";
import { checkout, line } from "./policies.ts";
import { asJson, bearer } from "./wire.ts";

let there: Installation;
let logged = "";

beforeAll(async () => {
  // Whatever is logged is looked at, not only what is wrong.
  process.env["WRANGLER_LOG"] = "log";
  there = await startInstallation();
});
afterAll(() => there?.stop());

/** What the workers have logged until now, as their console shows it. */
function logs(): string {
  const lines: string[] = [];
  const note = (...words: unknown[]): void => void lines.push(words.map(String).join(" "));
  const spies = (["log", "info", "warn", "error", "debug"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(note),
  );
  there.harness.debug();
  for (const spy of spies) spy.mockRestore();
  return lines.join("\n");
}

/** Everything that can go wrong in a request, with marked words in it. */
async function troubleMakers(): Promise<void> {
  const { wire, people } = there;
  const guest = { ...asJson, ...bearer(people.guest.token) };
  const key = () => ({ "idempotency-key": randomUUID() });
  const order = { venue: "spare-1", fulfilment: "pickup", lines: [line], checkout: { ...checkout, address: null } };
  const bodies = [
    JSON.stringify({ ...order, marker: "Zebedee Marker" }),
    JSON.stringify({ ...order, checkout: { ...order.checkout, payment: { method: "card", token: "card_declined" } } }),
    JSON.stringify({ ...order, checkout: { ...order.checkout, customer: { name: "Zebedee\u0000Marker" } } }),
    '{"customer":"Zebedee Marker"',
    JSON.stringify({ ...order, venue: "Zebedee Marker" }),
  ];
  for (const body of bodies) {
    await wire.send({ method: "POST", path: "/v1/orders", headers: { ...guest, ...key() }, body });
  }
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const secret = "grant_type=client_credentials&client_id=client_x&client_secret=s3cret-marked";
  await wire.send({ method: "POST", path: "/v1/oauth/token", headers: form, body: secret });
  await wire.send({ method: "POST", path: "/v1/tenants", headers: { ...basic({ id: "operator", secret: "s3cret-marked" }), ...asJson, ...key() }, body: "{}" }); // prettier-ignore
  await wire.send({ method: "GET", path: "/v1/orders?customer=Zebedee%20Marker&phone=4915112345678", headers: guest });
  await wire.send({ method: "GET", path: "/v1/orders", headers: bearer(`${people.admin.token}x`) });
  const socket = new WebSocket(`${wire.baseUrl.replace("http", "ws")}/v1/orders/ord_${"0".repeat(26)}/live?access_token=${people.guest.token}`); // prettier-ignore
  await new Promise<void>((resolve) => socket.once("error", () => resolve()).once("close", () => resolve()));
}

describe("the logs of whole orders and of everything that goes wrong", () => {
  beforeAll(async () => {
    const caller = new Caller(there.wire);
    await runPickups(caller, there.people.guest, there.people.staff);
    await runDeliveries(caller, there.people);
    await troubleMakers();
    // A query that fails is thrown with all its parameters.
    const { DB } = await there.harness.worker("ordering").getEnv();
    await DB.prepare("ALTER TABLE clients RENAME TO lost").run();
    const headers = { ...asJson, ...bearer(there.people.admin.token), "idempotency-key": randomUUID() };
    const body = JSON.stringify({ name: "Zebedee Marker", role: "service" });
    await there.wire.send({ method: "POST", path: "/v1/clients", headers, body });
    // A fact that dies takes its way through every line that speaks of failures.
    await bury(there.harness, "demo", `ord_${"1".repeat(26)}`);
    await there.harness.worker("ordering").scheduled({ cron: "* * * * *", scheduledTime: new Date() });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    logged = logs();
  });

  it("are there", () => expect(logged).toContain('"message":"request failed"'));

  it("name no customer, phone, mail or address", () => {
    expect(logged).not.toMatch(/Zebedee|Marker|marker\.example|15112345678|third bell|no onions/);
  });

  it("hold no token, no secret and no card", () => {
    for (const { name, token } of Object.values(there.people)) {
      if (token === null || name === "garbage") continue;
      const [, payload = "", signature = ""] = token.split(".");
      for (const part of [payload, signature]) expect(logged.includes(part), name).toBe(false);
    }
    for (const secret of [
      operator.secret,
      paymentSecret,
      keyEncryptionSecret,
      "s3cret-marked",
      "card_ok",
      "card_declined",
    ]) {
      expect(logged.includes(secret), secret).toBe(false);
    }
  });
});
