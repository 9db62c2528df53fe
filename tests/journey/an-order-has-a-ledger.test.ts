import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Ledger, type Hop } from "../../contracts/ledger.ts";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends } from "./endings.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ mains: { kitchen: join(import.meta.dirname, "../fixtures/choking/kitchen.ts") } });
});
afterAll(() => harness.stop());

async function ledgerOf(place: Restaurant, who: Person, order: string): Promise<Ledger> {
  const reply = await place.ask(who, "GET", `/v1/orders/${order}/ledger`);
  if (reply.status !== 200) throw new Error(`ledger: ${reply.status} ${reply.text}`);
  return Ledger.parse(JSON.parse(reply.text));
}

/** The ledger once everything is acknowledged but what the read model takes its time for. */
function settled(place: Restaurant, order: string): Promise<Ledger> {
  return until(
    () => ledgerOf(place, place.staff, order),
    ({ facts }) => facts.every(({ to, acknowledged }) => to.startsWith("outlet/") || acknowledged === true),
    30_000,
  );
}

const brief = ({ type }: Hop): string => (type ?? "").replace(/^comanda\.(.*)\.v1$/, "$1");

test.concurrent("every fact and call of a delivery stands in its ledger, hop by hop, with its times and what came of it", async () => {
  const place = await Restaurant.open(harness);
  const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Lea")]);
  const wanted = { fulfilment: "delivery", lines: [{ item: "clams", quantity: 1 }] } as const;
  const { id, delivery } = await place.place(guest, wanted);
  await place.cook(id, "accept", "start", "ready");
  await driver.take(id);
  for (const button of ["arrive", "pickup"]) await driver.press(id, button);
  await driver.press(id, "deliver", { pin: delivery?.pin ?? "" });
  await ends(place, guest, id, "delivered", "captured");
  const ledger = await settled(place, id);
  const [order, board, zone] = [
    `order/${place.tenant}/${id}`,
    `board/${place.tenant}/${place.venue}`,
    `zone/${place.tenant}/main`,
  ];
  const between = (from: string, to: string): string[] =>
    ledger.facts.filter((fact) => fact.from === from && fact.to === to).map(brief);
  expect(between(order, board)).toEqual([
    "order.sent", "order.driver-changed", "order.driver-changed", "order.driver-changed", "order.driver-changed",
  ]); // prettier-ignore
  expect(between(board, order)).toEqual(expect.arrayContaining(["ticket.accepted", "ticket.started", "ticket.ready"]));
  expect(between(order, zone)).toEqual(["delivery.requested", "delivery.ready-changed"]);
  // When it is to be expected is told as often as it changes.
  expect(between(zone, order).filter((type) => type !== "delivery.foreseen")).toEqual([
    "delivery.assigned", "delivery.arrived", "delivery.picked-up", "delivery.delivered",
  ]); // prettier-ignore
  expect(between(zone, `driver/${place.tenant}/${driver.person.subject}`)).toEqual(
    expect.arrayContaining(["driver.offered", "driver.assigned", "driver.task-ended"]),
  );
  expect(between(order, `venue/${place.tenant}/${place.venue}`)).toEqual(["reservation.kept"]);

  const sent = ledger.facts.find((fact) => brief(fact) === "order.sent");
  expect(sent).toMatchObject({ sequence: 1, way: "queue", applied: "yes", effect: ["received"], letter: null });
  for (const fact of ledger.facts.filter(({ appliedAt }) => appliedAt !== null)) {
    expect(fact.applied).toBe("yes");
    expect(fact.sent[0]).toEqual({ at: fact.writtenAt, how: "first" });
    expect(fact.handOffMs, fact.id).toBeGreaterThanOrEqual(0);
    expect(fact.handOffMs, fact.id).toBeLessThan(15_000);
    expect(Date.parse(fact.appliedAt ?? "") - Date.parse(fact.writtenAt ?? "")).toBe(fact.handOffMs);
  }
  expect(ledger.calls).toMatchObject([
    { key: `${id}/authorise`, kind: "authorise", attempts: 1, outcome: "recorded", effect: expect.arrayContaining(["payment-authorised"]) },
    { key: `${id}/capture`, kind: "capture", attempts: 1, outcome: "recorded", effect: ["payment-captured"] },
  ]); // prettier-ignore
  expect(ledger.unknown).toEqual([]);
  expect(ledger.seq).toBe((await place.events(place.staff, id)).length);
  const { costs } = ledger;
  expect(costs.commands).toEqual({ count: 1, how: "counted" });
  expect(costs.outsideRequests).toEqual({ count: 2, how: "counted" });
  expect(costs.queueOperations.count).toBe(3 * (costs.queueMessages.count + costs.acknowledgements.count));
  expect(costs.queueMessages.count).toBeGreaterThanOrEqual(10);
  expect(costs.rowsWritten.count).toBeGreaterThan(costs.events.count);
  expect(ledger.look.actors).toBeGreaterThanOrEqual(5);
});

