import { expect, it } from "vitest";
import { headingOf, planOf, scaleBarOf, trailOf } from "./plan.ts";

const venue = { lat: 52.5411, lng: 13.4089 };
const home = { lat: 52.5298, lng: 13.4106 };

it("puts every point on the sheet, north up, and as far apart as they are", () => {
  const plan = planOf([venue, home], 600, 400);
  const [a, b] = [plan.spotOf(venue), plan.spotOf(home)];
  for (const { x, y } of [a, b]) {
    expect(x).toBeGreaterThanOrEqual(40);
    expect(x).toBeLessThanOrEqual(560);
    expect(y).toBeGreaterThanOrEqual(40);
    expect(y).toBeLessThanOrEqual(360);
  }
  expect(a.y).toBeLessThan(b.y);
  expect(Math.hypot(a.x - b.x, a.y - b.y) / plan.scale).toBeCloseTo(1263, -1);
});

it("shows some of the neighbourhood where everything is in one place", () => {
  const plan = planOf([venue, venue], 600, 400);
  expect(plan.spotOf(venue)).toEqual({ x: 300, y: 180 });
  expect(scaleBarOf(plan)).toEqual({ metres: 50, length: expect.closeTo(80, 0) });
});

it("says how long a round number of metres is", () => {
  for (const far of [
    { lat: 52.9, lng: 13.4 },
    { lat: 52.542, lng: 13.41 },
    { lat: 52.6, lng: 14 },
  ]) {
    const plan = planOf([venue, far], 600, 400);
    const { metres, length } = scaleBarOf(plan);
    expect(String(metres)).toMatch(/^[125]0*$/);
    expect(length).toBeGreaterThan(600 * 0.1);
    expect(length).toBeLessThanOrEqual(600 * 0.25);
  }
});

it("bends the way that was gone, and points along it", () => {
  expect(trailOf([{ x: 0, y: 0 }])).toBe("");
  expect(trailOf([{ x: 0, y: 0 }, { x: 10, y: 0 }])).toBe("M0 0L10 0"); // prettier-ignore
  expect(trailOf([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }])).toBe("M0 0Q10 0 10 5L10 10"); // prettier-ignore
  expect(headingOf({ x: 0, y: 0 }, { x: 10, y: 0 })).toBe(90);
  expect(headingOf({ x: 0, y: 0 }, { x: 0, y: 10 })).toBe(180);
});
