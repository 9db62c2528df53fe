import { beforeEach, describe, expect, it } from "vitest";
import { OrderSearch } from "../../contracts/floor.ts";
import type { MenuDocument } from "../../contracts/menu.ts";
import type { Principal } from "../../contracts/principal.ts";
import { deadLetterActs, deadLetters } from "../shared/tables/dead-letters.ts";
import { dbFor } from "../shared/database.ts";
import { D1 } from "../shared/testing/d1.ts";
import { dropLetter, editLetter } from "./dead-letters/change.ts";
import { listDeadLetters } from "./dead-letters/list.ts";
import { redrive, redriveMany } from "./dead-letters/redrive.ts";
import { rehearse, showDeadLetter } from "./dead-letters/show.ts";
import { dismiss } from "./dismissal.ts";
import { endpointsOf, listEndpoint, unlistEndpoint, venueIdsOf } from "./endpoint-list.ts";
import type { OrderingEnv } from "./env.ts";
import { figuresOf } from "./figures.ts";
import { floorOf } from "./floor-object.ts";
import { documentAt, newestVersion, versionsOf, wouldChange } from "./menus.ts";
import { listOrders } from "./order-list.ts";
import { searchOrders } from "./order-search.ts";
import { endpoints } from "./tables/endpoints.ts";
import { menuParts, menuVersions, venues } from "./tables/menus.ts";
import { endTopics, listTopic } from "./push/topics.ts";
import { orders } from "./tables/orders.ts";
import { pushTopics } from "./tables/push.ts";
import { hidden } from "./traces.ts";
import { clients, devices, revocations, sessions } from "./tables/tokens.ts";
import { deleteClient, listClients, rotateClient } from "./tokens/client-registry.ts";
import { deleteDevice, listDevices } from "./tokens/device-registry.ts";

const now = Date.now();
const letter = "order/mine/o>board/mine/v#1";
const letterId = Buffer.from(letter).toString("base64url");
const query = { limit: 20 } as const;
const menu: MenuDocument = {
  comanda: "menu/1", currency: "EUR", languages: ["en"], categories: [], groups: [],
  tax: { inclusive: true, classes: [{ id: "standard", name: { en: "0 %" }, ratePpm: 0 }] },
  items: [],
}; // prettier-ignore

let env: OrderingEnv;
let asked: string[];
let told: string[];

/** Everything is `mine`; `theirs` is another tenant with the same venue's name and an admin of all venues. */
const adminOf = (tenant: string): Principal => ({
  tenant,
  subject: "admin",
  role: "admin",
  venues: null,
  expiresAt: now,
});

beforeEach(async () => {
  const db = new D1(
    orders,
    deadLetters,
    deadLetterActs,
    endpoints,
    menuVersions,
    menuParts,
    venues,
    clients,
    devices,
    pushTopics,
    sessions,
    revocations,
  );
  told = [];
  const ORDER = {
    getByName: (name: string) => ({ dismiss: () => (told.push(name), null), customerName: async () => "Zoe" }),
  };
  const VENUE = { getByName: () => ({ dismiss: () => undefined, unsubscribe: () => undefined }) };
  env = {
    DB: db.asD1,
    ORDER,
    VENUE,
    FLOOR: { getByName: () => ({ dismiss: () => undefined }) },
    KITCHEN: { dismiss: async () => {} },
    KEY_ENCRYPTION_SECRET: "of-the-test-and-long-enough",
  } as unknown as OrderingEnv;
  const d1 = dbFor(env, "installation");
  const of = { tenant: "mine", createdAt: now };
  await d1.insert(orders).values({
    ...of, id: `ord_${"0".repeat(26)}`, venue: "v", customer: "c", code: "A1", status: "placed", fulfilment: "pickup",
    total: 1, currency: "EUR", placedAt: now, updatedAt: now, seq: 1, open: true,
    table: "Table 7", tableKey: "7",
    ...hidden(env.KEY_ENCRYPTION_SECRET, "mine", { name: "Zoe", phone: "+4930123456", email: null }),
  }); // prettier-ignore
  await d1.insert(deadLetters).values({
    id: letter, tenant: "mine", consumer: "c", sender: "order/mine/o", receiver: "board/mine/v", sequence: 1, type: "t",
    order: "o", envelope: "{}", error: "", stack: "", attempts: 4, firstAt: now, lastAt: now, state: "open",
  }); // prettier-ignore
  await d1.insert(menuVersions).values({ tenant: "mine", venue: "v", version: 1, hash: "h", publishedAt: now });
  await d1.insert(menuParts).values({ tenant: "mine", venue: "v", version: 1, part: 0, body: JSON.stringify(menu) });
  await d1.insert(clients).values({
    ...of, id: "client", name: "Till", role: "service", subject: "s", venues: null, secretHash: "", createdBy: "admin",
  }); // prettier-ignore
  await d1.insert(devices).values({
    ...of, id: "device", kind: "tablet", name: "Pass", station: null, venues: null, subject: "s", session: "session",
    createdBy: "admin",
  }); // prettier-ignore
  asked = [];
  db.before = (statement) => void asked.push(statement);
});

