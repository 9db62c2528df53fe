import { expect } from "vitest";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { pushRoutes } from "../../contracts/push-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { jpeg } from "../../domain/delivery/photo-for-tests.ts";
import { eventually, type Caller } from "./caller.ts";
import { settings, smallMenu, type People, type Person } from "./installation.ts";
import { checkout, subscription } from "./policies.ts";

/** What demo-1 sells without any choice to be made. */
const bread = { item: "couvert", quantity: 2 };
const at = { venue: "demo-1" };

/** A venue's whole day: opened, stocked, sold out, paused and busy, each answered as its contract says. */
export async function runVenue(caller: Caller, admin: Person, staff: Person): Promise<void> {
  const params = { venue: "spare-1" };
  await caller.well(venueRoutes.write, admin, { params, body: settings });
  await caller.well(venueRoutes.writeMenu, admin, { params, body: smallMenu });
  await caller.well(venueRoutes.readDocument, admin, { params });
  const { versions } = await caller.well(venueRoutes.menuVersions, admin, { params });
  const version = String(versions[0]?.version);
  await caller.well(venueRoutes.menuVersion, admin, { params: { ...params, version } });
  await caller.well(venueRoutes.menu, staff, { params });
  await caller.well(venueRoutes.read, staff, { params });
  await caller.well(venueRoutes.list, staff, { params: { tenant: "demo" } });
  const soup = {
    item: "soup",
    variation: "small",
    quantity: 2,
    options: [{ group: "extras", option: "egg", quantity: 1 }],
  };
  const bill = await caller.well(venueRoutes.quote, staff, { params, body: { lines: [soup] } });
  expect(bill.total).toBe(1000);
  await caller.well(venueRoutes.setStock, admin, { params, body: { key: "bread", left: 3 } });
  expect(await caller.well(venueRoutes.stock, admin, { params })).toEqual({ stock: { bread: 3 }, soldOut: {} });
  const more = await caller.well(venueRoutes.adjustStock, admin, { params, body: { key: "bread", by: 2 } });
  expect(more.stock).toEqual({ bread: 5 });
  const out = { key: "soup/small", until: null };
  expect((await caller.well(venueRoutes.sellOut, admin, { params, body: out })).soldOut).toEqual(["soup/small"]);
  expect((await caller.well(venueRoutes.makeAvailable, admin, { params, body: { key: out.key } })).soldOut).toEqual([]);
  expect((await caller.well(venueRoutes.pause, admin, { params, body: { reason: "oven" } })).paused).toEqual({
    until: null,
    reason: "oven",
  });
  expect((await caller.well(venueRoutes.resume, admin, { params })).paused).toBeNull();
  expect((await caller.well(venueRoutes.busy, admin, { params, body: { minutes: 10 } })).busyMinutes).toBe(10);
}

