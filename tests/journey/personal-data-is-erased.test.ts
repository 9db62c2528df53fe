import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHarness, type Harness } from "../harness.ts";
import { brokenAt } from "../../workers/shared/storage.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

const day = 24 * 3_600_000;
const marks = /Zebedee|4915199999999|zebedee@marker\.example|no onions|bell/;
const marked = {
  customer: { name: "Zebedee Marker", phone: "+4915199999999", email: "zebedee@marker.example" },
  note: "no onions, ring the bell",
};

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** The cron, on the day an order ended so many days ago. */
async function afterDays(days: number, order: string): Promise<void> {
  const { DB } = await harness.worker("ordering").getEnv();
  await DB.prepare("UPDATE orders SET updated_at = ? WHERE id = ?")
    .bind(Date.now() - days * day, order)
    .run();
  await harness.worker("ordering").scheduled({ cron: "* * * * *", scheduledTime: new Date() });
}

describe("a customer's data", () => {
  test("are erased when the tenant's days are over, and what is no person's is kept, with a log that is whole", async () => {
    const place = await Restaurant.open(harness);
    await place.ask(place.admin, "PUT", "/v1/tenant/settings", { body: { keepPersonalData: 30 } });
    const guest = await place.guest();
    const { id, bill } = await place.place(guest, marked);
    await place.cook(id, "accept", "start", "ready", "handover");
    await place.reaches(guest, id, "collected");
    await until(
      () => place.line(guest, id),
      (line) => line?.status === "collected",
    );
    const before = await place.events(place.admin, id);

    await afterDays(29, id);
    expect((await place.order(guest, id)).customer?.name).toBe("Zebedee Marker");

    await afterDays(31, id);
    const order = await until(
      () => place.order(place.admin, id),
      ({ customer }) => customer === null,
    );
    const events = await place.events(place.admin, id);
    expect(JSON.stringify([order, events])).not.toMatch(marks);
    expect(JSON.stringify([order, events])).not.toContain(guest.subject);
    expect(order).toMatchObject({ status: "collected", bill: { total: bill?.total }, payment: { status: "captured" } });
    expect(brokenAt(events)).toBeNull();
    expect(events.slice(0, -1).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    expect(events.at(-1)?.type).toBe("erased");
    // It is nobody's any more.
    expect((await place.ask(guest, "GET", `/v1/orders/${id}`)).status).toBe(404);
    expect(await place.line(guest, id)).toBeNull();
    const { length } = events;
    await afterDays(32, id);
    expect(await place.events(place.admin, id)).toHaveLength(length);
  });

  test("of an order that is not over stay, however old it is", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, marked);
    await place.reaches(guest, id, "sent");
    await afterDays(400, id);
    expect((await place.order(guest, id)).customer?.name).toBe("Zebedee Marker");
  });
});

describe("an order's data that its customer wants gone", () => {
  test("are erased at an admin's word, at once and for good, which is on record", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, marked);
    const erase = (who: Person) => place.ask(who, "DELETE", `/v1/orders/${id}/personal-data`);
    expect((await erase(place.admin)).status).toBe(409);
    await place.cook(id, "accept", "start", "ready", "handover");
    await place.reaches(guest, id, "collected");
    const venueAdmin = await place.client("admin", { venues: [place.venue] });
    const stranger = await Restaurant.open(harness);
    const refused = [
      await erase(place.staff),
      await erase(guest),
      await erase(venueAdmin),
      await erase(stranger.admin),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 404]);
    // As long as anybody is still to be told of it, it is too early.
    await until(
      () => erase(place.admin),
      ({ status }) => status === 204,
    );
    expect((await erase(place.admin)).status).toBe(204);
    const [order, events] = [await place.order(place.admin, id), await place.events(place.admin, id)];
    expect(JSON.stringify([order, events])).not.toMatch(marks);
    expect(brokenAt(events)).toBeNull();
    expect(events.filter(({ type }) => type === "erased")).toHaveLength(1);
    expect((await place.ask(guest, "GET", `/v1/orders/${id}`)).status).toBe(404);
    expect(await place.line(guest, id)).toBeNull();
    const storage = await harness
      .worker("ordering")
      .getDurableObjectStorage("ORDER", { name: `${place.tenant}/${id}` });
    for (const table of ["events", "state", "answers", "outbox", "effects"]) {
      expect(JSON.stringify(await storage.exec(`SELECT * FROM ${table}`))).not.toMatch(marks);
    }
    const acts = await place.ask(place.admin, "GET", "/v1/audit");
    expect(acts.text).toContain(`/v1/orders/${id}/personal-data`);
  });
});