test.concurrent("a fact that has died shows how often it was sent, when, and its letter; a call that fails its error", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const { id } = await place.place(guest, { note: "bone" });
  const dead = await until(
    () => ledgerOf(place, place.admin, id),
    ({ facts }) => facts.some(({ letter, sent }) => letter !== null && sent.length > 2),
    40_000,
  );
  const fact = dead.facts.find(({ letter }) => letter !== null);
  expect(fact).toMatchObject({ type: "comanda.order.sent.v1", applied: "no", appliedAt: null, acknowledged: false });
  expect(fact?.letter).toMatchObject({ state: "open", error: "Error: choked on a bone" });
  // It was sent at once, then again after a while, then after twice that.
  const [first = 0, second = 0, third = 0] = fact?.sent.map(({ at }) => Date.parse(at)) ?? [];
  expect(fact?.sent.map(({ how }) => how).slice(0, 3)).toEqual(["first", "again", "again"]);
  expect(second - first).toBeGreaterThanOrEqual(1_900);
  expect(third - second).toBeGreaterThanOrEqual(1.5 * (second - first));

  await place.faults({ errorRate: 1 });
  await place.cancel(place.staff, id, { reason: "too-busy" });
  const failing = await until(
    () => ledgerOf(place, place.admin, id),
    ({ calls }) => calls.some(({ kind, attempts }) => kind === "void" && (attempts ?? 0) > 1),
  );
  expect(failing.calls.find(({ kind }) => kind === "void")).toMatchObject({ outcome: "owed", endedAt: null });
  expect(failing.calls.find(({ kind }) => kind === "void")?.error).not.toBeNull();
  await place.faults();
  await ends(place, guest, id, "cancelled", "voided", 30_000);
  const over = await ledgerOf(place, place.admin, id);
  const voided = over.calls.find(({ kind }) => kind === "void");
  expect(voided).toMatchObject({ outcome: "recorded", effect: ["payment-voided"], nextAt: null, error: null });
  expect(voided?.attempts).toBeGreaterThan(2);
});

test.concurrent("a ledger is for the venue's crew, and looking at it changes nothing", async () => {
  const [place, elsewhere] = await Promise.all([Restaurant.open(harness), Restaurant.open(harness)]);
  const guest = await place.guest();
  const { id } = await place.place(guest, { payment: "cash" });
  await place.cook(id, "accept");
  await settled(place, id);
  expect((await place.ask(guest, "GET", `/v1/orders/${id}/ledger`)).status).toBe(403);
  expect((await elsewhere.ask(elsewhere.admin, "GET", `/v1/orders/${id}/ledger`)).status).toBe(404);
  const branch = `${place.venue}-b`;
  const opened = {
    name: "Branch",
    timeZone: "Europe/Berlin",
    address: "Somewhere 1, Berlin",
    point: null,
    deliveryFee: 0,
  };
  expect((await place.ask(place.admin, "PUT", `/v1/venues/${branch}`, { body: opened })).status).toBe(200);
  const far = await place.client("staff", { venues: [branch] });
  expect((await place.ask(far, "GET", `/v1/orders/${id}/ledger`)).status).toBe(404);
  const before = await ledgerOf(place, place.staff, id);
  await wait(100);
  expect(await ledgerOf(place, place.staff, id)).toEqual(before);
});

test.concurrent("an order is seen as it was at any of its events, and at nothing that is no event of it", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const { id } = await place.place(guest, { payment: "cash" });
  await place.cook(id, "accept", "start", "ready", "handover");
  await place.reaches(guest, id, "collected");
  const events = await place.events(guest, id);
  for (const { seq } of events) {
    const reply = await place.ask(guest, "GET", `/v1/orders/${id}?at=${seq}`);
    expect(JSON.parse(reply.text)).toMatchObject({ seq, timeline: { length: seq } });
  }
  const at = async (text: string): Promise<number> =>
    (await place.ask(guest, "GET", `/v1/orders/${id}?at=${text}`)).status;
  for (const text of ["0", "-1", "", "%20", "1.5", "1e1", "0x1", "+1", "٣", "NaN", "9007199254740993", "1&at=2"]) {
    expect(await at(text), text).toBe(422);
  }
  const beyond = await place.ask(guest, "GET", `/v1/orders/${id}?at=${events.length + 1}`);
  expect(beyond).toMatchObject({ status: 422, text: expect.stringContaining('"/query/at"') });
  expect((await place.ask(await place.guest(), "GET", `/v1/orders/${id}?at=1`)).status).toBe(404);
});
