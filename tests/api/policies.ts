import type { Role } from "../../contracts/principal.ts";
import { settings, smallMenu, type Person } from "./installation.ts";

/** What a route speaks of, which may be somebody else's; null where everybody meets only their own. */
export type About =
  | "order"
  | "delivery"
  | "venue"
  | "sale"
  | "topic"
  | "client"
  | "device"
  | "code"
  | "letter"
  | "tenant"
  | "endpoint"
  | "carrier"
  | null;

/** Who may use a route, stated here once more so that a route opened by mistake is noticed, and a body it takes. */
export interface Policy {
  readonly who: readonly Role[] | "anybody" | "operator" | "carrier";
  readonly about: About;
  readonly body?: unknown;
  /** Sent as a form by the clients it is made for. */
  readonly form?: true;
  /** POST or PUT without an Idempotency-Key. */
  readonly keyless?: true;
  /** What does not exist yet is made. */
  readonly makes?: true;
  /** What is asked for may not be there, though what it is of is: 404 is right too. */
  readonly perhaps?: true;
  /** Only for who is admin of all the tenant's venues. */
  readonly whole?: true;
}

const buyers = ["customer", "staff", "admin", "service"] as const;
const followers = [...buyers, "watcher"] as const;
const crew = ["staff", "admin"] as const;
const admins = ["admin"] as const;
const drivers = ["driver"] as const;
const onTheRoad = ["driver", "staff", "admin"] as const;

export const line = {
  item: "soup",
  variation: "small",
  quantity: 1,
  options: [{ group: "extras", option: "egg" }],
  note: "hot",
};
export const checkout = {
  customer: { name: "Zebedee Marker", phone: "+4915112345678", email: "zebedee@marker.example" },
  payment: { method: "card", token: "card_ok" },
  address: { line1: "Marker Street 1", city: "Berlin", lat: 52.53, lng: 13.41, note: "third bell" },
  note: "no onions",
};
/** Words that no answer to anybody but the order's own people may hold. */
export const marker = /Marker|marker\.example|4915112345678/;

/** Nobody answers at the port of RFC 863 on this machine. */
export const nobodyListens = "http://127.0.0.1:9/hook";

