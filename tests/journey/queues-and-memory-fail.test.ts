import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf } from "../../contracts/address.ts";
import { eventTypeOf, type Envelope, type Message } from "../../contracts/envelope.ts";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends, isListed } from "./endings.ts";
import { enclosed } from "./facts.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

test.concurrent("what comes doubled and in disorder from the queue is applied once and in order", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const { id } = await place.place(guest);
  await place.ticket(id);
  const board = addressOf("board", place.tenant, place.venue);
  const order = addressOf("order", place.tenant, id);
  const by = "tablet";
  const steps = [
    ["ticket.seen", { seenAt: Date.now(), device: by }],
    ["ticket.accepted", { readyAt: Date.now() + 60_000, by }],
    ["ticket.started", { by }],
    ["ticket.ready", { by }],
    ["ticket.recalled", { readyAt: Date.now() + 120_000, by }],
    ["ticket.ready", { by }],
    ["ticket.handed-over", { by }],
  ] as const;
  const fact = (sequence: number): Envelope => {
    const [type, data] = steps[sequence - 1] ?? steps[0];
    return enclosed(board, order, sequence, eventTypeOf(type), data);
  };
  const { ORDERING_INBOX, KITCHEN_INBOX, OUTLET } = await harness.worker("ordering").getEnv();
  const say = (queue: Queue, ...facts: Envelope[]) => queue.send({ facts, acks: [] } satisfies Message);
  for (const some of [[7], [3, 2], [5, 5, 4], [2], [1], [6], [1, 2, 3, 4, 5, 6, 7], [4]]) {
    await say(ORDERING_INBOX, ...some.map(fact));
  }
  const ended = await ends(place, guest, id, "collected", "captured");
  await isListed(place, guest, ended);
  expect(ended.timeline.map(({ type }) => type).filter((type) => !type.startsWith("payment"))).toEqual([
    "opened", "lines-changed", "placed", "sent", "seen", "accepted", "preparing", "ready", "recalled", "ready", "collected",
  ]); // prettier-ignore

  // A ticket that was shown is not shown anew by an old message, nor does the list go back to an old line.
  const forged = {
    order: id,
    venue: place.venue,
    code: "XX99",
    fulfilment: "pickup",
    customer: "Eve",
    lines: [],
    placedAt: 1,
    requestedFor: null,
    answerBy: 1,
    suggestedReadyAt: 1,
  };
  await say(KITCHEN_INBOX, enclosed(order, board, 1, eventTypeOf("order.sent"), forged));
  const line = {
    order: id, tenant: place.tenant, venue: place.venue, customer: guest.subject, code: "XX99", status: "placed",
    fulfilment: "pickup", total: 1, currency: "EUR", placedAt: 1, updatedAt: Date.now(), seq: 3, open: true,
  }; // prettier-ignore
  const outlet = addressOf("outlet", place.tenant, "orders");
  await say(OUTLET, enclosed(order, outlet, 1, eventTypeOf("order.changed"), line));
  await say(
    OUTLET,
    enclosed(order, outlet, 1, "comanda.order.unheard-of.v1", {}),
    enclosed(order, outlet, 1, eventTypeOf("order.changed"), line),
  );
  const next = await place.place(guest, { payment: "cash" });
  await until(
    () => place.line(guest, next.id),
    (found) => found?.status === "sent",
  );
  expect(await place.line(guest, id)).toMatchObject({ status: "collected", total: 350 });
  expect((await place.tickets()).find(({ order: ticket }) => ticket === id)?.code).toBe(ended.code);
});

test.concurrent("an order goes on where it was when every object is thrown out of memory between any two steps", async () => {
  const place = await Restaurant.open(harness);
  const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Max")]);
  const wanted = { fulfilment: "delivery", lines: [{ item: "clams", quantity: 1 }] } as const;
  const { id, delivery } = await place.place(guest, wanted);
  const forget = async (): Promise<void> => {
    const [ordering, kitchen] = [harness.worker("ordering"), harness.worker("kitchen")];
    const road = harness.worker("delivery");
    const at = (name: string) => ({ name: `${place.tenant}/${name}` });
    const evictions = [
      ordering.evictDurableObject("ORDER", at(id)),
      ordering.evictDurableObject("VENUE", at(place.venue)),
      kitchen.evictDurableObject("BOARD", at(place.venue)),
      road.evictDurableObject("ZONE", at("main")),
      road.evictDurableObject("DRIVER", at(driver.person.subject)),
    ];
    // One that is asleep already cannot be thrown out.
    await Promise.allSettled(evictions);
  };
  const paid = (status: string) =>
    until(
      () => place.order(guest, id),
      ({ payment }) => payment?.status === status,
    );
  await paid("authorised");
  await forget();
  await place.ticket(id);
  await forget();
  await place.press(id, "accept", { prepMinutes: 0 });
  await paid("captured");
  await forget();
  await driver.take(id);
  for (const button of ["start", "ready"]) {
    await forget();
    await place.press(id, button);
  }
  for (const button of ["arrive", "pickup"]) {
    await forget();
    await driver.press(id, button);
  }
  await forget();
  await driver.press(id, "deliver", { pin: delivery?.pin ?? "" });
  await forget();
  await isListed(place, guest, await ends(place, guest, id, "delivered", "captured"));
  expect((await place.stock())["clams"]).toBe(2);
});
