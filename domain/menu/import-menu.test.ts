import { describe, expect, it } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { canonical } from "./canonical.ts";
import { check } from "./check.ts";
import { comandaFile, csvFile, squareFile, vendorFile } from "./files-for-tests.ts";
import { imported } from "./import-for-tests.ts";
import { detectFormat, importMenu } from "./import-menu.ts";

describe("a menu file", () => {
  it("is told by its content, not by its name", () => {
    expect(detectFormat(JSON.stringify(comandaFile()))).toBe("comanda");
    expect(detectFormat(JSON.stringify(vendorFile()))).toBe("vendor");
    expect(detectFormat(JSON.stringify(squareFile()))).toBe("square");
    expect(detectFormat(JSON.stringify({ objects: squareFile() }))).toBe("square");
    expect(detectFormat(`\ufeff${JSON.stringify(vendorFile())}`)).toBe("vendor");
    expect(detectFormat(csvFile())).toBe("csv");
  });

  it("that is none of ours is refused in words", () => {
    for (const source of ["", "hello", '{"a":', "[1,2]", "{}", '{"comanda":"menu/2"}', "a,b\n1,2", 7, null]) {
      expect(detectFormat(source)).toMatchObject({ refused: expect.any(String), detail: expect.any(String) });
    }
  });

  it("imported twice gives the same bytes", () => {
    for (const source of [comandaFile(), vendorFile(), squareFile(), csvFile()]) {
      const hints = { currency: "EUR", language: "de" };
      const first = imported(source, hints);
      const second = imported(typeof source === "string" ? source : JSON.stringify(source), hints, first.document);
      expect(canonical(second.document)).toBe(canonical(first.document));
      expect(MenuDocument.parse(first.document)).toEqual(first.document);
      expect(check(first.document)).toBeNull();
    }
  });

  it("without a known currency is refused whole", () => {
    for (const currency of [null, "EURO", "XXX", 978, {}]) {
      const result = importMenu({ ...vendorFile(), currency }, {}, null);
      expect(result).toMatchObject({ document: null, faults: [{ severity: "refused", path: "/currency" }] });
    }
    expect(imported({ ...vendorFile(), currency: "eur" }).document.currency).toBe("EUR");
  });

  it("that is no text, or another kind of file, is refused by what it is", () => {
    const files: [string | Uint8Array, RegExp][] = [
      ["", /empty/],
      [" \n", /empty/],
      ["<!doctype html>", /HTML/],
      [Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0, 0xff]), /PDF/],
      [Uint8Array.from([0x50, 0x4b, 3, 4, 0xff, 0xff, 0, 1]), /save the sheet as CSV/],
      ["Essen;Zahlen\nSuppe;5", /first row is "essen, zahlen"/],
    ];
    for (const [file, words] of files) {
      expect(importMenu(file, {}, null)).toMatchObject({
        refused: "invalid-value",
        detail: expect.stringMatching(words),
      });
    }
  });

  it("is read in the encodings in which spreadsheets save", () => {
    const text = "name\tprice\nCrème brûlée\t6.50\n";
    const wide = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(text, (each) => each.charCodeAt(0)).buffer),
    ]);
    const narrow = Uint8Array.from(text, (each) => each.charCodeAt(0));
    for (const file of [wide, wide.slice(2), narrow]) {
      const result = imported(file, { currency: "EUR" });
      expect(result.document.items).toMatchObject([{ name: { en: "Crème brûlée" }, price: 650 }]);
      expect(result.faults).toContain("noted not-utf-8 ");
    }
    const usual = imported(new TextEncoder().encode(`\ufeff${text}`), { currency: "EUR" });
    expect(usual.document.items).toMatchObject([{ name: { en: "Crème brûlée" } }]);
    expect(usual.faults).not.toContain("noted not-utf-8 ");
  });

  it("written for a browser is read as people see it", () => {
    const file = comandaFile();
    const [first] = file.items;
    Object.assign(first ?? {}, {
      name: { de: "K&auml;se &amp;amp; <b>Brot</b>&#39;s" },
      description: { de: "<p>5 < 6</p>" },
    });
    const result = imported(file);
    expect(result.document.items[0]).toMatchObject({ name: { de: "Käse & Brot 's" }, description: { de: "5 < 6" } });
    expect(result.faults).toEqual(["mended markup /items/0/name/de", "mended markup /items/0/description/de"]);
  });

  it("in which something else stands in place of a list says so", () => {
    const file = { ...comandaFile(), categories: null };
    const numbered = Object.fromEntries(file.items.map((each, at) => [at * 2, each]));
    const result = imported({ ...file, items: numbered });
    expect(result.document.items.map(({ id }) => id)).toEqual(["pizza", "soup", "beer"]);
    expect(result.faults).toContain("mended list-as-object /items");
    const [pizza, ...rest] = file.items;
    const worded = imported({ ...file, items: [{ ...pizza, allergens: "milk" }, ...rest] });
    expect(worded.faults).toContain("mended list-unreadable /items/0/allergens");
  });

  it("is not filed under a language there is not", () => {
    const { document } = imported("name,price\nSoup,5\n", { currency: "EUR", language: "xx yy" });
    expect(MenuDocument.parse(document).languages).toEqual(["en"]);
    expect(imported("name,price\nSopa,5\n", { currency: "EUR", language: "PT_br" }).document.languages).toEqual([
      "pt-BR",
    ]);
  });
});
