import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHarness, type Harness } from "../harness.ts";
import { ends } from "./endings.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe.concurrent("the payment", () => {
  test("is made once when the provider takes the money and never answers", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { payment: "card_timeout_after_charge" });
    await until(
      () => place.books(id),
      (books) => books.length === 1,
    );
    const find = async () => (await place.tickets()).some(({ order }) => order === id);
    await until(find, Boolean, 20_000);
    await place.cook(id, "accept", "ready", "handover");
    await ends(place, guest, id, "collected", "captured");
  });

  test("of a declined card ends the order and gives back what was held", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { payment: "card_insufficient", lines: [{ item: "cheese", quantity: 1 }] });
    const order = await ends(place, guest, id, "cancelled", "declined");
    expect(order.end).toMatchObject({ reason: "payment-declined", by: "payment" });
    await until(
      () => place.stock(),
      ({ cheese }) => cheese === 1,
    );
    expect(await place.tickets()).toEqual([]);
  });

  test("that cannot be captured ends the order and is let go", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { payment: "card_capture_fails" });
    await place.cook(id, "accept");
    const order = await ends(place, guest, id, "cancelled", "voided");
    expect(order.end).toMatchObject({ reason: "payment-failed" });
    await place.ticket(id, "withdrawn");
  });

  test.for([
    ["is down", { errorRate: 1 }],
    ["has too much to do", { errorRate: 1, errorStatus: 429 }],
    ["does not know us for a while", { errorRate: 1, errorStatus: 401 }],
    ["acts and loses every answer", { loseAnswerRate: 1 }],
    ["acts and then hangs up", { timeoutRate: 1, timeoutMs: 700 }],
    ["is slow", { latencyMs: [600, 900] }],
  ] as const)("is taken once and paid back once by a provider that %s at each step", async ([, fault]) => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    /** The step falls into the trouble, which then passes. */
    const troubled = async <T>(step: () => Promise<T>): Promise<T> => {
      await place.faults(fault);
      const done = await step();
      await sleep(300);
      await place.faults();
      return done;
    };
    const { id } = await troubled(() => place.place(guest));
    await place.ticket(id);
    await troubled(() => place.press(id, "accept"));
    await until(
      () => place.order(guest, id),
      ({ payment }) => payment?.status === "captured",
    );
    await troubled(() => place.cancel(place.staff, id));
    await ends(place, guest, id, "cancelled", "refunded");
  });

  test("comes out right of a provider that errs, stalls, hangs up and loses answers as it pleases for a while", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    await place.faults({
      seed: 5,
      errorRate: 0.2,
      loseAnswerRate: 0.2,
      timeoutRate: 0.1,
      timeoutMs: 400,
      latencyMs: [0, 200],
    });
    // Were it so for ever, some step would now and then fail often enough to be put off for a minute.
    const well = sleep(5_000).then(() => place.faults());
    const patience = 30_000;
    const endings = ["collected", "cancelled", "rejected", "collected"] as const;
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
        await place.press(id, "accept");
        if (ending === "cancelled") {
          await place.cancel(place.staff, id);
          return ends(place, guest, id, ending, "refunded", patience);
        }
        for (const button of ["ready", "handover"]) await place.press(id, button);
        return ends(place, guest, id, ending, "captured", patience);
      }),
    );
    await well;
  });
});
