import { afterAll, beforeAll, expect, test } from "vitest";
import { DispatchView } from "../../contracts/dispatch.ts";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** A venue in the zone `north`, where nobody is on shift, beside `main`. */
async function atTheBorder(): Promise<{ place: Restaurant; guest: Person }> {
  const place = await Restaurant.open(harness, { zone: "north" });
  const path = "/v1/zones/north/settings";
  const body = { neighbours: ["main"] };
  expect((await place.ask(place.admin, "PUT", path, { body: { neighbours: ["north"] } })).status).toBe(422);
  expect((await place.ask(place.staff, "PUT", path, { body })).status).toBe(403);
  expect((await place.ask(place.admin, "PUT", path, { body })).status).toBe(200);
  const settings = JSON.parse((await place.ask(place.admin, "GET", path)).text);
  expect(settings).toMatchObject({ neighbours: ["main"], reach: 600 });
  return { place, guest: await place.guest() };
}

async function dispatch(place: Restaurant, zone: string): Promise<DispatchView> {
  return DispatchView.parse(JSON.parse((await place.ask(place.staff, "GET", `/v1/zones/${zone}/dispatch`)).text));
}

async function wanted(place: Restaurant, guest: Person): Promise<string> {
  const { id } = await place.place(guest, { fulfilment: "delivery" });
  await place.cook(id, "accept", "start", "ready");
  return id;
}

test.concurrent("an order nobody of its zone can bring is brought by a neighbour's driver, who is back then", async () => {
  const { place, guest } = await atTheBorder();
  // Another tenant has zones of the same names, and somebody with nothing to do.
  const rival = await Restaurant.open(harness, {});
  const stranger = await DriverPhone.onShift(rival, "Eve");
  const driver = await DriverPhone.onShift(place, "Bob");
  const id = await wanted(place, guest);

  const { offer } = await until(
    () => driver.me(),
    (me) => me.offer?.order === id,
  );
  expect(offer).toMatchObject({ venue: place.venue, pickup: { name: "Tasca" } });
  const bob = { id: driver.person.subject, name: "Bob" };
  expect((await dispatch(place, "main")).drivers).toMatchObject([{ ...bob, lentTo: { zone: "north", order: id } }]);
  expect((await dispatch(place, "north")).drivers).toMatchObject([{ ...bob, borrowedFrom: "main", deliveries: [id] }]);
  expect((await dispatch(place, "north")).deliveries).toMatchObject([{ order: id, why: "asked" }]);

  // The zone goes on where it was after it has lost its memory, and so does his own.
  for (const zone of ["north", "main"]) {
    await harness.worker("delivery").evictDurableObject("ZONE", { name: `${place.tenant}/${zone}` });
  }
  await driver.press(id, "accept");
  await driver.press(id, "arrive");
  await driver.press(id, "pickup");
  const here = { lat: 52.5402, lng: 13.4093 };
  expect((await place.ask(driver.person, "POST", "/v1/drivers/me/position", { body: here })).status).toBe(204);
  const seen = await until(
    async () => JSON.parse((await place.ask(guest, "GET", `/v1/deliveries/${id}`)).text),
    ({ position }) => Math.abs((position?.lat ?? 0) - here.lat) < 1e-3,
  );
  expect(seen).toMatchObject({ status: "picked-up", driver: { name: "Bob" } });
  expect((await place.ask(driver.person, "POST", "/v1/drivers/me/shift", { body: { on: false } })).status).toBe(409);

  const pin = (await place.order(guest, id)).delivery?.pin ?? "";
  expect((await driver.try(id, "deliver", { pin: pin === "0000" ? "1111" : "0000" })).status).toBe(422);
  const path = `/v1/deliveries/${id}/deliver`;
  for (const _ of ["first", "again"]) {
    expect((await place.ask(driver.person, "POST", path, { body: { pin }, key: `deliver-${id}` })).status).toBe(200);
  }
  await place.reaches(guest, id, "delivered");
  expect((await driver.me()).tasks).toEqual([]);
  const main = await until(
    () => dispatch(place, "main"),
    ({ drivers }) => drivers.every(({ lentTo }) => lentTo === undefined),
  );
  expect(main.drivers).toMatchObject([{ ...bob, deliveries: [] }]);
  expect((await dispatch(place, "north")).drivers).toEqual([]);
  expect((await stranger.me()).offer).toBeNull();
});

test.concurrent("who declines, or goes off shift, is back at once, and the order waits for somebody else", async () => {
  const { place, guest } = await atTheBorder();
  const [ada, bob] = [await DriverPhone.onShift(place, "Ada"), await DriverPhone.onShift(place, "Bob")];
  const id = await wanted(place, guest);
  const asked = async (phones: readonly DriverPhone[]): Promise<DriverPhone> => {
    const who = async () => {
      for (const phone of phones) if ((await phone.me()).offer?.order === id) return phone;
      return null;
    };
    const phone = await until(who, (found) => found !== null);
    if (phone === null) throw new Error("nobody is asked");
    return phone;
  };
  const first = await asked([ada, bob]);
  await first.press(id, "decline");
  expect((await first.try(id, "accept")).status).toBe(409);
  const back = await until(
    () => dispatch(place, "main"),
    ({ drivers }) => drivers.every(({ lentTo }) => lentTo === undefined),
  );
  expect(back.drivers.map(({ deliveries }) => deliveries)).toEqual([[], []]);
  const waiting = await dispatch(place, "north");
  expect(waiting).toMatchObject({ drivers: [], deliveries: [{ order: id, why: "neighbours-asked" }] });

  // Neighbours are asked again after a while; a new order is asked for at once.
  const next = await wanted(place, guest);
  const lent = await until(
    () => dispatch(place, "north"),
    ({ drivers }) => drivers.length > 0,
  );
  expect(lent.deliveries.find(({ order }) => order === next)).toMatchObject({ why: "asked" });
  const second = (await ada.me()).offer?.order === next ? ada : bob;
  const off = await place.ask(second.person, "POST", "/v1/drivers/me/shift", { body: { on: false } });
  expect(off.status).toBe(200);
  const gone = await until(
    () => dispatch(place, "north"),
    ({ drivers }) => drivers.length === 0,
  );
  expect(gone.deliveries.map(({ status }) => status)).toEqual(["waiting", "waiting"]);
  expect((await second.me()).offer).toBeNull();
  expect((await dispatch(place, "main")).drivers).toHaveLength(1);
});
