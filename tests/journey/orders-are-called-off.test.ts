import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends } from "./endings.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe.concurrent("a customer", () => {
  test("may cancel until the food is accepted, and then within the venue's time", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const sent = await place.place(guest);
    await place.reaches(guest, sent.id, "sent");
    const reply = await place.cancel(guest, sent.id, { detail: "Changed my mind." });
    expect(JSON.parse(reply.text)).toMatchObject({ status: "cancelled", end: { detail: "Changed my mind." } });
    await ends(place, guest, sent.id, "cancelled", "voided");
    await place.ticket(sent.id, "withdrawn");

    for (const buttons of [["accept"], ["accept", "start"]]) {
      const { id } = await place.place(guest);
      await place.cook(id, ...buttons);
      await place.reaches(guest, id, buttons.length === 1 ? "accepted" : "preparing");
      expect((await place.cancel(guest, id)).status).toBe(200);
      await ends(place, guest, id, "cancelled", "refunded");
    }
  });

  test("may not cancel after that, nor what is ready, nor for the venue's reasons; staff may", async () => {
    const place = await Restaurant.open(harness, { cancelWithin: "PT0S" });
    const guest = await place.guest();
    const { id } = await place.place(guest, { lines: [{ item: "clams", quantity: 1 }] });
    await place.cook(id, "accept");
    expect((await place.reaches(guest, id, "accepted")).cancellableUntil).not.toBeNull();
    const late = await place.cancel(guest, id);
    expect([late.status, z.object({ detail: z.string() }).parse(JSON.parse(late.text)).detail]).toEqual([
      409,
      expect.stringContaining("too late"),
    ]);
    expect((await place.cancel(guest, id, { reason: "closing" })).status).toBe(422);
    await place.press(id, "ready");
    expect((await place.reaches(guest, id, "ready")).cancellableUntil).toBeNull();
    expect((await place.cancel(guest, id)).status).toBe(409);
    expect((await place.cancel(place.staff, id)).status).toBe(200);
    await ends(place, guest, id, "cancelled", "refunded");
    expect((await place.stock())["clams"], "made food does not go back on the shelf").toBe(2);
    expect((await place.cancel(place.staff, id)).status, "again").toBe(200);
  });

  test("who cancels while the card is still being asked gets the money back once it answers", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { payment: "card_slow" });
    expect((await place.cancel(guest, id)).status).toBe(200);
    const order = await ends(place, guest, id, "cancelled", "voided");
    expect(order.timeline.map(({ type }) => type)).not.toContain("sent");
    expect(await place.tickets()).toEqual([]);
  });
});

test.concurrent("an order for later that is cancelled before its time never comes to the kitchen", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const requestedFor = new Date(Date.now() + 3 * 3_600_000).toISOString();
  const { id } = await place.place(guest, { requestedFor, lines: [{ item: "cheese", quantity: 1 }] });
  await place.reaches(guest, id, "scheduled");
  expect((await place.cancel(guest, id)).status).toBe(200);
  await ends(place, guest, id, "cancelled", "voided");
  await until(
    () => place.stock(),
    ({ cheese }) => cheese === 1,
  );
  expect(await place.tickets()).toEqual([]);
});

test.concurrent("an order for delivery that staff cancel is taken off the board and off the driver's phone", async () => {
  const place = await Restaurant.open(harness);
  const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Joe")]);
  const { id } = await place.place(guest, { fulfilment: "delivery", lines: [{ item: "cheese", quantity: 1 }] });
  await place.cook(id, "accept");
  await driver.take(id);
  expect((await place.cancel(place.staff, id, { reason: "closing", detail: "No gas." })).status).toBe(200);
  const order = await ends(place, guest, id, "cancelled", "refunded");
  expect(order.end).toMatchObject({ reason: "closing", detail: "No gas.", by: "person" });
  expect(await place.ticket(id, "withdrawn")).toMatchObject({ ended: { reason: "closing", detail: "No gas." } });
  await until(
    () => driver.me(),
    ({ tasks }) => tasks.length === 0,
  );
  expect((await driver.try(id, "pickup")).status).toBe(409);
  await until(
    () => place.stock(),
    ({ cheese }) => cheese === 1,
  );
});

describe.concurrent("a kitchen", () => {
  test("that rejects an order says why, and the money is let go", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { lines: [{ item: "clams", quantity: 2 }] });
    await place.ticket(id);
    expect((await place.stock())["clams"]).toBe(1);
    await place.press(id, "reject", { reason: "item-unavailable", detail: "The clams are off." });
    const order = await ends(place, guest, id, "rejected", "voided");
    expect(order.end).toEqual({ reason: "item-unavailable", detail: "The clams are off.", by: "board" });
    await until(
      () => place.stock(),
      ({ clams }) => clams === 3,
    );
  });

  test("that does not answer in time loses the order, and the customer is told", async () => {
    const place = await Restaurant.open(harness, { answerWithin: "PT2S" });
    const guest = await place.guest();
    const { id } = await place.place(guest);
    await place.ticket(id);
    const order = await ends(place, guest, id, "cancelled", "voided");
    expect(order.end).toMatchObject({
      reason: "no-answer",
      by: "timer",
      detail: expect.stringContaining("did not answer"),
    });
    await place.ticket(id, "withdrawn");
    const late = await place.ask(place.staff, "POST", `/v1/venues/${place.venue}/kitchen/tickets/${id}/accept`, {
      body: {},
    });
    expect(late.status).toBe(409);
  });
});
