import { expect, it, vi } from "vitest";
import type { OrderView } from "../../contracts/order.ts";

// The language is written into the page it is read on; here is none.
vi.stubGlobal("document", { documentElement: {} });
vi.stubGlobal("location", { search: "" });
const { driverWords, statusWords, whenWords } = await import("./order-words.ts");
const { orderWords: words } = await import("./words-order.ts");

const now = Date.parse("2026-11-21T22:50:00Z");
const berlin = { now, timeZone: "Europe/Berlin" };
const asked = { id: "bobs-post", name: "Bob's Post", state: "asked", tracking: null, silentSince: null } as const;
const delivery = { driver: null, atVenue: false, pickedUp: false, pickupAt: null, dropoffAt: null, pin: "4711" };

function order(status: OrderView["status"], carrier: object, more: object = {}): OrderView {
  const view = { status, fulfilment: "delivery", seenAt: null, readyAt: null, delivery: { ...delivery, carrier, ...more } };
  return view as unknown as OrderView;
} // prettier-ignore

it("the customer reads who is asked, that there is no answer and since when, what is booked and what is on its way", () => {
  const t = words.value;
  const since = "2026-11-15T10:00:00Z";
  expect(driverWords(order("accepted", asked), t, berlin)).toBe("We are asking Bob's Post to bring your order.");
  const silent = driverWords(order("ready", { ...asked, silentSince: since }), t, berlin);
  // Of another day the hour alone would be no honest word.
  expect(silent).toMatch(/^Bob.s Post has not answered since .*15.* We keep asking/);
  expect(statusWords(order("ready", asked), t)).toBe("Packed, waiting for the carrier");
  const booked = { ...asked, state: "booked", tracking: "BP1" };
  expect(driverWords(order("ready", booked), t, berlin)).toBe(
    "Bob's Post is booked to bring your order. Their number for it is BP1.",
  );
  const shipped = { ...booked, state: "shipped", silentSince: since };
  expect(driverWords(order("out-for-delivery", shipped), t, berlin)).toMatch(
    /^Bob's Post is on the way with your order\. There has been no news from Bob's Post since .*15/,
  );
  expect(driverWords(order("delivered", shipped), t, berlin)).toBe("");
});

it("the customer reads a window on the venue's clock, one minute as one time, and nothing once it is there", () => {
  const t = words.value;
  const eta = (from: string, to: string) => ({ from, best: from, to });
  const comes = (status: OrderView["status"], more: object) => whenWords({ ...order(status, asked), ...more }, t, { now, timeZone: "Asia/Tokyo" }); // prettier-ignore
  const window = { eta: eta("2026-11-15T10:04:31.000Z", "2026-11-15T10:20:12.000Z") };
  for (const status of ["sent", "accepted", "ready", "out-for-delivery"] as const) {
    expect(comes(status, { requestedFor: null, ...window })).toMatch(/^With you Sunday.*15.*, 0?7:04.*–.*0?7:21/);
  }
  const one = eta("2026-11-15T10:04:00.000Z", "2026-11-15T10:04:00.000Z");
  expect(comes("out-for-delivery", { eta: one })).not.toContain("–");
  expect(comes("delivered", { eta: null })).toBe("");
  const fetched = { fulfilment: "pickup", readyAt: "2026-11-15T10:04:00.000Z", ...window } as const;
  expect(comes("preparing", fetched)).toMatch(/^Ready on Sunday.*15.* at 0?7:04/);
});

it("the customer reads for when it is booked by the calendar and the clock of the venue, wherever the guest may be", () => {
  const booked = { ...order("scheduled", asked), requestedFor: "2027-03-28T01:15:00.000Z" };
  expect(whenWords(booked, words.value, berlin)).toMatch(/28.*0?3:15/);
  expect(whenWords(booked, words.value, { now, timeZone: "America/Phoenix" })).toMatch(/27.*0?6:15/);
});

it("what is promised past midnight, for tomorrow or for another day is told with its day, in either language", async () => {
  const { speak } = await import("../shared/language.ts");
  const pickup = { ...order("accepted", asked), fulfilment: "pickup" as const };
  const ready = (readyAt: string) => whenWords({ ...pickup, readyAt }, words.value, berlin);
  const wanted = (requestedFor: string) =>
    whenWords({ ...order("scheduled", asked), requestedFor }, words.value, berlin);
  const comes = (from: string, to: string) => whenWords({ ...order("ready", asked), eta: { from, best: to, to } }, words.value, berlin); // prettier-ignore
  const said = () => [
    ready("2026-11-21T22:58:00Z"),
    ready("2026-11-21T23:20:00Z"),
    wanted("2026-11-22T17:00:00Z"),
    wanted("2026-11-26T17:00:00Z"),
    wanted("2027-01-02T17:00:00Z"),
    comes("2026-11-21T22:55:00Z", "2026-11-21T23:10:00Z"),
    comes("2026-11-21T23:05:00Z", "2026-11-21T23:20:00Z"),
  ];
  // It is 23:50 on Saturday in Berlin. `Intl` sets thin spaces and commas as its version likes.
  const plain = () => said().map((text) => text.replaceAll(/[\u2009\u202f]/g, " "));
  vi.stubGlobal("navigator", { languages: ["de-DE"] });
  speak("de");
  expect(plain()).toEqual([
    "Fertig um 23:58",
    "Fertig morgen um 00:20",
    "Gewünscht morgen um 18:00",
    expect.stringMatching(/^Gewünscht am Donnerstag, 26\. Nov\.?, um 18:00$/),
    expect.stringMatching(/^Gewünscht am Samstag, 2\. Jan\.? 2027, um 18:00$/),
    "An der Tür 23:55 – morgen, 00:10",
    expect.stringMatching(/^An der Tür morgen, 00:05 ?– ?00:20/),
  ]);
  speak("en");
  expect(plain()[1]).toMatch(/^Ready tomorrow at (?:00|12):20/);
  expect(plain()[3]).toMatch(/^Wanted on Thursday,? .*26.* at /);
});
