import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Checkout } from "../../contracts/order.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { VenueSettings } from "../../contracts/venue.ts";
import { isOpen } from "../menu/availability.ts";
import { admit, type VenueSnapshot } from "./admission.ts";
import { localTime } from "./local-time.ts";
import { minute, settings, start } from "./venue-for-tests.ts";

const hour = 60 * minute;
const customer = { name: "Ada" };
const payment = { method: "cash" } as const;
const checkout = (change: object = {}) => Checkout.parse({ customer, payment, ...change });
const venue = (change: Partial<VenueSnapshot> = {}, own: object = {}): VenueSnapshot => ({
  settings: VenueSettings.parse({ ...settings, ...own }),
  revision: 1,
  menuVersion: 1,
  paused: null,
  busyMinutes: 0,
  soldOut: [],
  counted: [],
  ...change,
});

/** Open for pickup in one window a week-day. */
function open(
  from: string,
  until: string,
  weekdays = [1, 2, 3, 4, 5, 6, 7],
  timeZone = "Europe/Berlin",
): VenueSnapshot {
  return venue({}, { timeZone, hours: { pickup: [{ weekdays, from, until }], delivery: [], "dine-in": [] } });
}

function admits(snapshot: VenueSnapshot, at: number): boolean {
  return !isRefusal(admit(snapshot, "pickup", checkout(), at));
}

describe("a venue that delivers within 2 km", () => {
  const point = { lat: 52.5411, lng: 13.4089 };
  const near = venue({}, { point, deliveryRadius: 2_000 });
  // A degree of latitude is 111.2 km.
  const address = (metres: number) => ({ line1: "Due North 1", lat: point.lat + metres / 111_195, lng: point.lng });
  const admitted = (metres: number, there = near) =>
    admit(there, "delivery", checkout({ address: address(metres) }), start);

  test("takes what is within, and refuses what is beyond with the distance, pointing at the address", () => {
    expect(isRefusal(admitted(1_990))).toBe(false);
    expect(admitted(2_010)).toMatchObject({
      refused: "outside-area",
      detail: expect.stringContaining("2010 m"),
      errors: [{ pointer: "/checkout/address" }],
    });
  });

  test("takes an address that it cannot measure, and any where it has no limit", () => {
    expect(isRefusal(admit(near, "delivery", checkout({ address: { line1: "Somewhere 1" } }), start))).toBe(false);
    expect(isRefusal(admitted(500_000, venue({}, { point })))).toBe(false);
    const { deliveryRadius: _, ...old } = VenueSettings.parse(settings);
    const kept = venue({ settings: { ...old, point } as VenueSettings });
    expect(isRefusal(admitted(500_000, kept))).toBe(false);
  });

  test("tells an address that it cannot measure by its postcode, where it has named those it goes to", () => {
    const named = venue({}, { point, deliveryRadius: 2_000, deliveryPostcodes: ["10435", "SW1A 1AA"] });
    const to = (more: object, there = named) =>
      admit(there, "delivery", checkout({ address: { line1: "Somewhere 1", ...more } }), start);
    for (const postcode of ["10435", " 104 35", "sw1a1aa"]) expect(isRefusal(to({ postcode }))).toBe(false);
    expect(to({ postcode: "10437" })).toMatchObject({
      refused: "outside-area",
      errors: [{ pointer: "/checkout/address/postcode" }],
    });
    expect(to({})).toMatchObject({ refused: "invalid-value", errors: [{ pointer: "/checkout/address/postcode" }] });
    // What can be measured is.
    expect(isRefusal(to({ ...address(1_000), postcode: "99999" }))).toBe(false);
    expect(to({ ...address(9_000), postcode: "10435" })).toMatchObject({ refused: "outside-area" });
    const byPostcode = venue({}, { point, deliveryPostcodes: ["10435"] });
    expect(to({ ...address(500), postcode: "10437" }, byPostcode)).toMatchObject({ refused: "outside-area" });
  });

  test("must say where it is", () => {
    const parsed = VenueSettings.safeParse({ ...settings, deliveryRadius: 2_000 });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["deliveryRadius"]]);
  });
});

