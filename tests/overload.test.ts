import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { basic, must, settings, smallMenu, tokenOf } from "./api/installation.ts";
import { asJson, bearer, problemIn, Wire, type Answer } from "./api/wire.ts";
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
  const ordering = join(import.meta.dirname, "fixtures/overloaded/ordering.ts");
  harness = await startHarness({ vars: limits, mains: { ordering }, signIns: 30 });
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
  const token = await tokenOf(wire, grant, from());
  const as = { ...bearer(token), ...from() };
  await must(wire, "PUT", `/v1/venues/${id}-1`, as, settings);
  await must(wire, "PUT", `/v1/venues/${id}-1/menu`, as, smallMenu);
  return { admin: token, guest: () => tokenOf(wire, { grant_type: "anonymous", tenant: id }, from()) };
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

describe("sign-ins", () => {
  it("of one address are counted by the platform, over all isolates; others' are not held up", async () => {
    await makeTenant("keys");
    const address = from();
    const signIn = (headers: Record<string, string>): Promise<Answer> => {
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams({ grant_type: "anonymous", tenant: "keys" }).toString();
      return wire.ask({ method: "POST", path: "/v1/oauth/token", headers: { ...form, ...headers }, body });
    };
    const answers = await Promise.all(Array.from({ length: 36 }, () => signIn(address)));
    const refused = refusedOf(answers);
    expect([answers.length - refused.length, refused.length]).toEqual([30, 6]);
    expect(refused[0]?.headers["retry-after"]).toBe("60");
    expect((await signIn(from())).status).toBe(200);
  });
});

describe("what the platform itself refuses", () => {
  it.each(["overloaded", "moved"])("is 503 with a time, and comes to nothing: an object that is %s", async (fault) => {
    const { guest } = await makeTenant(fault);
    const [as, key] = [bearer(await guest()), { "idempotency-key": randomUUID(), ...asJson }];
    const line = { item: "soup", variation: "small", quantity: 1, options: [{ group: "extras", option: "egg" }] };
    const body = JSON.stringify({ venue: `${fault}-1`, fulfilment: "pickup", lines: [line] });
    const post = (more: object): Promise<Answer> =>
      wire.send({ method: "POST", path: "/v1/orders", headers: { ...as, ...key, ...more, ...from() }, body });
    const refused = await post({ "x-fault": fault });
    expect(problemIn(refused)).toMatchObject({ status: 503, type: "https://comanda.dev/problems/unavailable" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    // The same request again, when it has passed.
    const after = await post({});
    expect([after.status, after.headers["idempotent-replayed"]]).toEqual([201, undefined]);
  });
});

describe("a body that is refused without being read", () => {
  const asks = [
    { because: "nobody is signed in", length: 300_000, chunked: false, status: 401 },
    { because: "it is too large and says so", length: 900_000, chunked: false, status: 413 },
    { because: "it is too large and does not say so", length: 900_000, chunked: true, status: 413 },
    { because: "nothing is there", length: 200_000, chunked: true, status: 404 },
  ] as const;

  it.each(asks)("because $because leaves the connection as it was", async ({ length, chunked, status }) => {
    const { guest } = await makeTenant(`drain-${status}-${chunked}`);
    const token = status === 401 ? {} : bearer(await guest());
    const path = status === 404 ? "/v1/nothing" : "/v1/orders";
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = {
      agent,
      method: "POST",
      path,
      headers: { ...token, ...asJson, "idempotency-key": "k", ...(chunked ? {} : { "content-length": length }) },
    };
    // Slowly, so that the refusal is there long before the body has gone.
    const refused = await over(
      post,
      Array.from({ length: 10 }, () => "x".repeat(length / 10)),
    );
    expect(refused).toEqual({ status, again: false });
    const next = await over({ agent, method: "GET", path: "/v1/venues/nowhere", headers: from() }, []);
    expect(next).toEqual({ status: 404, again: true });
    agent.destroy();
  });

  /** The answer's status, and whether it came by a connection that had served before. */
  function over(options: object, parts: readonly string[]): Promise<{ status: number | undefined; again: boolean }> {
    return new Promise((resolve, reject) => {
      const going = request(harness.baseUrl, options, (answer) => {
        answer.resume().on("end", () => resolve({ status: answer.statusCode, again: going.reusedSocket }));
      });
      going.on("error", reject);
      const send = (at: number): void => {
        if (at >= parts.length - 1) return void going.end(parts[at]);
        going.write(parts[at]);
        setTimeout(() => send(at + 1), 5);
      };
      send(0);
    });
  }
});
