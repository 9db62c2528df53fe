import { expect, it, vi } from "vitest";
import type { OrderView } from "../../contracts/order.ts";

// The language is written into the page it is read on; here is none.
vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("location", { search: "" });
const { driverWords, statusWords, whenWords } = await import("./order-words.ts");
const { orderWords: words } = await import("./words-order.ts");

const asked = { id: "bobs-post", name: "Bob's Post", state: "asked", tracking: null, silentSince: null } as const;
const delivery = { driver: null, atVenue: false, pickedUp: false, pickupAt: null, dropoffAt: null, pin: "4711" };

function order(status: OrderView["status"], carrier: object, more: object = {}): OrderView {
  const view = { status, fulfilment: "delivery", seenAt: null, readyAt: null, delivery: { ...delivery, carrier, ...more } };
  return view as unknown as OrderView;
} // prettier-ignore

it("the customer reads who is asked, that there is no answer and since when, what is booked and what is on its way", () => {
  const t = words.value;
  const since = "2026-11-15T10:00:00Z";
  expect(driverWords(order("accepted", asked), t)).toBe("We are asking Bob's Post to bring your order.");
  const silent = driverWords(order("ready", { ...asked, silentSince: since }), t);
  // Of another day the hour alone would be no honest word.
  expect(silent).toMatch(/^Bob.s Post has not answered since .*15.* We keep asking/);
  expect(statusWords(order("ready", asked), t)).toBe("Packed, waiting for the carrier");
  const booked = { ...asked, state: "booked", tracking: "BP1" };
  expect(driverWords(order("ready", booked), t)).toBe(
    "Bob's Post is booked to bring your order. Their number for it is BP1.",
  );
  const shipped = { ...booked, state: "shipped", silentSince: since };
  expect(driverWords(order("out-for-delivery", shipped), t)).toMatch(
    /^Bob's Post is on the way with your order\. There has been no news from Bob's Post since .*15/,
  );
  expect(driverWords(order("delivered", shipped), t)).toBe("");
});

it("the customer reads a window on the venue's clock, one minute as one time, and nothing once it is there", () => {
  const t = words.value;
  const eta = (from: string, to: string) => ({ from, best: from, to });
  const comes = (status: OrderView["status"], more: object) => whenWords({ ...order(status, asked), ...more }, t, "Asia/Tokyo"); // prettier-ignore
  const window = { eta: eta("2026-11-15T10:04:31.000Z", "2026-11-15T10:20:12.000Z") };
  for (const status of ["sent", "accepted", "ready", "out-for-delivery"] as const) {
    expect(comes(status, { requestedFor: null, ...window })).toMatch(/^With you .*15.*, 0?7:04.*–.*0?7:21/);
  }
  const one = eta("2026-11-15T10:04:00.000Z", "2026-11-15T10:04:00.000Z");
  expect(comes("out-for-delivery", { eta: one })).not.toContain("–");
  expect(comes("delivered", { eta: null })).toBe("");
  const fetched = { fulfilment: "pickup", readyAt: "2026-11-15T10:04:00.000Z", ...window } as const;
  expect(comes("preparing", fetched)).toMatch(/^Ready at 0?7:04/);
});

it("the customer reads for when it is booked by the calendar and the clock of the venue, wherever the guest may be", () => {
  const booked = { ...order("scheduled", asked), requestedFor: "2027-03-28T01:15:00.000Z" };
  expect(whenWords(booked, words.value, "Europe/Berlin")).toMatch(/28.*0?3:15/);
  expect(whenWords(booked, words.value, "America/Phoenix")).toMatch(/27.*0?6:15/);
});
