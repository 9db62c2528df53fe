import { describe, expect, test } from "vitest";
import { metresBetween } from "../dispatch/travel.ts";
import { smoothed, type Trace } from "./smooth.ts";
import { evening, north } from "./zone-for-tests.ts";

describe("a phone's way", () => {
  test("is smoothed: what is shown strays less from the street than what the phone says", () => {
    const sway = [20, -25, 15, -18, 24, -21, 19, -26, 22, -17];
    let trace: Trace | null = null;
    let shown = 0;
    let said = 0;
    for (const [second, off] of sway.entries()) {
      const fix = { lat: north(second * 5).lat, lng: north(0).lng + off / 68_000 };
      trace = smoothed(trace, fix, evening + second * 1_000, 25);
      said += metresBetween(fix, north(second * 5));
      shown += Math.abs(trace.point.lng - north(0).lng) * 68_000;
      expect(metresBetween(trace.point, north(second * 5))).toBeLessThan(45);
    }
    expect(shown).toBeLessThan(said * 0.5);
  });

  test("does not leap: a fix too far off to be true is passed over, but three are believed", () => {
    const still = smoothed(null, north(0), evening, 10);
    const leap = smoothed(still, north(3_000), evening + 1_000, 10);
    expect(leap.point).toEqual(north(0));
    expect(smoothed(leap, north(10), evening + 2_000, 10).point.lat).toBeLessThan(north(11).lat);
    const again = smoothed(leap, north(3_000), evening + 2_000, 10);
    expect(smoothed(again, north(3_000), evening + 3_000, 10).point).toEqual(north(3_000));
  });

  test("a fix that may be anywhere moves nobody; one that is exact is taken as it is", () => {
    const still = smoothed(null, north(0), evening, 10);
    expect(smoothed(still, north(90), evening + 60_000, 2_000).point).toEqual(north(0));
    expect(smoothed(still, north(9), evening + 1_000, 4).point).toEqual(north(9));
    expect(smoothed(still, north(90), evening + 1_000, null).point).toEqual(north(90));
  });
});
