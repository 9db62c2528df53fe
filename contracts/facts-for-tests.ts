import type { FactType } from "./events.ts";

const order = `ord_${"0".repeat(26)}`;
const at = 1_800_000_000_000;
const place = { name: "Demo", address: "Here 1", note: "bell", phone: "+4930111", point: { lat: 52.5, lng: 13.4 } };
const bare = { name: "Demo", address: "Here 1", point: null };
const errand = {
  order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, readyAt: at, ready: false, pickupAt: at,
  dropoffAt: at, cash: { amount: 2_000, currency: "EUR" },
}; // prettier-ignore
const line = {
  item: "margherita", name: { en: "Margherita" }, variation: { id: "large", name: { en: "Large" } }, quantity: 1,
  unit: 1_150, total: 1_400, taxClass: "food", allergens: ["gluten"], note: "no basil",
  options: [
    {
      group: "extras", option: "buffalo", name: { en: "Buffalo" }, quantity: 1, unit: 250, taxClass: "food",
      allergens: ["milk"], options: [],
    },
  ],
}; // prettier-ignore
const ticket = {
  order, venue: "demo-1", code: "A1", fulfilment: "pickup", customer: "Ada L.", lines: [line], note: "quick",
  placedAt: at, requestedFor: at, answerBy: at, suggestedReadyAt: at,
}; // prettier-ignore
const { note: _, ...plainTicket } = ticket;

/**
 * Each fact as version 1 says it, with every field it may have and without. Only added to: when a field is added, these
 * stay, and a newer one joins them. What must be changed here to pass would break between two deployments.
 */
