import { describe, expect, test } from "vitest";
import { Checkout } from "../../contracts/order.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { VenueSettings } from "../../contracts/venue.ts";
import { admit } from "./admission.ts";
import { slots } from "./slots.ts";
import { minute, settings, start } from "./venue-for-tests.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const lunchAndDinner = [
  { weekdays: everyDay, from: "11:30", until: "14:00" },
  { weekdays: everyDay, from: "18:00", until: "22:00" },
];
const venue = (own: object = {}, busyMinutes = 0) => ({
  settings: VenueSettings.parse({
    ...settings,
    hours: { pickup: lunchAndDinner, delivery: [], "dine-in": [] },
    ...own,
  }),
  busyMinutes,
});
const clock = (at: number | undefined) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" }).format(at);

describe("the times an order can be had", () => {
  test("begin when it could be ready, and go to the end of what the venue plans", () => {
    // It is Saturday, 19:00 in Berlin; the food takes 20 minutes.
    const all = slots(venue({ scheduleAhead: "PT24H" }), "pickup", start + minute);
    expect(clock(all[0])).toBe("14/11/2026, 19:30");
    expect(clock(all.at(-1))).toBe("15/11/2026, 19:00");
    expect(clock(slots(venue({}, 30), "pickup", start)[0])).toBe("14/11/2026, 20:00");
  });

  test("are none at which it is closed", () => {
    const all = slots(venue({ scheduleAhead: "PT24H" }), "pickup", start).map(clock);
    expect(all).toContain("14/11/2026, 21:45");
    expect(all).toContain("15/11/2026, 11:30");
    expect(all).not.toContain("14/11/2026, 22:00");
    expect(all).not.toContain("15/11/2026, 15:00");
    expect(slots(venue({ scheduleAhead: "PT10M" }), "pickup", start)).toEqual([]);
  });

  test("are all taken when they are asked for, also a minute later, and at the end of summer time", () => {
    const october = Date.parse("2026-10-24T09:02:00Z");
    for (const now of [start, october]) {
      const there = venue();
      const all = slots(there, "pickup", now);
      expect(all.length).toBeGreaterThan(100);
      for (const at of all) {
        const checkout = Checkout.parse({
          customer: { name: "Ada" },
          payment: { method: "cash" },
          requestedFor: new Date(at).toISOString(),
        });
        const snapshot = { ...there, revision: 1, menuVersion: 1, paused: null, soldOut: [], counted: [] };
        expect(isRefusal(admit(snapshot, "pickup", checkout, now + minute))).toBe(false);
      }
    }
  });
});
