import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { routePattern } from "../../workers/shared/route-pattern.ts";
import { largestBody } from "../../workers/shared/routes.ts";
import { noBodies } from "./bodies.ts";
import { Caller } from "./caller.ts";
import { forgedTokens } from "./forged-tokens.ts";
import { startInstallation, type Installation } from "./installation.ts";
import { openZone, readyForDelivery, offeredTo, takeTo } from "./journey.ts";
import { bodySchema, ground, inLanes, insider, requestOf, sendSpoilt } from "./malformed.ts";
import { judgePath, judgeQuery, spoiltPaths, spoiltQueries } from "./misdirected.ts";
import { Babbler, nonsense } from "./nonsense.ts";
import { OpenApi, operationsOf, type Operation } from "./operations.ts";
import { bearer, problemIn } from "./wire.ts";

/** One in so many spoilt requests is sent; 1 sends them all. Two routes leave out others, so that each is sent somewhere. */
const every = Number(process.env["COMANDA_API_EVERY"] ?? 7);

let there: Installation;
let caller: Caller;
let document: OpenApi;
let operations: Operation[];
/** An order on its way to the customer: ticket and delivery too. */
let order: string;

beforeAll(async () => {
  there = await startInstallation();
  caller = new Caller(there.wire);
  document = OpenApi.parse((await there.wire.ask({ method: "GET", path: "/openapi.json" })).json);
  operations = operationsOf(document);
  await openZone(caller, there.people);
  order = await readyForDelivery(caller, there.people);
  await offeredTo(caller, there.people.driver, order);
  await takeTo("door", caller, there.people.driver, order);
});
afterAll(() => there?.stop());

/** What a route speaks of where it may be spoilt: a ticket, a delivery, or a basket of its own. */
async function thingsFor({ key, policy: { about } }: Operation): Promise<Record<string, string>> {
  if (key.includes("/kitchen/")) return { ...ground, venue: "demo-1", order };
  if (about !== "order") return { ...ground, id: order };
  const basket = await caller.well(orderRoutes.create, there.people.guest, { body: { venue: "spare-1" } });
  return { ...ground, order: basket.id };
}

/** Does something to every route, and gathers what was wrong with the answers. */
async function everywhere(work: (operation: Operation) => Promise<number>): Promise<void> {
  const faults: string[] = [];
  let sent = 0;
  for (const operation of operations) {
    sent += await work(operation).catch((error: unknown) =>
      faults.push(`${operation.key}: ${String(error).split("\n")[0]?.slice(0, 800)}`),
    );
  }
  console.log(`${sent} requests`);
  expect(faults).toEqual([]);
}

describe("a request", () => {
  it(
    "whose body is spoilt is refused where it is wrong, whichever field of whichever body it is",
    () =>
      everywhere(async (operation) => {
        const things = await thingsFor(operation);
        return sendSpoilt(there.wire, operation, insider(operation, there.people), document, things, every);
      }),
    300_000,
  );

  it("whose body is none is refused as what it is", () =>
    everywhere(async (operation) => {
      if (bodySchema(operation) === undefined) return 0;
      const things = await thingsFor(operation);
      const cases = noBodies(JSON.stringify(operation.policy.body), operation.contract?.largestBody ?? largestBody);
      await inLanes(4, cases, async ({ what, body, headers, chunked, statuses }) => {
        const { method, path, headers: usual } = requestOf(operation, insider(operation, there.people), things);
        const sent = {
          method,
          path,
          headers: { ...usual, ...headers },
          body,
          ...(chunked === true ? { chunked } : {}),
        };
        const answer = await there.wire.ask(sent);
        if (operation.contract?.body === undefined) return;
        expect(statuses, `${operation.key} with ${what} → ${answer.status} ${answer.text.slice(0, 300)}`).toContain(
          answer.status,
        );
      });
      return cases.length;
    }));

  it("with a query that is not taken is told which parameter", () =>
    everywhere(async (operation) => {
      if (operation.method !== "GET") return 0;
      const things = await thingsFor(operation);
      const queries = spoiltQueries(operation);
      await inLanes(8, queries, async (query) => {
        const request = requestOf(operation, insider(operation, there.people), things);
        judgeQuery(operation, query, await there.wire.ask({ ...request, path: `${request.path}?${query}` }));
      });
      return queries.length;
    }));

  it("to an address that cannot name anything finds nothing", () =>
    everywhere(async (operation) => {
      const things = await thingsFor(operation);
      const paths = [...spoiltPaths(operation, things)].filter((_, at) => operation.method === "GET" || at % 3 === 0);
      await inLanes(8, paths, async (spoilt) => {
        const request = requestOf(operation, insider(operation, there.people), things);
        const body = operation.policy.body === undefined ? undefined : JSON.stringify(operation.policy.body);
        judgePath(operation, spoilt, await there.wire.ask({ ...request, path: spoilt.path, body }));
      });
      return paths.length;
    }));

  it("with a method that the path does not take is told which it takes", async () => {
    const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];
    for (const { path } of operations) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ({ ...ground, order, id: order })[name] ?? "");
      const takes = operations
        .filter((one) => routePattern(one.path.replaceAll(/\{(\w+)\}/g, ":$1")).test(filled))
        .map(({ method }) => method);
      for (const method of methods.filter((one) => !takes.includes(one))) {
        const answer = await there.wire.ask({ method, path: filled, headers: bearer(there.people.admin.token) });
        expect(answer.status, `${method} ${filled} → ${answer.text}`).toBe(405);
        expect(String(answer.headers["allow"]).split(", "), filled).toEqual(expect.arrayContaining(takes));
      }
    }
  });

  it("without a usable Idempotency-Key is not carried out", () =>
    everywhere(async (operation) => {
      if (operation.contract?.idempotent !== true) return 0;
      const things = await thingsFor(operation);
      const keys = [undefined, "", " ", "x".repeat(256), '"', '"open', "\u00fc", "a\tb", '"a" b'];
      await inLanes(4, keys, async (key) => {
        const { method, path, headers } = requestOf(operation, insider(operation, there.people), things);
        const { "idempotency-key": _, ...bare } = headers as Record<string, string>;
        const sent = { method, path, headers: { ...bare, ...(key === undefined ? {} : { "idempotency-key": key }) } };
        const answer = await there.wire.ask({ ...sent, body: JSON.stringify(operation.policy.body) });
        const about = `${operation.key} with the key ${key} → ${answer.status} ${answer.text.slice(0, 300)}`;
        expect(problemIn(answer, about).type, about).toBe("https://comanda.dev/problems/idempotency-key-missing");
      });
      return keys.length;
    }));
});

