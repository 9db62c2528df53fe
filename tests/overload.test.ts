import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { basic, must, settings, smallMenu, tokenOf } from "./api/installation.ts";
import { bearer, problemIn, Wire, type Answer } from "./api/wire.ts";
import { startHarness, type Harness } from "./harness.ts";

const limits = {
  LIMIT_CLIENT: "20/4",
  LIMIT_CREW: "300/10",
  LIMIT_ANONYMOUS: "40/10",
  LIMIT_TENANT: "60/10",
  LIMIT_ADDRESS: "100/10",
};
const Made = z.object({ admin: z.object({ id: z.string(), secret: z.string() }) });

let harness: Harness;
let wire: Wire;
let addresses = 0;

beforeAll(async () => {
  harness = await startHarness({ vars: limits });
  wire = new Wire(harness.baseUrl);
});
afterAll(async () => {
  wire?.close();
  await harness?.stop();
});

/** As Cloudflare says from where a request comes; here anybody may. */
function from(address = `203.0.113.${(addresses += 1)}`): Record<string, string> {
  return { "cf-connecting-ip": address };
}

/** A tenant with a venue and its admin's token, reached from addresses of its own. */
async function makeTenant(id: string): Promise<{ admin: string; guest: () => Promise<string> }> {
  const made = await must(wire, "POST", "/v1/tenants", { ...basic(), ...from() }, { id, name: id });
  const { admin } = Made.parse(made.json);
  const grant = { grant_type: "client_credentials", client_id: admin.id, client_secret: admin.secret };
  const token = await tokenOf(wire, grant);
  const as = { ...bearer(token), ...from() };
  await must(wire, "PUT", `/v1/venues/${id}-1`, as, settings);
  await must(wire, "PUT", `/v1/venues/${id}-1/menu`, as, smallMenu);
  return { admin: token, guest: () => tokenOf(wire, { grant_type: "anonymous", tenant: id }) };
}

function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  return wire.ask({ method: "GET", path, headers });
}

/** So many at once. */
function flood(times: number, path: string, headers: () => Record<string, string>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: times }, () => ask(path, headers())));
}

function refusedOf(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ status }) => status === 429);
}

describe("a client", () => {
  it("is told what is left, and what it may ask at all", async () => {
    const { guest } = await makeTenant("told");
    const { headers } = await ask("/v1/orders", { ...bearer(await guest()), ...from() });
    expect(headers["ratelimit-policy"]).toBe('"client";q=20;w=4');
    expect(headers["ratelimit"]).toBe('"client";r=19;t=1');
    expect(headers["retry-after"]).toBeUndefined();
  });

  it("that asks more is refused with a time, and heard again after it; others never notice", async () => {
    const { guest } = await makeTenant("greedy");
    const [token, other] = [await guest(), await guest()];
    const address = from();
    const answers = await flood(30, "/v1/orders", () => ({ ...bearer(token), ...address }));
    const refused = refusedOf(answers);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    const [one] = refused;
    if (one === undefined) throw new Error("nobody was refused");
    expect(problemIn(one)).toMatchObject({ type: "https://comanda.dev/problems/too-many", status: 429 });
    expect(one.headers["ratelimit"]).toBe(`"client";r=0;t=${one.headers["retry-after"]}`);
    expect((await ask("/v1/orders", { ...bearer(other), ...address })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, Number(one.headers["retry-after"]) * 1_000));
    expect((await ask("/v1/orders", { ...bearer(token), ...address })).status).toBe(200);
  });

  it("without a token is its address, of IPv6 its network", async () => {
    await makeTenant("plain");
    const hosts = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"];
    const answers = await flood(50, "/v1/venues/plain-1", () => from(hosts[(addresses += 1) % 2]));
    expect(refusedOf(answers).length).toBeGreaterThanOrEqual(5);
    expect((await ask("/v1/venues/plain-1", from("2001:db8:1:3::1"))).status).toBe(200);
  });
});

describe("a flood", () => {
  it("on one tenant, from many addresses, leaves the others and the tenant's own crew alone", async () => {
    const { admin } = await makeTenant("flooded");
    const quiet = await makeTenant("quiet");
    const answers = await flood(90, "/v1/venues/flooded-1", () => from());
    const refused = refusedOf(answers);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused.every(({ headers }) => String(headers["ratelimit"]).includes('"tenant";r=0'))).toBe(true);
    expect((await ask("/v1/venues/flooded-1/stock", { ...bearer(admin), ...from() })).status).toBe(200);
    expect((await ask("/v1/venues/quiet-1", from())).status).toBe(200);
    expect((await ask("/v1/orders", { ...bearer(await quiet.guest()), ...from() })).status).toBe(200);
  });

  it("from one address, with many tokens, does not shut out the crew behind it", async () => {
    const { admin, guest } = await makeTenant("wifi");
    const address = from();
    const tokens = await Promise.all(Array.from({ length: 8 }, guest));
    const answers: Answer[] = [];
    for (const token of tokens) {
      answers.push(
        ...(await flood(18, `/v1/orders/statuses?id=ord_${"0".repeat(26)}`, () => ({ ...bearer(token), ...address }))),
      );
    }
    expect(refusedOf(answers).length).toBeGreaterThanOrEqual(10);
    expect((await ask("/v1/venues/wifi-1/stock", { ...bearer(admin), ...address })).status).toBe(200);
  });
});

describe("a request", () => {
  it("whose address is longer than any of ours is not read", async () => {
    const answer = await ask(`/v1/orders?cursor=${"x".repeat(17_000)}`, from());
    expect(problemIn(answer).type).toBe("https://comanda.dev/problems/uri-too-long");
  });

  it("with more headers than anybody needs is not read", async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`x-${at}`, "x".repeat(7_000)]));
    const answer = await ask("/v1/orders", { ...many, ...from() });
    expect(problemIn(answer).type).toBe("https://comanda.dev/problems/headers-too-large");
  });

  it("that is refused says nothing of what the tenant was asked by others", async () => {
    const key = { "idempotency-key": randomUUID() };
    const { headers } = await wire.ask({
      method: "POST",
      path: "/v1/orders",
      headers: { ...key, ...from() },
      body: "{}",
    });
    expect(String(headers["ratelimit"])).not.toContain("tenant");
  });
});
