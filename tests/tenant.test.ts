import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditEntry, TenantSettings } from "../contracts/tenant-routes.ts";
import { basic, startInstallation, type Installation, type PersonName } from "./api/installation.ts";
import { checkout, line } from "./api/policies.ts";
import { asJson, bearer, type Answer } from "./api/wire.ts";

const shop = "https://shop.example";
const stranger = "https://evil.example";
const Page = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() });

let there: Installation;

beforeAll(async () => {
  there = await startInstallation();
  await put("admin", { allowedOrigins: [shop] });
  await put("rival admin", { allowedOrigins: ["https://rival.example"] });
});
afterAll(() => there?.stop());

function as(person: PersonName): Record<string, string> {
  return bearer(there.people[person].token);
}

function ask(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const key: Record<string, string> = method === "POST" ? { "idempotency-key": randomUUID() } : {};
  return there.wire.ask({ method, path, headers: { ...asJson, ...key, ...headers }, body: text });
}

function put(person: PersonName, settings: object): Promise<Answer> {
  return ask("PUT", "/v1/tenant/settings", as(person), settings);
}

describe("a tenant's settings", () => {
  it("are the admin's to read and to write, and say what they are where nothing was said", async () => {
    const { json } = await ask("GET", "/v1/tenant/settings", as("admin"));
    expect(TenantSettings.parse(json)).toEqual({ allowedOrigins: [shop], keepPersonalData: 90 });
    expect((await ask("GET", "/v1/tenant/settings", as("staff"))).status).toBe(403);
  });

  it("name origins and nothing else", async () => {
    const odd = ["*", "null", "shop.example", "http://shop.example", "https://shop.example/", "https://*.example", ""];
    for (const origin of [...odd, "javascript:alert(1)", "https://a@shop.example"]) {
      expect((await put("admin", { allowedOrigins: [origin] })).status, origin).toBe(422);
    }
    expect((await put("admin", { allowedOrigins: [shop, shop] })).status).toBe(422);
  });
});