describe("a venue takes an order", () => {
  test("at once, promising its usual time and what the crew has added to it", () => {
    expect(admit(venue({ busyMinutes: 15 }), "pickup", checkout(), start)).toEqual({
      requestedFor: null,
      preparationMs: 35 * minute,
      local: { weekday: 6, minute: 19 * 60 },
    });
  });

  test("for later, judged by the clock on its wall at that time", () => {
    const requestedFor = new Date(start + 5 * hour).toISOString();
    expect(admit(venue(), "pickup", checkout({ requestedFor }), start)).toMatchObject({
      requestedFor: start + 5 * hour,
      local: { weekday: 7, minute: 0 },
    });
  });

  test.for([
    ["of a kind it does not offer", venue(), "dine-in", {}, "invalid-value", "/fulfilment"],
    ["for delivery without an address", venue(), "delivery", {}, "invalid-value", "/checkout/address"],
    [
      "to be fetched, with an address",
      venue(),
      "pickup",
      { address: { line1: "A 1" } },
      "invalid-value",
      "/checkout/address",
    ],
    [
      "to be eaten there, with an address",
      venue({}, { fulfilments: ["dine-in"] }),
      "dine-in",
      { address: { line1: "A 1" } },
      "invalid-value",
      "/checkout/address",
    ],
    [
      "for a time that has passed",
      venue(),
      "pickup",
      { requestedFor: "2026-11-14T17:59:59Z" },
      "invalid-value",
      "/checkout/requestedFor",
    ],
    [
      "further ahead than it plans",
      venue(),
      "pickup",
      { requestedFor: "2026-11-21T18:00:01Z" },
      "invalid-value",
      "/checkout/requestedFor",
    ],
    [
      "for a time at which it is closed",
      open("10:00", "20:00"),
      "pickup",
      { requestedFor: "2026-11-14T20:00:00+01:00" },
      "venue-closed",
      "/checkout/requestedFor",
    ],
    ["while it is closed", open("20:00", "22:00"), "pickup", {}, "venue-closed", undefined],
    ["while it is paused", venue({ paused: { until: null, reason: "" } }), "pickup", {}, "venue-closed", undefined],
    ["before it is opened at all", venue({ settings: null }), "pickup", {}, "not-found", undefined],
  ] as const)("but none %s", ([, snapshot, fulfilment, change, refused, pointer]) => {
    const verdict = admit(snapshot, fulfilment, checkout(change), start);
    if (!isRefusal(verdict)) throw new Error("was admitted");
    expect(verdict.refused).toBe(refused);
    expect(verdict.errors?.[0]?.pointer).toBe(pointer);
  });

  test("again once its pause has run out, even before the venue has noticed", () => {
    const paused = venue({ paused: { until: start, reason: "Oven." } });
    expect(admits(paused, start - 1)).toBe(false);
    expect(admits(paused, start)).toBe(true);
    const verdict = admit(paused, "pickup", checkout(), start - 1);
    expect(isRefusal(verdict) && verdict.detail).toContain("until 2026-11-14T18:00:00.000Z. Oven.");
  });

  test("from the minute it opens up to the minute it closes", () => {
    const evening = open("19:00", "19:01");
    expect([start - 1, start, start + minute - 1, start + minute].map((at) => admits(evening, at))).toEqual([
      false, true, true, false,
    ]); // prettier-ignore
  });

  test("past midnight on the evening it opened, not on a night it did not", () => {
    const saturdayNight = open("18:00", "02:00", [6]);
    const saturday = Date.parse("2026-11-14T18:30:00+01:00");
    expect([0, 6, 7, 8].map((hours) => admits(saturdayNight, saturday + hours * hour))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(admits(saturdayNight, saturday - 17 * hour), "the night before").toBe(false);
    expect(admits(saturdayNight, saturday + 24 * hour), "the evening after").toBe(false);
  });

  test("by the clock on the wall also in the night in which it is changed", () => {
    // In Berlin the clock jumps from 02:00 to 03:00 on 29 March 2026 and back from 03:00 to 02:00 on 25 October.
    const early = open("03:00", "05:00");
    expect(admits(early, Date.parse("2026-03-29T00:59:00Z"))).toBe(false);
    expect(admits(early, Date.parse("2026-03-29T01:00:00Z"))).toBe(true);
    expect(admits(early, Date.parse("2026-03-29T03:00:00Z"))).toBe(false);
    const late = open("02:00", "02:30");
    const twice = ["2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z", "2026-10-25T01:45:00Z"];
    expect(twice.map((at) => admits(late, Date.parse(at)))).toEqual([true, false, true, false]);
  });
});

const zones = [
  "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Asia/Bangkok", "Australia/Lord_Howe",
  "Pacific/Chatham", "Pacific/Kiritimati", "America/Sao_Paulo", "Africa/Casablanca", "UTC",
]; // prettier-ignore

/** The wall clock by another way: from the zone's offset at that instant, with plain arithmetic. */
function wallClock(at: number, timeZone: string): { weekday: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const minutesSinceThursday = Math.floor(at / minute) + offset;
  const days = Math.floor(minutesSinceThursday / 1_440);
  // 1 January 1970 was a Thursday.
  return { weekday: ((days + 3) % 7) + 1, minute: minutesSinceThursday - days * 1_440 };
}

const instant = fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2031-01-01") });
const clock = fc
  .nat(1_439)
  .map((of) => `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`);

test("the clock on the wall is right in every time zone at any instant, summer and winter", () => {
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
      expect(localTime(at, zone)).toEqual(wallClock(at, zone));
    }),
    { numRuns: 1_000 },
  );
});

test("whether a venue is open is what its wall clock and its hours say, minute by minute", () => {
  const day = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 });
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), day, clock, clock, (at, zone, weekdays, from, until) => {
      const [opens = 0, closes = 0] = [from, until].map(
        (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)),
      );
      const now = wallClock(at, zone);
      // Walks back on the wall clock to the last opening: the venue is open when it has not closed since.
      const lasts = ((closes - opens + 1_439) % 1_440) + 1;
      const sinceOpening = (now.minute - opens + 1_440) % 1_440;
      const openedOn = now.minute >= opens ? now.weekday : ((now.weekday + 5) % 7) + 1;
      const expected = weekdays.includes(openedOn) && sinceOpening < lasts;
      expect(admits(open(from, until, weekdays, zone), at)).toBe(expected);
      expect(isOpen([{ weekdays, from, until }], now)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});
