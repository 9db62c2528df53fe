import { expect, test } from "vitest";
import { metresBetween, plane, planeTravelMs, travelMs } from "./travel.ts";

const gate = { lat: 52.51628, lng: 13.37771 };
const tower = { lat: 52.52082, lng: 13.4094 };

test("metres are those of the great circle", () => {
  // Brandenburg Gate to Television Tower, by the coordinates of OpenStreetMap.
  expect(metresBetween(gate, tower)).toBeCloseTo(2_204, -2);
  expect(travelMs({ lat: 0, lng: 0 }, { lat: 0, lng: 0 }, "bike")).toBe(0);
});

test("in a plane ways are as long as on the globe, to a thousandth", () => {
  const onto = plane(gate);
  const ratio = planeTravelMs(onto(gate), onto(tower), "bike") / travelMs(gate, tower, "bike");
  expect(Math.abs(ratio - 1)).toBeLessThan(0.001);
  expect(planeTravelMs(null, onto(tower), "foot")).toBe(travelMs(null, tower, "foot"));
});
