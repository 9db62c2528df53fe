import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import { comandaFile, squareFile } from "./files-for-tests.ts";
import { imported, item } from "./import-for-tests.ts";

const venues = imported(comandaFile()).document;
const hints = { currency: "EUR", language: "de" };
const csv = (...rows: string[]) => ["id;category;name;price;tax", ...rows].join("\n");
const untaxed = csv("pizza;Mains;Pizza;9,00;", "beer;Bar;Bier;4,00;", "wine;Bar;Wein;6,00;");
const classes = (document: { tax: { classes: readonly { id: string }[] } }) => document.tax.classes.map(({ id }) => id);

describe("the venue's taxes", () => {
  const withoutTax = (({ tax: _, ...rest }) => rest)(comandaFile());
  const taxlessSquare = squareFile().filter(({ type }) => type !== "TAX");
  it.each([
    ["CSV", untaxed],
    ["Comanda", withoutTax],
    ["Square", taxlessSquare],
  ])("stay as they are when a %s file names none, and nobody is told of a tax that is assumed", (_format, file) => {
    const { document, faults } = imported(file, hints, venues);
    expect(document.tax).toEqual(venues.tax);
    expect(faults.join()).not.toContain("tax-missing");
  });

  it("stay with what was taxed by them", () => {
    const again = imported(untaxed, hints, venues);
    expect([item(again, "beer")?.taxClass, item(again, "pizza")?.taxClass]).toEqual(["drinks", null]);
  });

  it("are found by a file that names their classes and no rates", () => {
    const again = imported({ ...withoutTax, items: comandaFile().items.slice(2) }, hints, venues);
    expect(item(again, "beer")?.taxClass).toBe("drinks");
  });

  it("are added to by a file that names rates for some; the rest is taxed as before", () => {
    const file = csv("pizza;Mains;Pizza;9,00;", "beer;Bar;Bier;4,00;", "wine;Bar;Wein;6,00;20");
    const again = imported(file, hints, { ...venues, tax: { ...venues.tax, inclusive: false } });
    expect(again.document.tax.inclusive).toBe(false);
    expect(classes(again.document)).toEqual(["food", "drinks", "rate-200000"]);
    expect(again.document.items.map(({ taxClass }) => taxClass)).toEqual([null, "drinks", "rate-200000"]);
  });

  it("give way to the file's where they were only assumed", () => {
    const first = imported(untaxed, hints).document;
    const again = imported(csv("pizza;Mains;Pizza;9,00;7", "beer;Bar;Bier;4,00;19"), hints, first);
    expect(classes(again.document)).toEqual(["rate-70000", "rate-190000"]);
  });

  it("are the file's where it is one of our own, which says all", () => {
    const file = {
      ...comandaFile(),
      tax: { inclusive: false, classes: [{ id: "all", name: { de: "A" }, ratePpm: 1 }] },
    };
    expect(classes(imported(file, {}, venues).document)).toEqual(["all"]);
  });

  it("are the same after the same file again, whatever the venue had before", () => {
    for (const file of [
      untaxed,
      csv("beer;Bar;Bier;4,00;20"),
      squareFile(),
      taxlessSquare,
      comandaFile(),
      withoutTax,
    ]) {
      const once = imported(file, hints, venues).document;
      expect(canonical(imported(file, hints, once).document)).toBe(canonical(once));
    }
  });
});
