import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditEntry, TenantSettings } from "../contracts/tenant-routes.ts";
import { ImportReport, venueRoutes } from "../contracts/venue-routes.ts";
import { StockLive, VenueView } from "../contracts/venue.ts";
import {
  basic,
  settings,
  smallMenu,
  startInstallation,
  type Installation,
  type PersonName,
} from "./api/installation.ts";
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
    expect((await entries("?path=/busy")).entries.map(({ id }) => id)).toEqual([done?.id]);
    expect((await entries(`?from=${done?.at}`)).entries.map(({ id }) => id)).toEqual([tried?.id, done?.id]);
    expect((await entries(`?until=${done?.at}&limit=1`)).entries[0]?.id).toBe(settings?.id);
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

it("a venue's settings are not written over what somebody else has changed meanwhile", async () => {
  const path = "/v1/venues/spare-1";
  const { json } = await ask("PUT", path, as("admin"), { ...settings, name: "First" });
  const { revision } = VenueView.parse(json);
  const write = (name: string, tag: string) =>
    ask("PUT", path, { ...as("admin"), "if-match": tag }, { ...settings, name });
  expect((await write("Second", `"${revision}"`)).status).toBe(200);
  expect((await write("Third", `"${revision}"`)).status).toBe(412);
  expect((await write("Third", "nonsense")).status).toBe(412);
  expect((await write("Third", "*")).status).toBe(200);
});

describe("a venue's menu", () => {
  const menuPath = "/v1/venues/spare-1/menu";
  const dearer = {
    ...smallMenu,
    items: smallMenu.items.map((item) => (item.id === "bread" ? { ...item, price: 180 } : item)),
  };
  const drop = (menu: object, query: string, headers: Record<string, string> = {}) =>
    ask("POST", `/v1/menus/import?venue=spare-1${query}`, { ...as("admin"), ...headers }, menu);

  it("is compared with a file before it is published, and with an editor's work as it is", async () => {
    const tried = ImportReport.parse((await drop(dearer, "&dryRun=true")).json);
    expect(tried.differences).toMatchObject({
      added: 0,
      removed: 0,
      changed: 1,
      list: [{ change: "changed", path: "/items/bread", fields: [{ field: "price", before: 150, after: 180 }] }],
    });
    // What was compared is what is replaced, or nothing is.
    expect((await drop(dearer, "", { "if-match": `"${(tried.version ?? 0) + 1}"` })).status).toBe(412);
    const done = ImportReport.parse((await drop(dearer, "", { "if-match": `"${tried.version}"` })).json);
    expect(done).toMatchObject({ changed: true, differences: tried.differences });
    expect((await ask("PUT", menuPath, { ...as("admin"), "if-match": `"${tried.version}"` }, smallMenu)).status).toBe(
      412,
    );
  });

  it("is there in every version it had, with who published it, to be published again", async () => {
    const list = venueRoutes.menuVersions.response.parse(
      (await ask("GET", `${menuPath}/versions?limit=1`, as("admin"))).json,
    );
    const [newest] = list.versions;
    expect(newest).toMatchObject({ version: 2, publishedBy: expect.any(String) });
    expect(list.next).toBe(2);
    const older = await ask("GET", `${menuPath}/versions?before=${list.next}`, as("admin"));
    expect(older.json).toMatchObject({ versions: [{ version: 1 }], next: null });
    const first = venueRoutes.menuVersion.response.parse(
      (await ask("GET", `${menuPath}/versions/1`, as("admin"))).json,
    );
    const again = await ask("PUT", menuPath, { ...as("admin"), "if-match": '"2"' }, first.document);
    expect(ImportReport.parse(again.json)).toMatchObject({ version: 3, changed: true });
    expect((await ask("GET", `${menuPath}/versions/9`, as("admin"))).status).toBe(404);
    expect((await ask("GET", `${menuPath}/versions/1`, as("staff"))).status).toBe(403);
  });
});

it("the crew is told of a venue's stock as it changes, whoever changes it", async () => {
  const url = `${there.wire.baseUrl.replace("http", "ws")}/v1/venues/spare-1/stock/live`;
  const socket = new WebSocket(url, ["comanda.v1", `bearer.${there.people.admin.token}`]);
  const heard: StockLive[] = [];
  socket.addEventListener("message", ({ data }) => void heard.push(StockLive.parse(JSON.parse(String(data)))));
  const hears = (what: object) => expect.poll(() => heard.at(-1)).toMatchObject(what);
  await hears({ type: "snapshot", stock: {}, soldOut: {} });
  const tell = (method: string, what: string, body: object) =>
    ask(method, `/v1/venues/spare-1/${what}`, as("admin"), body);
  await tell("PUT", "stock", { key: "bread", left: 7 });
  await hears({ type: "event", event: "stock-set", stock: { bread: 7 } });
  await tell("POST", "sold-out", { key: "soup", until: "2040-01-01T00:00:00Z" });
  await hears({ event: "sold-out", soldOut: { soup: "2040-01-01T00:00:00.000Z" } });
  const order = { venue: "spare-1", lines: [{ item: "bread", quantity: 2 }] };
  const placing = { customer: { name: "Ada" }, payment: { method: "cash" } };
  expect((await ask("POST", "/v1/orders", as("guest"), { ...order, checkout: placing })).status).toBe(201);
  await expect.poll(() => heard.at(-1)?.stock).toEqual({ bread: 5 });
  expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, at) => (heard[0]?.seq ?? 0) + at));
  socket.close();
  await tell("POST", "available", { key: "soup" });
  await tell("PUT", "stock", { key: "bread", left: null });
});
