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
});
