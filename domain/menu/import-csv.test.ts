import { describe, expect, it } from "vitest";
import { check } from "./check.ts";
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

  it("says where in the kitchen a dish is made, under any of the names for it", () => {
    const result = imported("name,price,Posten\nSteak,20,Grill\nBread,2,\n", { currency: "EUR" });
    expect(result.document.items).toMatchObject([{ station: "Grill" }, {}]);
    expect(result.document.items[1]).not.toHaveProperty("station");
  });

  it("is read as far as it goes", () => {
    const result = imported('name,price\nSoup,5\nStew,lots\n,3\nBread,1,2,3\n"Pie,4\n', { currency: "USD" });
    expect(result.document.items.map(({ name }) => name.en)).toEqual(["Soup", "Bread"]);
    expect(result.faults).toEqual(
      expect.arrayContaining(["refused price-unreadable /3/price", "refused name-missing /4", "mended csv-row /5"]),
    );
  });

  it("may have the columns a spreadsheet has, in other languages and with the currency in the heading", () => {
    const german = imported("sep=;\nArtikel;Preis (EUR);Kategorie;Lager\nSchnitzel;12,50;Fleisch;x\n");
    expect(german.document).toMatchObject({ currency: "EUR", items: [{ name: { en: "Schnitzel" }, price: 1250 }] });
    expect(german.faults).toContain("noted column-unknown /1/lager");
    const till = imported("order,item,quantity,unit_price_gbp\n1,Onion Bhaji,1,3.95\n");
    expect(till.document).toMatchObject({ currency: "GBP", items: [{ price: 395 }] });
    const courses = imported("Type,Item Name,Price,Dish\nStarter,Soup,5,x\nMain,Stew,9,y\n", { currency: "USD" });
    expect(courses.document.categories.map(({ name }) => name.en)).toEqual(["Starter", "Main"]);
    expect(courses.faults).toContain("mended column-repeated /1/dish");
    const own = imported("Item,Name,Preis,price\n1,Soup,x,5\n", { currency: "USD" });
    expect(own.document.items).toMatchObject([{ name: { en: "Soup" }, price: 500 }]);
  });

  it("sells nothing at a price of another currency", () => {
    const result = imported("name,price,currency\nSoup,5,EUR\nStew,9,USD\nBread,2,\n");
    expect(result.document.items.map(({ name }) => name.en)).toEqual(["Soup", "Bread"]);
    expect(result.faults).toContain("refused currency-other /3/currency");
  });

  it("has at most a thousand headings, and can still be edited", () => {
    const rows = Array.from({ length: 1100 }, (_, at) => `Dish ${at},5,Heading ${at}`);
    const result = imported(["name,price,category", ...rows].join("\n"), { currency: "USD" });
    expect(result.document.items).toHaveLength(1100);
    expect(result.document.categories).toHaveLength(1000);
    expect(result.faults).toContain("mended categories-too-many /1001/category");
    expect(check(result.document)).toBeNull();
  });
});