/** Each way into D1 for somebody of a tenant, and whether it found or took anything. */
const ways: Record<string, (tenant: string) => Promise<boolean>> = {
  "the list of orders": async (tenant) => {
    const found = await listOrders(env, adminOf(tenant), query);
    return "orders" in found && found.orders.length > 0;
  },
  "the orders of a venue": async (tenant) => {
    const found = await listOrders(env, { ...adminOf(tenant), venues: ["v"] }, { ...query, venue: "v", open: "true" });
    return "orders" in found && found.orders.length > 0;
  },
  "a buyer's orders": async (tenant) => {
    const found = await listOrders(env, { ...adminOf(tenant), role: "customer", subject: "c" }, query);
    return "orders" in found && found.orders.length > 0;
  },
  "what is looked for among orders": async (tenant) => {
    const texts = ["ord_0000", "zoe", "+4930123456", "7"].map((text) => ({ text }));
    const ways = [...texts, { open: true, names: true }];
    const searches = ways.map((way) => searchOrders(env, adminOf(tenant), OrderSearch.parse(way)));
    const counts = (await Promise.all(searches)).map((found) => ("orders" in found ? found.orders.length : 0));
    return counts.every((count) => count === 1);
  },
  "the floor": async (tenant) => (await floorOf(env, adminOf(tenant))).orders.length > 0,
  figures: async (tenant) => {
    const day = { from: new Date(now - 1_000).toISOString(), until: new Date(now + 1_000).toISOString() };
    const found = await figuresOf(env, adminOf(tenant), day);
    return "total" in found && found.total.orders > 0;
  },
  "dead letters": async (tenant) => {
    const found = await listDeadLetters(env, tenant, { state: "open", limit: 20 });
    return "deadLetters" in found && found.deadLetters.length > 0;
  },
  "a menu's newest version": async (tenant) => (await newestVersion(env, tenant, "v")) !== null,
  "a menu": async (tenant) => (await documentAt(env, tenant, "v", 1)) !== null,
  "webhook endpoints": async (tenant) => {
    await listEndpoint(env, "mine", "end_1");
    await unlistEndpoint(env, "theirs", "end_1");
    return (await endpointsOf(env, tenant)).length > 0;
  },
  "the venues of a tenant": async (tenant) => {
    await dbFor(env, { tenant: "mine" })
      .insert(venues)
      .values({ id: "v", tenant: "mine", createdAt: now })
      .onConflictDoNothing();
    return (await venueIdsOf(env, tenant)).length > 0;
  },
  "the orders whose sockets are closed": async (tenant) => {
    await dismiss(env, { tenant, subject: "c", role: "customer", venues: null });
    await dismiss(env, { tenant, subject: "s", role: "staff", venues: ["v"] });
    return told.length > 0;
  },
  "what somebody wants to be told": async (tenant) => {
    const ask = { by: "s", key: null, fingerprint: null, traceparent: "" };
    await listTopic(env, { tenant: "mine", subject: "s" }, "sub_1", { kind: "venue", venue: "v" });
    return (await endTopics(env, { tenant, subject: "s" }, null, ask)) > 0;
  },
  clients: async (tenant) => (await listClients(env, adminOf(tenant), query)).items.length > 0,
  devices: async (tenant) => (await listDevices(env, adminOf(tenant), query)).items.length > 0,
  "the versions of a menu": async (tenant) => (await versionsOf(env, { tenant, venue: "v" }, { limit: 20 })).length > 0,
  "a client that is given another secret": async (tenant) =>
    (await rotateClient(env, adminOf(tenant), { id: "client", overlapMs: 0, request: "r" })) !== null,
  "a client that is deleted": (tenant) => deleteClient(env, adminOf(tenant), "client"),
  "a device that is removed": (tenant) => deleteDevice(env, adminOf(tenant), "device"),
};

describe("a tenant's rows in D1", () => {
  it.each(Object.keys(ways))("are not another's: %s", async (way) => {
    expect(await ways[way]?.("theirs")).toBe(false);
    expect(await ways[way]?.("mine")).toBe(true);
    for (const statement of asked) expect(statement).toContain('"tenant"');
  });

  it("are not read, changed, given up or sent again by another", async () => {
    const hand = { tenant: "theirs", by: "admin" };
    const gone = { refused: "not-found" };
    expect(await showDeadLetter(env, "theirs", letterId)).toMatchObject(gone);
    expect(await rehearse(env, "theirs", letterId)).toMatchObject(gone);
    expect(await editLetter(env, hand, letterId, { data: {}, reason: "r" })).toMatchObject(gone);
    expect(await dropLetter(env, hand, letterId, "r")).toMatchObject(gone);
    expect(await redrive(env, hand, letterId)).toMatchObject(gone);
    expect(await redriveMany(env, hand, {})).toEqual({ redriven: 0, next: null });
    for (const statement of asked) expect(statement).toContain('"tenant"');
  });

  it("do not make another's menu old", async () => {
    expect(await wouldChange(env, "theirs", "v", menu)).toBe(true);
  });
});
