import { describe, expect, it } from "vitest";
import { csvFile } from "./files-for-tests.ts";
import { group, imported, item } from "./import-for-tests.ts";

describe("a CSV file", () => {
  it("gives sizes, translations, groups, taxes and decimals with a comma", () => {
    const result = imported(csvFile(), { currency: "EUR", language: "de" });
    expect(result.faults).toEqual(["noted currency-assumed /2/currency"]);
    expect(item(result, "1")).toMatchObject({
      name: { de: "Linsensuppe; hausgemacht", en: "Lentil soup" },
      price: 690,
      allergens: ["celery", "gluten"],
      groups: ["group-beilage"],
    });
    expect(item(result, "2")).toMatchObject({ variations: [{ price: 850 }, { price: 1100, stock: 4 }] });
    expect(item(result, "3")).toMatchObject({ price: 280, taxClass: "rate-190000" });
    expect(group(result, "group-beilage")).toMatchObject({
      minimum: 1,
      maximum: 1,
      options: [{ price: 0 }, { price: 150 }],
    });
    expect(result.document.categories.map(({ name }) => name.de)).toEqual(["Suppen", "Pizza", "Getränke"]);
  });

  it("is read as far as it goes", () => {
    const result = imported('name,price\nSoup,5\nStew,lots\n,3\nBread,1,2,3\n"Pie,4\n', { currency: "USD" });
    expect(result.document.items.map(({ name }) => name.en)).toEqual(["Soup", "Bread"]);
    expect(result.faults).toEqual(
      expect.arrayContaining(["refused price-unreadable /3/price", "refused name-missing /4", "mended csv-row /5"]),
    );
  });
});
