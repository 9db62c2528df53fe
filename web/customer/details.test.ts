import { describe, expect, it } from "vitest";
import { checkoutOf, noDetails, phoneOf, typed } from "./details.ts";

describe("what a guest types", () => {
  it.each([
    ["+49 (30) 123-45600", "+493012345600"],
    ["0049 30 12345600", "+493012345600"],
    ["  ", null],
  ])("%j is the phone %j", (typed, phone) => {
    expect(phoneOf(typed)).toBe(phone);
  });

  it("has an address only where something is brought, and nothing is null", () => {
    const details = { ...noDetails, name: "Ada", line1: "Schönhauser Allee 1", city: " Berlin " };
    expect(checkoutOf(details, "pickup").address).toBeNull();
    expect(checkoutOf(details, "delivery").address).toEqual({
      line1: "Schönhauser Allee 1", line2: null, postcode: null, city: "Berlin", note: null,
    }); // prettier-ignore
  });

  it("has the position of that address, and of no other", () => {
    const here = { ...noDetails, line1: "Schönhauser Allee 1", point: { lat: 52.5, lng: 13.4 } };
    expect(checkoutOf(here, "delivery").address).toMatchObject({ lat: 52.5, lng: 13.4 });
    expect(typed(here, "addressNote", "third bell").point).toEqual(here.point);
    expect(typed(here, "line1", "Elsewhere 2")).toMatchObject({ line1: "Elsewhere 2", point: null });
  });
});
