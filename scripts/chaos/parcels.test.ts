import { describe, expect, it } from "vitest";
import { parcelFaults } from "./parcels.ts";
import type { ParcelEntry } from "./sandbox.ts";

const lines = (...kinds: ParcelEntry["kind"][]): ParcelEntry[] =>
  kinds.map((kind) => ({ parcel: "p1", reference: "ord_1", kind, price: 590, currency: "EUR" }));
const price = { amount: 590, currency: "EUR" };

describe("the carrier's books", () => {
  it("agree where it brought the order, where it never had it, and where it was taken back", () => {
    const delivered = { view: { status: "delivered" }, booking: { status: "delivered", price } } as const;
    expect(parcelFaults(delivered, lines("booked", "shipped", "delivered"))).toEqual([]);
    expect(parcelFaults({ view: { status: "collected" }, booking: undefined }, [])).toEqual([]);
    const calledOff = { view: { status: "cancelled" }, booking: { status: "called-off", price } } as const;
    expect(parcelFaults(calledOff, lines("booked", "withdrawn"))).toEqual([]);
    const late = { view: { status: "cancelled" }, booking: { status: "too-late", price } } as const;
    expect(parcelFaults(late, lines("booked", "shipped", "delivered"))).toEqual([]);
  });

  it("disagree where a parcel goes on for a cancelled order, was booked twice, or costs something else", () => {
    const cancelled = { view: { status: "cancelled" }, booking: { status: "called-off", price } } as const;
    expect(parcelFaults(cancelled, lines("booked", "shipped", "delivered"))).toHaveLength(1);
    const delivered = { view: { status: "delivered" }, booking: { status: "delivered", price } } as const;
    const second = lines("booked").map((line) => ({ ...line, parcel: "p2" }));
    expect(parcelFaults(delivered, [...lines("booked", "shipped", "delivered"), ...second])[0]).toContain("2 times");
    const dear = { view: { status: "delivered" }, booking: { status: "delivered", price: { ...price, amount: 490 } } } as const; // prettier-ignore
    expect(parcelFaults(dear, lines("booked", "shipped", "delivered"))).toEqual(["the carrier asks 590 EUR, agreed were 490 EUR"]); // prettier-ignore
    expect(parcelFaults({ view: { status: "delivered" }, booking: undefined }, lines("booked"))).toHaveLength(1);
  });
});
