import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { OrderView } from "../../contracts/order.ts";
import { exportedLog } from "../../domain/order/logged-event.ts";
import { verifyLog } from "../../scripts/comanda/exported-log.ts";
import { seed } from "../../scripts/seed.ts";
import { operator, startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends, isListed } from "./endings.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe.concurrent("an order", () => {
  test("for pickup is placed, paid, cooked and collected, and all see it", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const placed = await place.place(guest, { note: "No coriander." });
    expect(placed).toMatchObject({ status: "placed", payment: { status: "authorising", amount: 350 } });
    const ticket = await place.ticket(placed.id);
    expect(ticket).toMatchObject({ customer: "Ada", note: "No coriander.", code: placed.code });
    await place.press(placed.id, "seen");
    await until(
      () => place.order(guest, placed.id),
      (order) => order.seenAt !== null,
    );
    await place.press(placed.id, "accept", { prepMinutes: 12 });
    const accepted = await place.reaches(guest, placed.id, "accepted");
    expect(Date.parse(accepted.readyAt ?? "") - Date.now()).toBeGreaterThan(11 * 60_000);
    for (const button of ["start", "ready", "handover"]) await place.press(placed.id, button);
    const order = await ends(place, guest, placed.id, "collected", "captured");
    await isListed(place, guest, order);
    expect(order.timeline.map(({ type }) => type).filter((type) => !type.startsWith("payment"))).toEqual([
      "opened", "lines-changed", "placed", "sent", "seen", "accepted", "preparing", "ready", "collected",
    ]); // prettier-ignore
  });

  test("that has ended can be looked at as it was after each of its events, and its exported log verifies", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id, tenant } = await place.place(guest);
    await place.cook(id, "accept", "start", "ready", "handover");
    const { seq } = await ends(place, guest, id, "collected", "captured");
    const at = (number: number | string) => place.ask(guest, "GET", `/v1/orders/${id}?at=${number}`);
    const statuses: string[] = [];
    for (let number = 1; number <= seq; number += 1) {
      const was = OrderView.parse(JSON.parse((await at(number)).text));
      expect(was.seq).toBe(number);
      if (statuses.at(-1) !== was.status) statuses.push(was.status);
    }
    expect(statuses).toEqual(["basket", "placed", "sent", "accepted", "preparing", "ready", "collected"]);
    expect((await at(seq)).text).toBe((await place.ask(guest, "GET", `/v1/orders/${id}`)).text);
    expect([(await at(seq + 1)).status, (await at(0)).status, (await at("x")).status]).toEqual([422, 422, 422]);
    expect((await place.ask(await place.guest(), "GET", `/v1/orders/${id}?at=1`)).status).toBe(404);
    const log = exportedLog({ tenant, id }, await place.events(place.admin, id));
    expect(verifyLog(log)).toEqual({ whole: true, order: id, events: seq });
  });

  test("for delivery is brought by a driver, who is told the PIN by the customer", async () => {
    const place = await Restaurant.open(harness);
    const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Bob")]);
    const order = () => place.order(guest, placed.id);
    const me = () => driver.me();
    const placed = await place.place(guest, { fulfilment: "delivery" });
    const pin = placed.delivery?.pin ?? "";
    expect([placed.bill?.total, pin]).toEqual([640, expect.stringMatching(/^\d{4}$/)]);
    await place.cook(placed.id, "accept");
    await driver.take(placed.id);
    await until(order, ({ delivery }) => delivery?.driver?.name === "Bob");

    await place.press(placed.id, "ready");
    await until(me, ({ tasks }) => tasks[0]?.ready === true);
    await place.press(placed.id, "recall", { prepMinutes: 7 });
    await until(me, ({ tasks }) => tasks[0]?.ready === false && Date.parse(tasks[0].readyAt) > Date.now() + 6 * 60_000);
    await place.reaches(guest, placed.id, "preparing");
    await place.press(placed.id, "ready");
    await driver.press(placed.id, "arrive");
    await until(order, ({ delivery }) => delivery?.atVenue === true);
    await driver.press(placed.id, "pickup");
    await place.reaches(guest, placed.id, "out-for-delivery");
    expect((await place.cancel(guest, placed.id)).status).toBe(409);
    const wrong = pin === "0000" ? "0001" : "0000";
    expect((await driver.try(placed.id, "deliver", { pin: wrong })).status).toBe(422);
    await driver.press(placed.id, "deliver", { pin });
    const ended = await ends(place, guest, placed.id, "delivered", "captured");
    expect(ended.delivery).toMatchObject({ driver: { name: "Bob" }, pin: null });
    expect((await place.tickets()).find(({ order: id }) => id === placed.id)).toMatchObject({ open: false });
  });

  test("that the first driver does not take goes to the next", async () => {
    const place = await Restaurant.open(harness);
    const zone = { body: { offer: 1 } };
    expect((await place.ask(place.admin, "PUT", "/v1/zones/main/settings", zone)).status).toBe(200);
    const [guest, ...drivers] = await Promise.all([
      place.guest(),
      DriverPhone.onShift(place, "Ann"),
      DriverPhone.onShift(place, "Bea"),
      DriverPhone.onShift(place, "Cy"),
    ]);
    const { id, delivery } = await place.place(guest, { fulfilment: "delivery" });
    await place.cook(id, "accept", "ready");
    const asked = async (but: readonly DriverPhone[]) => {
      const look = () =>
        Promise.all(drivers.filter((one) => !but.includes(one)).map(async (one) => ({ one, me: await one.me() })));
      const found = await until(look, (all) => all.some(({ me }) => me.offer?.order === id));
      const [next] = found.filter(({ me }) => me.offer?.order === id);
      if (next === undefined) throw new Error("nobody asked");
      return next.one;
    };
    const first = await asked([]);
    await first.press(id, "decline");
    const second = await asked([first]);
    // The second says nothing.
    const third = await asked([first, second]);
    expect((await second.try(id, "accept")).status).toBe(409);
    for (const button of ["accept", "arrive", "pickup"]) await third.press(id, button);
    await third.press(id, "deliver", { pin: delivery?.pin ?? "" });
    await ends(place, guest, id, "delivered", "captured");
  });

  test("that the driver cannot hand over fails and is paid back", async () => {
    const place = await Restaurant.open(harness);
    const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Eve")]);
    const { id } = await place.place(guest, { fulfilment: "delivery" });
    await place.cook(id, "accept", "ready");
    await driver.take(id);
    await driver.press(id, "pickup");
    await driver.press(id, "fail", { reason: "nobody-there" });
    const order = await ends(place, guest, id, "failed", "refunded");
    expect(order.end).toMatchObject({ reason: "delivery-failed", by: "zone" });
    await isListed(place, guest, order);
  });

  test("for later is sent to the kitchen at its time and not before", async () => {
    const place = await Restaurant.open(harness, { preparation: "PT1S", answerWithin: "PT5S" });
    const guest = await place.guest();
    const due = Date.now() + 9_000;
    const { id } = await place.place(guest, { requestedFor: new Date(due).toISOString() });
    await place.reaches(guest, id, "scheduled");
    expect(await place.tickets()).toEqual([]);
    const sent = await place.reaches(guest, id, "sent");
    const sentAt = Date.parse(sent.timeline.find(({ type }) => type === "sent")?.at ?? "");
    expect(sentAt - (due - 6_000)).toBeGreaterThanOrEqual(0);
    expect(sentAt - (due - 6_000)).toBeLessThan(10_000);
    const ticket = await place.ticket(id);
    expect(Date.parse(ticket.suggestedReadyAt)).toBe(due);
    await place.cook(id, "accept", "ready", "handover");
    await ends(place, guest, id, "collected", "captured");
  });

  test("with nothing to pay needs no card's word", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { lines: [{ item: "bread", quantity: 2 }] });
    await place.cook(id, "accept", "ready", "handover");
    await ends(place, guest, id, "collected", "captured at the door");
  });

  test("in cash goes to the kitchen at once", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const order = await place.place(guest, { payment: "cash" });
    expect(order.status).toBe("sent");
    await place.cancel(guest, order.id);
    await ends(place, guest, order.id, "cancelled", "voided at the door");
  });
});

