import { expect } from "vitest";
import { callbackSecretHeader, carrierRoutes } from "../../contracts/carrier-routes.ts";
import { channelRoutes } from "../../contracts/channel-routes.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { paymentSecret, type Harness } from "../harness.ts";
import { eventually, type Caller } from "./caller.ts";
import { callbackSecret, settings, type People } from "./installation.ts";
import { checkout } from "./policies.ts";

const params = { carrier: "bobs-post" };

/** A carrier's life with a tenant: agreed with, booked, and calling back. */
export async function runCarriers(caller: Caller, harness: Harness, { admin, guest, nobody }: People): Promise<void> {
  const url = `${harness.sandboxUrl}/carriers/demo/bobs-post`;
  const agreed = { name: "Bob's Post", url, secret: paymentSecret, callbackSecret };
  expect(JSON.stringify(await caller.well(carrierRoutes.write, admin, { params, body: agreed }))).not.toMatch(
    /secret/i,
  );
  const venue = { venue: "spare-1" };
  await caller.well(venueRoutes.write, admin, { params: venue, body: { ...settings, channels: ["bobs-post"] } });
  const lines = [{ item: "bread", quantity: 1 }];
  const body = { ...venue, fulfilment: "delivery", lines, checkout };
  const { id: order } = await caller.well(orderRoutes.create, guest, { body });
  const ticket = { ...venue, order };
  await eventually("the ticket", async () => {
    const { tickets } = await caller.well(kitchenRoutes.tickets, admin, { params: venue });
    return tickets.some((one) => one.order === order) || null;
  });
  await caller.well(kitchenRoutes.accept, admin, { params: ticket, body: { prepMinutes: 10 } });
  const booking = await eventually("the booking", async () => {
    const { bookings } = await caller.well(carrierRoutes.bookings, admin, { params });
    return bookings.find((one) => one.order === order && one.status === "booked") ?? null;
  });
  const at = new Date().toISOString();
  const parcel = { id: booking.booking, reference: order, status: "delivered", pickupAt: at, dropoffAt: at };
  const headers = { [callbackSecretHeader]: callbackSecret };
  const to = { tenant: "demo", ...params };
  await caller.well(carrierRoutes.callback, nobody, { params: to, body: parcel, headers });
  await eventually("the end", async () => {
    const view = await caller.well(orderRoutes.read, guest, { params: { order } });
    return view.status === "delivered" ? view : null;
  });
  expect(await caller.well(carrierRoutes.read, admin, { params })).toMatchObject({ measured: { delivered: 1 } });
  const dispatch = await caller.well(deliveryRoutes.zoneDispatch, admin, { params: { zone: "main" } });
  expect(dispatch.deliveries.map(({ order: one }) => one)).not.toContain(order);
  const ranked = await caller.well(channelRoutes.list, admin);
  expect(ranked.channels.find(({ channel }) => channel === "bobs-post")?.observed).toBeGreaterThan(0);
  await caller.well(channelRoutes.weigh, admin, { body: { cost: 2 } });
  const full = await caller.well(channelRoutes.agree, admin, {
    params: { channel: "bobs-post" },
    body: { capacity: 0 },
  });
  expect(full).toMatchObject({ weights: { cost: 2 }, channels: [{ channel: "own" }, { why: "full", left: 0 }] });
  await caller.well(channelRoutes.agree, admin, { params: { channel: "bobs-post" }, body: { capacity: null } });
  await caller.well(channelRoutes.weigh, admin, { body: { cost: 0.3 } });
  expect((await caller.well(carrierRoutes.list, admin)).carriers).toHaveLength(1);
  await caller.well(venueRoutes.write, admin, { params: venue, body: settings });
}
