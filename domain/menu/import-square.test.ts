import { describe, expect, it } from "vitest";
import { squareFile } from "./files-for-tests.ts";
import { group, imported, item } from "./import-for-tests.ts";

describe("a Square catalog", () => {
  it("gives items with taxes, photos, sold-out sizes and their own bounds on a list", () => {
    const result = imported(squareFile());
    expect(result.document).toMatchObject({ currency: "USD", tax: { inclusive: false } });
    expect(item(result, "ITEM1")).toMatchObject({
      photo: "https://example.com/cone.jpg",
      taxClass: "TAX1",
      groups: ["LIST1:1-2"],
      variations: [
        { id: "V1", price: 450, available: true },
        { id: "V2", available: false },
      ],
    });
    expect(group(result, "LIST1:1-2")).toMatchObject({ minimum: 1, maximum: 2 });
    expect(item(result, "ITEM2")).toMatchObject({ price: 1000, taxClass: "untaxed", variations: [] });
    expect(result.faults).toEqual(["noted deleted /9", "noted archived /8", "refused not-imported /3"]);
  });
});
