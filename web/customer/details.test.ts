import { describe, expect, it } from "vitest";
import { checkoutOf, noDetails, phoneOf } from "./details.ts";

describe("what a guest types", () => {
  it.each([
    ["+49 (30) 123-45600", "+493012345600"],
    ["0049 30 12345600", "+493012345600"],
    ["  ", null],
  ])("%j is the phone %j", (typed, phone) => {
    expect(phoneOf(typed)).toBe(phone);
  });

  it("has an address only where something is brought, and nothing is null", () => {
    const typed = { ...noDetails, name: "Ada", line1: "Schönhauser Allee 1", city: " Berlin " };
    expect(checkoutOf(typed, "pickup").address).toBeNull();
    expect(checkoutOf(typed, "delivery").address).toEqual({
      line1: "Schönhauser Allee 1", line2: null, postcode: null, city: "Berlin", note: null,
    }); // prettier-ignore
  });
});
