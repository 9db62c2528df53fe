import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends, isListed } from "./endings.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

/** Each message of the life may have to be sent several times, 2 s, 4 s and 8 s apart. */
const patience = 120_000;
const unreliable = join(import.meta.dirname, "../fixtures/unreliable");

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    mains: {
      ordering: join(unreliable, "ordering.ts"),
      kitchen: join(unreliable, "kitchen.ts"),
      delivery: join(unreliable, "delivery.ts"),
    },
  });
});
afterAll(() => harness.stop());

const queues = "through queues that lose, double, delay and reorder messages";

test.concurrent(`orders for pickup end as they should ${queues}`, async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const endings = ["collected", "rejected", "cancelled", "collected", "rejected", "cancelled"] as const;
  await Promise.all(
    endings.map(async (ending) => {
      const { id } = await place.place(guest);
      await until(
        () => place.tickets(),
        (tickets) => tickets.some(({ order }) => order === id),
        patience,
      );
      if (ending === "rejected") {
        await place.press(id, "reject", { reason: "too-busy" });
        return ends(place, guest, id, ending, "voided", patience);
      }
      for (const button of ["seen", "accept", "start"]) await place.press(id, button);
      await place.reaches(guest, id, "preparing", patience);
      if (ending === "cancelled") {
        await place.cancel(place.staff, id);
        await ends(place, guest, id, ending, "refunded", patience);
        return until(
          () => place.tickets(),
          (tickets) => tickets.some(({ order, status }) => order === id && status === "withdrawn"),
          patience,
        );
      }
      for (const button of ["ready", "recall", "ready", "handover"])
        await place.press(id, button, button === "recall" ? { prepMinutes: 1 } : {});
      return ends(place, guest, id, ending, "captured", patience);
    }),
  );
});

test.concurrent(`an order for delivery comes to its customer ${queues}`, async () => {
  const place = await Restaurant.open(harness);
  const [guest, driver] = await Promise.all([place.guest(), DriverPhone.onShift(place, "Ida")]);
  const { id, delivery } = await place.place(guest, { fulfilment: "delivery" });
  await until(
    () => place.tickets(),
    (tickets) => tickets.some(({ order }) => order === id),
    patience,
  );
  for (const button of ["accept", "ready"]) await place.press(id, button);
  await driver.take(id, patience);
  for (const button of ["arrive", "pickup"]) await driver.press(id, button);
  await driver.press(id, "deliver", { pin: delivery?.pin ?? "" });
  const order = await ends(place, guest, id, "delivered", "captured", patience);
  await isListed(place, guest, order);
  const steps = order.timeline.map(({ type }) => type);
  expect(steps).toEqual(expect.arrayContaining(["accepted", "ready", "picked-up", "delivered"]));
});