/** Orders for pickup: one collected, one rejected, one cancelled. */
export async function runPickups(caller: Caller, guest: Person, staff: Person): Promise<void> {
  const pickup = { ...checkout, address: null };
  const basket = await caller.well(orderRoutes.create, guest, { body: { ...at, lines: [bread] } });
  const params = { order: basket.id };
  await caller.well(orderRoutes.addLines, guest, { params, body: { lines: [bread] } });
  await caller.well(orderRoutes.replaceLines, guest, { params, body: { lines: [bread, bread] } });
  const placed = await caller.well(orderRoutes.place, guest, { params, body: pickup });
  expect(placed).toMatchObject({ status: "placed", bill: { total: 1400 }, customer: checkout.customer });
  await caller.well(orderRoutes.read, guest, { params });
  await caller.well(orderRoutes.status, guest, { params });
  await caller.well(orderRoutes.link, guest, { params });
  await caller.well(orderRoutes.events, guest, { params });
  await caller.well(orderRoutes.ledger, staff, { params });
  const two = await caller.well(orderRoutes.statuses, guest, { query: { id: [basket.id, basket.id] } });
  expect(two.statuses).toHaveLength(2);

  const ticket = { ...at, order: basket.id };
  await onBoard(caller, staff, basket.id);
  const press = (contract: (typeof kitchenRoutes)[keyof typeof kitchenRoutes], body: object = {}, more = {}) =>
    caller.well(contract, staff, { params: { ...ticket, ...more }, body });
  await caller.well(kitchenRoutes.counts, staff, { params: at });
  await press(kitchenRoutes.see);
  await press(kitchenRoutes.accept, { prepMinutes: 10 });
  await press(kitchenRoutes.promise, { readyAt: new Date(Date.now() + 1_800_000).toISOString() });
  await press(kitchenRoutes.start);
  await press(kitchenRoutes.bump, {}, { line: "1" });
  await press(kitchenRoutes.unbump, {}, { line: "1" });
  await press(kitchenRoutes.bumpLines, { lines: [0] });
  await press(kitchenRoutes.unbumpLines, { lines: [0] });
  await press(kitchenRoutes.change, { note: "at once" });
  await press(kitchenRoutes.notice);
  await press(kitchenRoutes.ready);
  await press(kitchenRoutes.recall, { prepMinutes: 1 });
  await press(kitchenRoutes.ready);
  await press(kitchenRoutes.handover);
  await eventually("the money", async () => {
    const { payment } = await caller.well(orderRoutes.read, guest, { params });
    return payment?.status === "captured" ? payment : null;
  });
  const refund = { lines: [{ line: 0, quantity: 1 }], reason: "missing-item", detail: "Sorry." };
  const { payment } = await caller.well(orderRoutes.refund, staff, { params, body: refund });
  expect(payment?.refunds).toMatchObject([{ number: 1, amount: 350 }]);

  const body = { ...at, lines: [bread], checkout: pickup };
  const refused = await caller.well(orderRoutes.create, guest, { body });
  await onBoard(caller, staff, refused.id);
  await caller.well(kitchenRoutes.reject, staff, {
    params: { ...at, order: refused.id },
    body: { reason: "too-busy" },
  });
  const regretted = await caller.well(orderRoutes.create, guest, { body });
  await onBoard(caller, staff, regretted.id);
  await caller.well(orderRoutes.cancel, guest, { params: { order: regretted.id } });
  await eventually("the withdrawal", async () => {
    const found = await ticketOf(caller, staff, regretted.id);
    return found?.status === "withdrawn" ? found : null;
  });
  await caller.well(kitchenRoutes.acknowledge, staff, { params: { ...at, order: regretted.id } });
  await eventually("the order in a search", async () => {
    const found = await caller.well(floorRoutes.search, staff, { body: { text: "zebed", names: true } });
    return found.orders.some(({ id, name }) => id === basket.id && name === checkout.customer.name) ? found : null;
  });
  const day = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    until: new Date(Date.now() + 1_000).toISOString(),
  };
  expect((await caller.well(floorRoutes.figures, staff, { query: day })).total.orders).toBeGreaterThan(0);
  expect((await caller.well(floorRoutes.read, staff)).venues.map(({ id }) => id)).toContain("demo-1");
  await eventually("the orders in the list", async () => {
    const { orders } = await caller.well(orderRoutes.list, guest, { query: { venue: "demo-1", limit: "2" } });
    return orders.length === 2 ? orders : null;
  });
}

/** An order for delivery, accepted by the kitchen. Its id. */
export async function readyForDelivery(caller: Caller, { guest, staff }: People): Promise<string> {
  const body = { ...at, fulfilment: "delivery", lines: [bread], checkout };
  const { id } = await caller.well(orderRoutes.create, guest, { body });
  await onBoard(caller, staff, id);
  await caller.well(kitchenRoutes.accept, staff, { params: { ...at, order: id }, body: { prepMinutes: 0 } });
  return id;
}

const zone = { params: { zone: "main" } };

/** A driver comes on shift, who is asked as soon as there is something to deliver. */
export async function openZone(caller: Caller, { admin, driver }: People): Promise<void> {
  await caller.well(deliveryRoutes.putZoneSettings, admin, { ...zone, body: { lead: 86_400, offer: 600 } });
  expect(await caller.well(deliveryRoutes.zoneSettings, admin, zone)).toMatchObject({ lead: 86_400, offer: 600 });
  const shift = { on: true, zone: "main", name: "Ada", vehicle: "bike", position: { lat: 52.54, lng: 13.41 } };
  await caller.well(deliveryRoutes.shift, driver, { body: shift });
  await caller.well(deliveryRoutes.position, driver, { body: { lat: 52.54, lng: 13.41 } });
}