describe("a token", () => {
  it("that was not given, or does not hold any more, opens nothing", async () => {
    const forged = await forgedTokens(there.harness, there.people.admin.token ?? "");
    for (const [what, token] of Object.entries(forged)) {
      for (const path of [
        "/v1/orders",
        `/v1/orders/${order}`,
        "/v1/venues/demo-1/kitchen/tickets",
        "/v1/zones/main/deliveries",
        "/v1/clients",
      ]) {
        const answer = await there.wire.ask({ method: "GET", path, headers: bearer(token) });
        expect(answer.status, `${path} with a token ${what} → ${answer.text}`).toBe(401);
      }
      if (!/^[\w.-]{1,2000}$/.test(token)) continue;
      const spoken = Babbler.connect(there.wire.baseUrl, `/v1/orders/${order}/live`, { ...there.people.guest, token });
      await expect(spoken, what).rejects.toThrow("401");
    }
  });

  it("counts in the Authorization header only, and on sockets where a browser can put it", async () => {
    const { token } = there.people.admin;
    for (const path of [`/v1/orders?access_token=${token}`, `/v1/clients?access_token=${token}`]) {
      expect([401, 422]).toContain((await there.wire.ask({ method: "GET", path })).status);
    }
    const path = `/v1/orders/${order}`;
    for (const authorization of [
      `Basic ${token}`,
      `Bearer`,
      `Bearer  `,
      `bearer${token}`,
      `Bearer ${token} ${token}`,
      `Token ${token}`,
    ]) {
      expect((await there.wire.ask({ method: "GET", path, headers: { authorization } })).status, authorization).toBe(
        401,
      );
    }
    const principal = {
      "x-comanda-principal": JSON.stringify({
        tenant: "demo",
        subject: "x",
        role: "admin",
        venues: null,
        expiresAt: 9e12,
      }),
    };
    for (const open of ["/v1/venues/demo-1/kitchen/tickets", "/v1/zones/main/deliveries", "/v1/drivers/me", path]) {
      expect((await there.wire.ask({ method: "GET", path: open, headers: principal })).status, open).toBe(401);
    }
  });
});

describe("a socket", () => {
  const sockets = () =>
    [
      [`/v1/orders/${order}/live`, there.people.guest],
      ["/v1/venues/demo-1/kitchen/live", there.people.staff],
      [`/v1/deliveries/${order}/live`, there.people.guest],
      ["/v1/drivers/me/live", there.people.driver],
    ] as const;

  it("that is told nonsense says so each time, and is heard on", async () => {
    for (const [path, as] of sockets()) {
      const babbler = await Babbler.connect(there.wire.baseUrl, path, as);
      for (const [at, word] of nonsense.entries()) {
        babbler.socket.send(word);
        await expect.poll(() => babbler.problems, { interval: 5 }).toBe(at + 1);
      }
      expect(await babbler.isAnswered(), path).toBe(true);
      babbler.socket.close();
    }
  });

  it("that is sent more than any socket takes is closed at most, and nobody else is", async () => {
    for (const [path, as] of sockets()) {
      const [babbler, other] = await Promise.all([
        Babbler.connect(there.wire.baseUrl, path, as),
        Babbler.connect(there.wire.baseUrl, path, as),
      ]);
      babbler.socket.send("x".repeat(5_000_000));
      await expect.poll(() => babbler.closed !== null || babbler.problems === 1).toBe(true);
      expect(await other.isAnswered(), path).toBe(true);
      for (const one of [babbler, other]) one.socket.terminate();
    }
  });

  it("is not opened by what is no handshake, nor after a number that is none", async () => {
    const upgrade = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    for (const [path, as] of sockets()) {
      const ask = (query: string, headers: object) =>
        there.wire.ask({ method: "GET", path: path + query, headers: { ...bearer(as.token), ...headers } });
      expect((await ask("", {})).status, path).toBe(426);
      for (const after of ["-1", "x", "1.5", "1e99", "99999999999999999999", "%00"]) {
        expect((await ask(`?after=${after}`, upgrade)).status, `${path} after ${after}`).toBe(422);
      }
    }
  });
});