/** A browser's, as it says of itself; its keys are those of RFC 8291's example. */
export const subscription = {
  endpoint: nobodyListens,
  keys: {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
  topic: { kind: "venue", venue: "demo-1" },
};

const ticket = (body: object = {}): Policy => ({ who: crew, about: "venue", body });
const venue = (who: Policy["who"], body?: object): Policy => ({
  who,
  about: "venue",
  ...(body === undefined ? {} : { body }),
});
const token = { who: "anybody", about: null, form: true, keyless: true } as const;

/** Every operation of the API, as `METHOD path`. */
export const policies: Readonly<Record<string, Policy>> = {
  "POST /v1/orders": {
    who: buyers,
    about: "sale",
    body: { venue: "spare-1", fulfilment: "delivery", lines: [line], checkout },
  },
  "GET /v1/orders": { who: buyers, about: null },
  "GET /v1/orders/statuses": { who: buyers, about: null },
  "GET /v1/orders/{order}": { who: followers, about: "order" },
  "GET /v1/orders/{order}/link": { who: buyers, about: "order" },
  "GET /v1/orders/{order}/status": { who: followers, about: "order" },
  "GET /v1/orders/{order}/events": { who: buyers, about: "order" },
  "GET /v1/orders/{order}/ledger": { who: crew, about: "order" },
  "GET /v1/orders/{order}/proof": { who: buyers, about: "order", perhaps: true },
  "GET /v1/orders/{order}/live": { who: followers, about: "order" },
  "POST /v1/orders/{order}/lines": { who: buyers, about: "order", body: { lines: [line] } },
  "PUT /v1/orders/{order}/lines": { who: buyers, about: "order", body: { lines: [line] }, keyless: true },
  "POST /v1/orders/{order}/place": { who: buyers, about: "order", body: checkout },
  "DELETE /v1/orders/{order}/personal-data": { who: admins, about: "order", whole: true },
  "POST /v1/orders/{order}/refunds": { who: crew, about: "order", body: { amount: 1, reason: "goodwill" } },
  "POST /v1/orders/search": { who: crew, about: null, body: { text: "zebedee", names: true }, keyless: true },
  "GET /v1/floor": { who: crew, about: null },
  "GET /v1/floor/live": { who: crew, about: null },
  "GET /v1/figures": { who: crew, about: null },
  "POST /v1/orders/{order}/cancel": { who: buyers, about: "order", body: { detail: "second thoughts" } },

  "GET /v1/tenants/{tenant}/venues": { who: "anybody", about: "tenant" },
  "GET /v1/venues/{venue}": venue("anybody"),
  "PUT /v1/venues/{venue}": { who: admins, about: "venue", body: settings, keyless: true, makes: true },
  "GET /v1/venues/{venue}/menu": venue("anybody"),
  "PUT /v1/venues/{venue}/menu": { who: admins, about: "venue", body: smallMenu, keyless: true },
  "GET /v1/venues/{venue}/menu/document": venue(admins),
  "GET /v1/venues/{venue}/menu/versions": venue(admins),
  "GET /v1/venues/{venue}/menu/versions/{version}": venue(admins),
  "POST /v1/menus/import": { who: admins, about: "venue", body: smallMenu },
  "POST /v1/venues/{venue}/quote": {
    who: "anybody",
    about: "venue",
    body: { fulfilment: "pickup", lines: [line] },
    keyless: true,
  },
  "GET /v1/venues/{venue}/stock": venue(crew),
  "POST /v1/venues/{venue}/stock/adjust": venue(crew, { key: "nothing-real", by: 1 }),
  "GET /v1/venues/{venue}/stock/live": venue(crew),
  "PUT /v1/venues/{venue}/stock": { who: crew, about: "venue", body: { key: "bread", left: 500 }, keyless: true },
  "POST /v1/venues/{venue}/sold-out": venue(crew, { key: "bread", until: "2030-01-01T00:00:00Z" }),
  "POST /v1/venues/{venue}/available": venue(crew, { key: "nothing-real" }),
  "POST /v1/venues/{venue}/pause": venue(crew, { until: "2020-01-01T00:00:00Z", reason: "oven" }),
  "POST /v1/venues/{venue}/resume": venue(crew, {}),
  "POST /v1/venues/{venue}/busy": venue(crew, { minutes: 0 }),

  "GET /v1/venues/{venue}/kitchen/tickets": venue(crew),
  "GET /v1/venues/{venue}/kitchen/counts": venue(crew),
  "GET /v1/venues/{venue}/kitchen/live": venue(crew),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/seen": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/accept": ticket({ prepMinutes: 10 }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/reject": ticket({ reason: "too-busy", detail: "sorry" }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/promise": ticket({ prepMinutes: 15 }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/start": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/ready": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/recall": ticket({ prepMinutes: 5 }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/handover": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/acknowledge": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/lines/{line}/bump": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/lines/{line}/unbump": ticket(),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/bump": ticket({ lines: [0] }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/unbump": ticket({ lines: [0] }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/change": ticket({ line: null, note: "no onions" }),
  "POST /v1/venues/{venue}/kitchen/tickets/{order}/notice": ticket(),

  "GET /v1/drivers/me": { who: drivers, about: null },
  "GET /v1/drivers/me/live": { who: drivers, about: null },
  "POST /v1/drivers/me/shift": {
    who: drivers,
    about: null,
    body: { on: true, zone: "main", name: "Ada", vehicle: "bike", position: { lat: 52.53, lng: 13.4 } },
  },
  "POST /v1/drivers/me/position": {
    who: drivers,
    about: null,
    body: { lat: 52.53, lng: 13.4, accuracy: 5 },
    keyless: true,
  },
  "GET /v1/deliveries/{id}": { who: ["customer", ...onTheRoad], about: "delivery" },
  "GET /v1/deliveries/{id}/live": { who: ["customer", ...onTheRoad], about: "delivery" },
  "POST /v1/deliveries/{id}/accept": { who: drivers, about: "delivery", body: {} },
  "POST /v1/deliveries/{id}/decline": { who: drivers, about: "delivery", body: {} },
  "POST /v1/deliveries/{id}/arrive": { who: drivers, about: "delivery", body: {} },
  "POST /v1/deliveries/{id}/pickup": { who: drivers, about: "delivery", body: {} },
  "POST /v1/deliveries/{id}/deliver": { who: onTheRoad, about: "delivery", body: { pin: "1" } },
  "POST /v1/deliveries/{id}/fail": {
    who: onTheRoad,
    about: "delivery",
    body: { reason: "nobody-there", detail: "rang twice" },
  },
  "POST /v1/deliveries/{id}/returned": { who: onTheRoad, about: "delivery", body: {} },
  "POST /v1/deliveries/{id}/assign": { who: crew, about: "delivery", body: { driver: "ada" } },
  "POST /v1/deliveries/{id}/channel": { who: crew, about: "delivery", body: { channel: "own" } },
  "GET /v1/zones/{zone}/deliveries": { who: crew, about: null },
  "GET /v1/zones/{zone}/drivers": { who: crew, about: null },
  "GET /v1/zones/{zone}/settings": { who: admins, about: null },
  "GET /v1/zones/{zone}/dispatch": { who: crew, about: null },
  "GET /v1/zones/{zone}/dispatch/live": { who: crew, about: null },
  "GET /v1/delivery/channels": { who: crew, about: null },
  "PUT /v1/delivery/channels/weights": { who: admins, about: null, body: { cost: 0.3 }, keyless: true },
  "PUT /v1/delivery/channels/{channel}": { who: admins, about: null, body: { capacity: null }, keyless: true },
  "GET /v1/carriers": { who: admins, about: null },
  "GET /v1/carriers/{carrier}": { who: admins, about: "carrier" },
  "PUT /v1/carriers/{carrier}": {
    who: admins,
    about: null,
    // Without secrets: what another tenant has not agreed is not made here.
    body: { name: "Bob's Post", url: "https://post.example.org/api", silentAfter: "PT30S" },
    keyless: true,
  },
  "GET /v1/carriers/{carrier}/bookings": { who: crew, about: "carrier" },
  "POST /v1/tenants/{tenant}/carriers/{carrier}/callbacks": {
    who: "carrier",
    about: null,
    body: { id: "parcel_1", reference: "ord_none", status: "shipped", tracking: "BP1", pickupAt: "2030-01-01T00:00:00Z", dropoffAt: "2030-01-01T01:00:00Z" },
    keyless: true,
  }, // prettier-ignore
  "PUT /v1/zones/{zone}/settings": { who: admins, about: null, body: { offer: 45 }, keyless: true },

  "GET /v1/tenant/settings": { who: admins, about: null, whole: true },
  "PUT /v1/tenant/settings": {
    who: admins,
    about: null,
    body: { allowedOrigins: ["https://shop.example"], keepPersonalData: 30 },
    keyless: true,
    whole: true,
  },
  "GET /v1/audit": { who: admins, about: null, whole: true },

  "GET /v1/dead-letters": { who: admins, about: null },
  "POST /v1/dead-letters/redrive": { who: admins, about: null, body: { order: `ord_${"1".repeat(26)}` } },
  "GET /v1/dead-letters/{id}": { who: admins, about: "letter" },
  "GET /v1/dead-letters/{id}/dry-run": { who: admins, about: "letter" },
  "PUT /v1/dead-letters/{id}/data": {
    who: admins,
    about: "letter",
    body: { data: { customer: "Marker" }, reason: "typo" },
    keyless: true,
  },
  "POST /v1/dead-letters/{id}/redrive": { who: admins, about: "letter", body: {} },
  "POST /v1/dead-letters/{id}/drop": { who: admins, about: "letter", body: { reason: "hopeless" } },
  "GET /v1/push/key": { who: "anybody", about: null },
  "POST /v1/push/subscriptions": { who: ["customer", ...crew], about: "topic", body: subscription },
  "DELETE /v1/push/subscriptions": {
    who: ["customer", ...crew],
    about: null,
    body: { endpoint: nobodyListens },
    keyless: true,
  },
  "GET /v1/webhooks": { who: admins, about: null },
  "POST /v1/webhooks": { who: admins, about: null, body: { url: nobodyListens, venues: ["demo-2"] } },
  "GET /v1/webhooks/{endpoint}": { who: admins, about: "endpoint" },
  "PUT /v1/webhooks/{endpoint}": {
    who: admins,
    about: "endpoint",
    body: { url: nobodyListens, events: ["order.sent"], description: "Till" },
    keyless: true,
  },
  "DELETE /v1/webhooks/{endpoint}": { who: admins, about: "endpoint" },
  "POST /v1/webhooks/{endpoint}/secret": { who: admins, about: "endpoint", body: { overlap: "PT1H" } },
  "POST /v1/webhooks/{endpoint}/test": { who: admins, about: "endpoint", body: {} },
  "GET /v1/webhooks/{endpoint}/reports": { who: admins, about: "endpoint" },
  "GET /v1/webhooks/{endpoint}/reports/{report}": { who: admins, about: "endpoint" },
  "POST /v1/webhooks/{endpoint}/reports/{report}/replay": { who: admins, about: "endpoint", body: {} },
  "POST /v1/webhooks/{endpoint}/replay": {
    who: admins,
    about: "endpoint",
    body: { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", status: "all" },
  },
  "GET /healthz": { who: "anybody", about: null },
  "GET /metrics": { who: "operator", about: null },
  "GET /metrics/ordering": { who: "operator", about: null },
  "GET /metrics/kitchen": { who: "operator", about: null },
  "GET /metrics/delivery": { who: "operator", about: null },
  "GET /openapi.json": { who: "anybody", about: null },

  "POST /v1/oauth/token": { ...token, body: { grant_type: "anonymous", tenant: "demo" } },
  "POST /v1/oauth/device_authorization": { ...token, body: { tenant: "demo", kind: "tablet" } },
  "POST /v1/oauth/revoke": { ...token, body: { token: "whatever" } },
  "GET /.well-known/jwks.json": { who: "anybody", about: null },
  "POST /v1/oauth/keys/rotate": { who: "operator", about: null, keyless: true },
  "POST /v1/devices/approve": {
    who: crew,
    about: "code",
    body: { user_code: "BCDF-GHJK", name: "Grill", venues: ["demo-1"], station: "grill" },
  },
  "POST /v1/devices/deny": { who: crew, about: "code", body: { user_code: "BCDF-GHJK" } },
  "GET /v1/devices": { who: crew, about: null },
  "DELETE /v1/devices/{id}": { who: crew, about: "device" },
  "POST /v1/clients": { who: admins, about: null, body: { name: "Till", role: "staff", venues: ["demo-2"] } },
  "GET /v1/clients": { who: admins, about: null },
  "POST /v1/clients/{id}/secret": { who: admins, about: "client", body: { overlap: "PT0S" } },
  "DELETE /v1/clients/{id}": { who: admins, about: "client" },
  "POST /v1/tenants": { who: "operator", about: null, body: { id: "third", name: "A third" } },
  "POST /v1/tenants/{tenant}/clients": { who: "operator", about: "tenant", body: { name: "Till", role: "service" } },
};

/** Whether the thing of `demo` that the matrix asks about exists for this person: the guest's order at demo-1, and so on. */
export function reaches({ name, tenant, role, venues }: Person, about: About): boolean {
  const atVenue = venues === null || venues.includes("demo-1");
  const crewThere = (role === "staff" || role === "admin") && atVenue;
  switch (about) {
    case null:
    case "tenant":
      return true;
    case "venue":
      return tenant === "demo" && atVenue;
    case "sale":
      return tenant === "demo" && (crewThere || role === "customer" || role === "service");
    case "topic":
      return tenant === "demo" && crewThere;
    case "order":
      return tenant === "demo" && (crewThere || name === "guest");
    case "delivery":
      return tenant === "demo" && (crewThere || name === "guest" || name === "driver");
    case "client":
    case "endpoint":
      return tenant === "demo" && role === "admin" && venues === null;
    case "device":
      return tenant === "demo" && crewThere;
    case "code":
      return tenant === "demo" && (role === "staff" || role === "admin");
    case "carrier":
      return tenant === "demo" && (role === "staff" || role === "admin");
    case "letter":
      return tenant === "demo" && role === "admin";
  }
}