describe.concurrent("a basket", () => {
  test("is filled line by line, placed, and seen by nobody before", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const opened = await place.ask(guest, "POST", "/v1/orders", { body: { venue: place.venue } });
    expect(opened.status).toBe(201);
    const { id, status } = OrderView.parse(JSON.parse(opened.text));
    expect([status, opened.headers.get("location")]).toEqual(["basket", `/v1/orders/${id}`]);
    const lines = (item: string, quantity = 1) => ({ body: { lines: [{ item, quantity }] } });
    const { checkout } = place.wanted();
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: checkout })).status, "empty").toBe(422);
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/lines`, lines("soup", 2))).status).toBe(200);
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/lines`, lines("nothing"))).status).toBe(422);
    expect((await place.ask(guest, "PUT", `/v1/orders/${id}/lines`, lines("soup", 3))).status).toBe(200);
    const add = { ...lines("clams"), key: randomUUID() };
    const twice = [
      await place.ask(guest, "POST", `/v1/orders/${id}/lines`, add),
      await place.ask(guest, "POST", `/v1/orders/${id}/lines`, add),
    ];
    expect(twice[1]?.text).toBe(twice[0]?.text);
    expect((await place.order(guest, id)).lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ["soup", 3],
      ["clams", 1],
    ]);
    expect((await place.ask(place.staff, "GET", `/v1/orders/${id}`)).status, "nobody else's business").toBe(404);

    const key = randomUUID();
    const placed = await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: checkout, key });
    expect(placed.status).toBe(200);
    expect(JSON.parse(placed.text)).toMatchObject({ status: "placed", bill: { total: 2_440 } });
    const again = await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: checkout, key });
    expect([again.text, again.headers.get("idempotent-replayed")]).toEqual([placed.text, "true"]);
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: checkout })).status).toBe(409);
    expect((await place.ask(guest, "PUT", `/v1/orders/${id}/lines`, lines("soup"))).status).toBe(409);
    await place.cook(id, "accept", "ready", "handover");
    await ends(place, guest, id, "collected", "captured");
  });

  test("at the counter is filled and placed by staff", async () => {
    const place = await Restaurant.open(harness);
    const opened = await place.ask(place.staff, "POST", "/v1/orders", { body: { venue: place.venue } });
    const { id } = OrderView.parse(JSON.parse(opened.text));
    const body = { lines: [{ item: "soup", quantity: 1 }] };
    expect((await place.ask(place.staff, "POST", `/v1/orders/${id}/lines`, { body })).status).toBe(200);
    expect((await place.ask(place.admin, "GET", `/v1/orders/${id}`)).status).toBe(404);
    const cash = place.wanted({ payment: "cash" }).checkout;
    expect((await place.ask(place.staff, "POST", `/v1/orders/${id}/place`, { body: cash })).status).toBe(200);
    expect((await place.ask(place.admin, "GET", `/v1/orders/${id}`)).status).toBe(200);
  });
});

test.concurrent("the demo's own restaurants sell from the first moment", async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "comanda-journey-"));
  try {
    const { clients } = await seed({ baseUrl: harness.baseUrl, operator, stateDir, log: () => {} });
    expect(Object.keys(clients)).toEqual(["admin", "staff", "driver", "provider"]);
    const known = await fetch(`${harness.baseUrl}/v1/tenants/demo/venues`);
    const { venues } = z
      .object({ venues: z.array(z.object({ id: z.string(), menuVersion: z.int() })) })
      .parse(await known.json());
    expect(venues.map(({ id }) => id)).toEqual(["demo-1", "demo-2", "demo-3"]);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
});