/** Deliveries: one delivered, one declined and given by hand, one failed. */
export async function runDeliveries(caller: Caller, people: People): Promise<void> {
  const { guest, staff, driver } = people;
  await openZone(caller, people);
  const handed = await readyForDelivery(caller, people);
  await offeredTo(caller, driver, handed);
  for (const viewer of [guest, staff, driver])
    await caller.well(deliveryRoutes.delivery, viewer, { params: { id: handed } });
  await takeTo("door", caller, driver, handed);
  const photo = Buffer.from(jpeg({ width: 640, height: 480, bytes: 8 })).toString("base64");
  await caller.well(deliveryRoutes.deliver, driver, { params: { id: handed }, body: { photo } });
  await eventually("the photo", async () => {
    const { delivery } = await caller.well(orderRoutes.read, guest, { params: { order: handed } });
    return delivery?.proof === "photo" ? delivery : null;
  });
  await caller.well(orderRoutes.proof, guest, { params: { order: handed } });
  await caller.well(deliveryRoutes.zoneDeliveries, staff, { ...zone, query: { status: "all" } });
  await caller.well(deliveryRoutes.zoneDrivers, staff, zone);

  const turned = await readyForDelivery(caller, people);
  await offeredTo(caller, driver, turned);
  await caller.well(deliveryRoutes.decline, driver, { params: { id: turned } });
  await caller.well(deliveryRoutes.assign, staff, { params: { id: turned }, body: { driver: "ada" } });
  await caller.well(deliveryRoutes.move, staff, { params: { id: turned }, body: { channel: "own" } });
  await caller.well(deliveryRoutes.me, driver);
  await takeTo("door", caller, driver, turned);
  const why = { reason: "nobody-there", returning: true };
  await caller.well(deliveryRoutes.fail, driver, { params: { id: turned }, body: why });
  await caller.well(deliveryRoutes.returned, driver, { params: { id: turned } });

  // As soon as nobody has to be told of it any more.
  const params = { order: handed };
  await eventually("the erasing", async () => {
    const { status } = await caller.ask(orderRoutes.erase, people.admin, { params });
    return status === 204 ? true : null;
  });
  await caller.well(orderRoutes.erase, people.admin, { params });
}

/** A browser is told of a guest's order and of a venue, and then of nothing any more. */
export async function runPushes(caller: Caller, { guest, staff }: People): Promise<void> {
  expect((await caller.well(pushRoutes.key, guest)).key).toMatch(/^B[\w-]{86}$/);
  const { id: order } = await caller.well(orderRoutes.create, guest, { body: { ...at, lines: [bread] } });
  const topic = { kind: "order", order };
  const { id } = await caller.well(pushRoutes.subscribe, guest, { body: { ...subscription, topic } });
  // Another venue's object knows nothing of this one's keys, so that not all is asked that is asked of others.
  const watching = await caller.ask(pushRoutes.subscribe, staff, { body: subscription });
  expect(watching).toMatchObject({ status: 201, json: { id } });
  const { endpoint } = subscription;
  for (const ended of [1, 0])
    expect(await caller.well(pushRoutes.unsubscribe, guest, { body: { endpoint } })).toEqual({ ended });
  expect(await caller.well(pushRoutes.unsubscribe, staff, { body: { endpoint } })).toEqual({ ended: 1 });
}

/** Takes a delivery that is offered to the driver, and goes with it as far as said. */
export async function takeTo(where: "nowhere" | "door", caller: Caller, driver: Person, id: string): Promise<void> {
  await caller.well(deliveryRoutes.accept, driver, { params: { id } });
  if (where === "nowhere") return;
  await caller.well(deliveryRoutes.arrive, driver, { params: { id } });
  await caller.well(deliveryRoutes.pickup, driver, { params: { id } });
}

export function offeredTo(caller: Caller, driver: Person, id: string): Promise<unknown> {
  return eventually(`the offer of ${id}`, async () => {
    const { offer } = await caller.well(deliveryRoutes.me, driver);
    return offer?.order === id ? offer : null;
  });
}

async function ticketOf(caller: Caller, staff: Person, order: string) {
  const { tickets } = await caller.well(kitchenRoutes.tickets, staff, { params: at, query: { status: "all" } });
  return tickets.find((ticket) => ticket.order === order) ?? null;
}

function onBoard(caller: Caller, staff: Person, order: string): Promise<unknown> {
  return eventually(`the ticket of ${order}`, () => ticketOf(caller, staff, order));
}
