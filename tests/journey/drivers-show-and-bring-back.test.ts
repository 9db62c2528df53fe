import { afterAll, beforeAll, expect, test } from "vitest";
import { proofHeader } from "../../contracts/delivery-routes.ts";
import { jpeg } from "../../domain/delivery/photo-for-tests.ts";
import { photoIn } from "../../domain/delivery/photo.ts";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const withPlace = { beside: [0xff, 0xe1, 0x00, 0x08, ...Buffer.from("GPS52N")] };
const shot = (bytes = 2_000) => Buffer.from(jpeg({ width: 640, height: 480, bytes, ...withPlace }));

/** A delivery the driver has picked up. */
async function underWay(place: Restaurant, guest: Person, driver: DriverPhone): Promise<string> {
  const customer = { name: "Ada", phone: "+4915112345678", email: null };
  const { id } = await place.place(guest, { fulfilment: "delivery", customer });
  await place.cook(id, "accept", "start", "ready");
  await driver.take(id);
  await driver.press(id, "pickup");
  return id;
}

async function photoOf(place: Restaurant, who: Person, id: string) {
  const headers = { authorization: `Bearer ${who.token}` };
  const response = await fetch(`${harness.baseUrl}/v1/orders/${id}/proof`, { headers });
  const { status } = response;
  return { status, type: response.headers.get("content-type"), bytes: new Uint8Array(await response.arrayBuffer()) };
}

test.concurrent("a photo shows the hand-over to whom it concerns, until the customer's data are erased", async () => {
  const [place, rival] = await Promise.all([Restaurant.open(harness), Restaurant.open(harness)]);
  const [guest, other] = await Promise.all([place.guest(), place.guest()]);
  const driver = await DriverPhone.onShift(place, "Bob");
  const id = await underWay(place, guest, driver);

  const stranger = await place.client("driver", { driver: "eve" });
  const path = `/v1/deliveries/${id}/deliver`;
  const body = { photo: shot().toString("base64") };
  expect((await place.ask(stranger, "POST", path, { body })).status).toBe(404);
  expect((await rival.ask(rival.staff, "POST", path, { body })).status).toBe(404);
  expect((await place.ask(guest, "POST", path, { body })).status).toBe(403);
  for (const [photo, status] of [
    [Buffer.from("<svg onload=alert(1)>").toString("base64"), 422],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString("base64"), 422],
    [shot().subarray(0, 90).toString("base64"), 422],
    [shot(210_000).toString("base64"), 422],
    [shot(400_000).toString("base64"), 413],
    ["%%%", 422],
  ] as const) {
    expect((await driver.try(id, "deliver", { photo })).status).toBe(status);
  }
  expect((await driver.try(id, "deliver", { ...body, pin: "1" })).status).toBe(422);
  expect((await driver.try(id, "deliver", {})).status).toBe(422);
  expect((await photoOf(place, guest, id)).status).toBe(404);
  // That a photo was put by, only the front door says.
  const forged = {
    authorization: `Bearer ${driver.person.token}`,
    "content-type": "application/json",
    "idempotency-key": `forged-${id}`,
    [proofHeader]: "0".repeat(64),
  };
  expect((await fetch(harness.baseUrl + path, { method: "POST", headers: forged, body: "{}" })).status).toBe(422);

  // The largest there may be; sent again under its key it is answered the same.
  const large = { photo: shot(200 * 1_024 - 200).toString("base64") };
  const [first, again] = [0, 1].map(() => place.ask(driver.person, "POST", path, { body: large, key: `photo-${id}` }));
  expect([(await first)?.status, (await again)?.status]).toEqual([200, 200]);
  expect((await place.reaches(guest, id, "delivered")).delivery?.proof).toBe("photo");
  for (const who of [guest, place.staff, place.admin]) {
    const seen = await photoOf(place, who, id);
    expect(seen).toMatchObject({ status: 200, type: "image/jpeg" });
    expect(Buffer.from(seen.bytes).includes("GPS52N")).toBe(false);
    expect(photoIn(seen.bytes)).toMatchObject({ width: 640, height: 480 });
  }
  for (const who of [other, rival.admin, rival.staff]) expect((await photoOf(place, who, id)).status).toBe(404);
  expect((await photoOf(place, driver.person, id)).status).toBe(403);

  const { DB } = await harness.worker("ordering").getEnv();
  await until(
    () => place.line(guest, id),
    (line) => line?.status === "delivered",
  );
  await DB.prepare("UPDATE orders SET updated_at = 1 WHERE id = ?").bind(id).run();
  await harness.worker("ordering").scheduled({ cron: "* * * * *", scheduledTime: new Date() });
  await until(
    () => photoOf(place, place.admin, id),
    ({ status }) => status === 404,
  );
});

test.concurrent("what cannot be handed over comes back, the crew sees it coming, and nobody is called any more", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const driver = await DriverPhone.onShift(place, "Bob");
  const id = await underWay(place, guest, driver);
  expect((await driver.me()).tasks[0]?.dropoff.phone).toBe("+4915112345678");
  await driver.press(id, "fail", { reason: "nobody-there", detail: "Rang twice.", returning: true });
  const failed = await place.reaches(guest, id, "failed");
  expect(failed).toMatchObject({ end: { reason: "delivery-failed" }, delivery: { food: "returning" } });
  const [task] = (await driver.me()).tasks;
  expect(task).toMatchObject({ stage: "returning", pickup: { name: "Tasca" } });
  expect(task?.dropoff.phone).toBeUndefined();
  const ticket = await until(
    async () => (await place.tickets()).find(({ order }) => order === id),
    (found) => found?.food !== undefined,
  );
  expect(ticket?.food).toMatchObject({ driver: "Bob", backAt: null });
  expect((await place.ask(driver.person, "POST", "/v1/drivers/me/shift", { body: { on: false } })).status).toBe(409);
  expect((await driver.try(id, "deliver", { pin: "1" })).status).toBe(409);

  await driver.press(id, "returned");
  await driver.press(id, "returned");
  expect((await driver.me()).tasks).toEqual([]);
  await until(
    () => place.order(guest, id),
    ({ delivery, payment }) => delivery?.food === "returned" && payment?.status === "refunded",
  );
  const delivery = JSON.parse((await place.ask(place.staff, "GET", `/v1/deliveries/${id}`)).text);
  expect(delivery).toMatchObject({ status: "returned", open: false });

  // Where the driver has not said so, the crew can; and without the food coming back all is as it ever was.
  const forgotten = await underWay(place, guest, driver);
  await driver.press(forgotten, "fail", { reason: "refused", returning: true });
  expect((await place.ask(place.staff, "POST", `/v1/deliveries/${forgotten}/returned`, { body: {} })).status).toBe(200);
  const lost = await underWay(place, guest, driver);
  await driver.press(lost, "fail", { reason: "accident" });
  expect((await driver.me()).tasks).toEqual([]);
  expect((await driver.try(lost, "returned")).status).toBe(409);
});