export const factsAsSaid: Record<FactType, readonly object[]> = {
  "order.sent": [
    ticket,
    { ...ticket, escalateAfterMs: [15_000, 30_000, 60_000] },
    { ...ticket, table: "12" },
    { ...plainTicket, requestedFor: null, lines: [{ ...line, variation: null, note: null }] },
  ],
  "order.withdrawn": [{ reason: "customer-cancelled", detail: "" }],
  "order.driver-changed": [
    { driver: { id: "ada", name: "Ada" }, atVenue: true, pickedUp: false },
    { driver: { id: "ada", name: "Ada" }, atVenue: false, pickedUp: false, arrivesAt: at },
    { driver: null, atVenue: false, pickedUp: false },
  ],
  "order.food-returning": [{ detail: "Nobody there.", returned: false, confirmed: false, driver: "Bob" }],
  "ticket.seen": [{ seenAt: at, device: "tablet" }],
  "ticket.accepted": [{ readyAt: at, by: "tablet" }],
  "ticket.rejected": [{ reason: "too-busy", detail: "", by: "tablet" }],
  "ticket.promised": [{ readyAt: at, by: "tablet" }],
  "ticket.started": [{ by: "tablet" }],
  "ticket.ready": [{ by: "tablet" }],
  "ticket.recalled": [{ readyAt: at, by: "tablet" }],
  "ticket.handed-over": [{ by: "tablet" }],
  "ticket.unseen": [{ order, code: "A1", since: at }],
  "delivery.requested": [
    {
      order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, pin: "4711", readyAt: at,
      cash: { amount: 2_000, currency: "EUR" },
    },
    { order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, pin: "4711", readyAt: at, cash: null },
    {
      order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, pin: "4711", readyAt: at, cash: null,
      channels: ["bobs-post", "own"],
    },
    {
      order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, pin: "4711", readyAt: at, cash: null,
      channels: ["bobs-post", "own"], load: 5,
    },
  ], // prettier-ignore
  "delivery.ready-changed": [{ order, readyAt: at, ready: true }],
  "delivery.called-off": [{ order, reason: "staff-cancelled", detail: "" }],
  "delivery.assigned": [{ driver: { id: "ada", name: "Ada" }, pickupAt: at, dropoffAt: at }],
  "delivery.unassigned": [{ reason: "declined" }],
  "delivery.arrived": [{}],
  "delivery.picked-up": [{ dropoffAt: at }],
  "delivery.delivered": [{ proof: "pin" }, { proof: "photo" }, { proof: "staff" }, { proof: "carrier" }],
  "delivery.near": [{}],
  "delivery.foreseen": [
    { pressure: 0.5, arriveAt: at, wayMs: 600_000, doorAt: null },
    { pressure: 2, arriveAt: null, wayMs: 600_000, doorAt: at },
    { pressure: 2, arriveAt: null, wayMs: 600_000, doorAt: null, slack: { sooner: 1.1, later: 0.9 } },
  ],
  "delivery.failed": [
    { reason: "delivery-failed", detail: "" },
    { reason: "delivery-failed", detail: "", returning: true },
  ],
  "delivery.returned": [{ confirmed: true }],
  "delivery.carrier-changed": [
    { carrier: { id: "bobs-post", name: "Bob's Post", state: "booked", tracking: "BP1", silentSince: at }, pickupAt: at, dropoffAt: at },
    { carrier: { id: "bobs-post", name: "Bob's Post", state: "asked", tracking: null, silentSince: null }, pickupAt: null, dropoffAt: null },
    { carrier: null, pickupAt: null, dropoffAt: null },
  ], // prettier-ignore
  "reservation.kept": [{}],
  "reservation.released": [{ demand: [{ key: "margherita/large", quantity: 2 }] }],
  "order.reported": [
    {
      event: "order.sent", order, venue: "demo-1", code: "A1", status: "sent", fulfilment: "pickup", total: 1_400,
      currency: "EUR", seq: 4, at, placedAt: at, requestedFor: at, readyAt: at, end: null, driver: "Bob", ticket,
    },
    {
      event: "order.cancelled", order, venue: "demo-1", code: "A1", status: "cancelled", fulfilment: "delivery",
      total: 1_400, currency: "EUR", seq: 5, at, placedAt: at, requestedFor: null, readyAt: null,
      end: { reason: "no-answer", detail: "" }, driver: null, ticket: null,
    },
  ], // prettier-ignore
  "endpoint.opened": [{}],
  "endpoint.closed": [{}],
  "order.changed": [
    {
      order, tenant: "demo", venue: "demo-1", customer: "guest", code: "A1", status: "placed", fulfilment: "delivery",
      total: 1_400, currency: "EUR", placedAt: null, updatedAt: at, seq: 3, open: true,
    },
    {
      order, tenant: "demo", venue: "demo-1", customer: "guest", code: "A1", status: "failed", fulfilment: "delivery",
      total: 1_400, currency: "EUR", placedAt: at, updatedAt: at, seq: 30, open: false, sentAt: at, acceptedAt: at,
      readyAt: null, endedAt: at, promisedAt: at, dueAt: null, reason: "no-driver", refunded: 1_400,
      attention: ["driver-late"], items: [{ key: "margherita", name: "Margherita", quantity: 1, total: 1_400 }],
      contact: { name: "Ada", phone: null, email: "ada@example.com" },
    },
  ], // prettier-ignore
  "driver.offered": [
    { ...errand, expiresAt: at },
    { ...errand, expiresAt: at, eta: { from: at, best: at, to: at } },
  ],
  "driver.offer-ended": ["declined", "expired", "called-off", "reassigned", "off-shift"].map((reason) => ({
    order,
    reason,
  })),
  "driver.assigned": [errand, { ...errand, cash: null }, { ...errand, eta: { from: at, best: at, to: at } }],
  "driver.task-changed": [
    { order, stage: "to-venue", readyAt: at, ready: false, dropoffAt: at },
    { order, stage: "returning", readyAt: at, ready: true, dropoffAt: at },
    { order, stage: "to-customer", readyAt: at, ready: true, dropoffAt: at, eta: { from: at, best: at, to: at } },
  ],
  "driver.task-ended": [
    { order, outcome: "delivered", detail: "" },
    { order, outcome: "returned", detail: "" },
  ],
  "driver.shift-ended": [{ reason: "idle" }],
  "driver.move-suggested": [{ venue: "demo-1", name: "Demo", point: { lat: 52.5, lng: 13.4 }, until: at }],
  "driver.shift-changed": [
    { on: true, name: "Ada", vehicle: "bike", point: { lat: 52.5, lng: 13.4 } },
    { on: false, name: "Ada", vehicle: "car", point: null },
    { on: true, name: "Ada", vehicle: "foot", point: null, until: at },
  ],
  "zone.driver-wanted": [
    {
      order, pickup: { lat: 52.5, lng: 13.4 }, door: { lat: 52.51, lng: 13.41 }, readyAt: at, reach: 600_000, until: at,
      but: ["drv-1"],
    },
    { order, pickup: { lat: 52.5, lng: 13.4 }, door: null, readyAt: at, reach: 600_000, until: at, but: [] },
  ], // prettier-ignore
  "zone.driver-lent": [
    { driver: "drv-1", loan: 1, order, name: "Ada", vehicle: "bike", point: { lat: 52.5, lng: 13.4 }, takeBy: at },
    { driver: "drv-1", loan: 2, order, name: "Ada", vehicle: "car", point: null, takeBy: at, ends: at },
  ],
  "zone.driver-returned": [{ driver: "drv-1", loan: 1 }],
  "zone.driver-recalled": [{ driver: "drv-1", loan: 1 }],
  "carrier.requested": [
    { order, code: "A1", venue: "demo-1", pickup: place, dropoff: bare, readyAt: at, fallback: true },
  ],
  "carrier.called-off": [{ order, detail: "" }],
  "carrier.recalled": [{ order, detail: "" }],
  "carrier.kept": [{ order, name: "Bob's Post", detail: "It is on its way." }],
  "carrier.silent": [{ order, name: "Bob's Post", since: at }],
  "carrier.answered": [{ order, name: "Bob's Post" }],
  "carrier.scored": [{ breaker: "open", latencyMs: 812.5, answered: 0.75, cost: 590 }],
  "carrier.booked": [{ order, name: "Bob's Post", tracking: null, pickupAt: at, dropoffAt: at }],
  "carrier.shipped": [{ order, name: "Bob's Post", tracking: "BP1", dropoffAt: at }],
  "carrier.delivered": [{ order, name: "Bob's Post" }],
  "carrier.released": [{ order, name: "Bob's Post", detail: "It does not go there." }],
  "carrier.lost": [{ order, name: "Bob's Post", detail: "" }],
};