describe("a page of another site", () => {
  const preflight = (origin: string, path = "/v1/orders") =>
    ask("OPTIONS", path, {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type, idempotency-key",
    });

  it("that a tenant has named may ask first, and is told what it may send", async () => {
    const { status, headers } = await preflight(shop);
    expect(status).toBe(204);
    expect(headers).toMatchObject({ "access-control-allow-origin": shop, vary: "Origin" });
    expect(String(headers["access-control-allow-methods"])).toContain("POST");
    for (const name of ["authorization", "content-type", "idempotency-key", "if-match"]) {
      expect(String(headers["access-control-allow-headers"])).toContain(name);
    }
    expect(headers["access-control-allow-credentials"]).toBeUndefined();
  });

  it("that nobody has named may not ask", async () => {
    const { status, headers } = await preflight(stranger);
    expect(status).toBe(403);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("reads what its own tenant answers, a new guest's token included, and of no other", async () => {
    const grant = (tenant: string, origin: string) =>
      there.wire.ask({
        method: "POST",
        path: "/v1/oauth/token",
        headers: { "content-type": "application/x-www-form-urlencoded", origin },
        body: `grant_type=anonymous&tenant=${tenant}`,
      });
    const readable: Record<string, Promise<Answer>> = {
      token: grant("demo", shop),
      menu: ask("GET", "/v1/venues/demo-1/menu", { origin: shop }),
      venues: ask("GET", "/v1/tenants/demo/venues", { origin: shop }),
      orders: ask("GET", "/v1/orders", { ...as("guest"), origin: shop }),
      "what is refused": ask("POST", "/v1/orders", { ...as("guest"), origin: shop }, { venue: "nowhere" }),
      "what the kitchen answers": ask("GET", "/v1/venues/demo-1/kitchen/tickets", { ...as("staff"), origin: shop }),
    };
    for (const [what, answer] of Object.entries(readable)) {
      const { headers } = await answer;
      expect(headers["access-control-allow-origin"], what).toBe(shop);
      expect(String(headers["vary"]), what).toContain("Origin");
      expect(headers["access-control-allow-credentials"], what).toBeUndefined();
    }
    const hidden: Record<string, Promise<Answer>> = {
      "another tenant's token": grant("rival", shop),
      "another tenant's venue": ask("GET", "/v1/venues/rival-1", { origin: shop }),
      "another tenant's orders": ask("GET", "/v1/orders", { ...as("rival guest"), origin: shop }),
      "to a stranger": ask("GET", "/v1/orders", { ...as("guest"), origin: stranger }),
      "to a page without an origin": ask("GET", "/v1/orders", { ...as("guest"), origin: "null" }),
    };
    for (const [what, answer] of Object.entries(hidden)) {
      expect((await answer).headers["access-control-allow-origin"], what).toBeUndefined();
    }
  });

  it("is nobody special where it is our own", async () => {
    const { headers, status } = await ask("GET", "/v1/orders", { ...as("guest"), origin: there.wire.baseUrl });
    expect([status, headers["access-control-allow-origin"]]).toEqual([200, undefined]);
  });
});

describe("what staff and admins do", () => {
  const entries = async (query = ""): Promise<z.infer<typeof Page>> => {
    return Page.parse((await ask("GET", `/v1/audit${query}`, as("admin"))).json);
  };

  it("is on record with who, what, when and how it was answered, once", async () => {
    const key = { "idempotency-key": randomUUID(), ...as("staff") };
    await ask("POST", "/v1/venues/demo-1/busy", key, { minutes: 5 });
    await ask("POST", "/v1/venues/demo-1/busy", key, { minutes: 5 });
    await ask("PUT", "/v1/venues/demo-1", as("staff"), {});
    const { entries: found } = await entries();
    const [tried, done, settings] = found;
    expect(tried).toMatchObject({ role: "staff", method: "PUT", path: "/v1/venues/demo-1", status: 403 });
    expect(done).toMatchObject({ role: "staff", method: "POST", path: "/v1/venues/demo-1/busy", status: 200 });
    expect(settings).toMatchObject({ role: "admin", method: "PUT", path: "/v1/tenant/settings", status: 200 });
    expect(Math.abs(Date.parse(done?.at ?? "") - Date.now())).toBeLessThan(60_000);
    expect((await entries(`?by=${done?.by}`)).entries.every(({ by }) => by === done?.by)).toBe(true);
  });

  it("is on record where the operator did it to the tenant", async () => {
    await ask("POST", "/v1/tenants/demo/clients", basic(), { name: "Till", role: "service" });
    const [first] = (await entries()).entries;
    expect(first).toMatchObject({ by: "operator", role: "operator", path: "/v1/tenants/demo/clients", status: 201 });
  });

  it("is not on record of an order's own way, nor of what customers do, nor of who reads", async () => {
    const before = (await entries()).entries[0]?.id;
    const body = { venue: "spare-1", fulfilment: "pickup", lines: [line], checkout: { ...checkout, address: null } };
    const placed = await ask("POST", "/v1/orders", as("guest"), body);
    expect(placed.status).toBe(201);
    expect((await ask("POST", "/v1/orders", as("admin"), body)).status).toBe(201);
    await ask("GET", "/v1/orders", as("staff"));
    expect((await entries()).entries[0]?.id).toBe(before);
    const order = z.object({ id: z.string() }).parse(placed.json).id;
    expect((await ask("POST", `/v1/orders/${order}/cancel`, as("admin"), {})).status).toBe(200);
    expect((await entries()).entries[0]).toMatchObject({ path: `/v1/orders/${order}/cancel`, role: "admin" });
  });

  it("comes in pages, and only to an admin of the whole tenant", async () => {
    const all = (await entries("?limit=100")).entries.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: z.infer<typeof Page> = await entries(`?limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`);
      paged.push(...page.entries.map(({ id }) => id));
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    const theirs = Page.parse((await ask("GET", "/v1/audit", as("rival admin"))).json);
    expect(theirs.entries.map(({ id }) => id).filter((id) => all.includes(id))).toEqual([]);
    expect((await ask("GET", "/v1/audit", as("branch admin"))).status).toBe(403);
  });
});
