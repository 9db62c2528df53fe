import { describe, expect, it } from "vitest";
import { Checkout } from "./order.ts";

const checkout = { customer: { name: "Ada" }, payment: { method: "cash" } };
const faultsOf = (body: object) =>
  Checkout.safeParse({ ...checkout, ...body }).error?.issues.map(({ path }) => path.join("/")) ?? [];

describe("what a customer writes at the checkout", () => {
  it("is whole characters on one line, in whatever script", () => {
    for (const name of ["Ada", "Zoë", "สมชาย", "مريم", "👩🏽‍🍳"]) expect(faultsOf({ customer: { name } })).toEqual([]);
    for (const name of ["A\u0000da", "Ada\nPAID", "A\u001b[2Jda", "\ud800", "", " "]) {
      expect({ name, faults: faultsOf({ customer: { name } }) }).toEqual({ name, faults: ["customer/name"] });
    }
  });

  it("may have several lines in a note", () => {
    expect(faultsOf({ note: "No nuts,\nplease" })).toEqual([]);
    expect(faultsOf({ note: "\u0007" })).toEqual(["note"]);
  });

  it("says where to bring it by both coordinates or by none", () => {
    const line1 = "Schönhauser Allee 1";
    for (const point of [{}, { lat: null }, { lat: 52.5, lng: 13.4 }])
      expect(faultsOf({ address: { line1, ...point } })).toEqual([]);
    expect(faultsOf({ address: { line1, lat: 52.5 } })).toEqual(["address/lng"]);
    expect(faultsOf({ address: { line1, lng: 13.4 } })).toEqual(["address/lat"]);
  });
});
