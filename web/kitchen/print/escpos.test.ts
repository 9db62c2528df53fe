import { describe, expect, test } from "vitest";
import { inCodePage } from "./code-page.ts";
import { escpos, wrapped } from "./escpos.ts";
import type { SlipLine } from "./slip.ts";

const begin = [0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 16];
const end = [0x1b, 0x64, 4, 0x1d, 0x56, 66, 0];
const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

function printed(line: SlipLine, paper: 58 | 80 = 80, draw: Parameters<typeof escpos>[2] = null): number[] {
  const bytes = [...escpos([line], paper, draw)];
  expect(bytes.slice(0, begin.length)).toEqual(begin);
  expect(bytes.slice(-end.length)).toEqual(end);
  return bytes.slice(begin.length, -end.length);
}

describe("a slip in ESC/POS", () => {
  test("begins with a reset and Windows-1252, and ends with paper and a partial cut", () => {
    expect([...escpos([], 80, null)]).toEqual([...begin, ...end]);
  });

  test("is plain, bold, of double size, in the middle or white on black, and as usual again after each", () => {
    expect(printed({ text: "2x Soup" })).toEqual([...letters("2x Soup"), 0x0a]);
    expect(printed({ text: "A", weight: "bold" })).toEqual([0x1b, 0x45, 1, 0x41, 0x0a, 0x1b, 0x45, 0]);
    expect(printed({ text: "A", size: "double" })).toEqual([0x1d, 0x21, 0x11, 0x41, 0x0a, 0x1d, 0x21, 0]);
    expect(printed({ text: "A", align: "center" })).toEqual([0x1b, 0x61, 1, 0x41, 0x0a, 0x1b, 0x61, 0]);
    expect(printed({ text: "A", inverse: true })).toEqual([0x1d, 0x42, 1, 0x41, 0x0a, 0x1d, 0x42, 0]);
    expect(printed({ text: "A", weight: "bold", size: "double", align: "center", inverse: true })).toEqual([
      0x1b, 0x61, 1, 0x1b, 0x45, 1, 0x1d, 0x21, 0x11, 0x1d, 0x42, 1, 0x41, 0x0a,
      0x1d, 0x42, 0, 0x1d, 0x21, 0, 0x1b, 0x45, 0, 0x1b, 0x61, 0,
    ]); // prettier-ignore
  });

  test("has 48 letters to a row of 80 mm and 32 of 58 mm, half as many of double size", () => {
    expect(printed({ text: "", rule: true })).toEqual([...letters("-".repeat(48)), 0x0a]);
    expect(printed({ text: "", rule: true }, 58)).toEqual([...letters("-".repeat(32)), 0x0a]);
    const long = "a".repeat(20);
    expect(printed({ text: `${long} ${long}` }, 58)).toEqual([...letters(long), 0x0a, ...letters(long), 0x0a]);
    expect(printed({ text: `${long} ${long}` })).toEqual([...letters(`${long} ${long}`), 0x0a]);
    const double = printed({ text: `${long} ${long}`, size: "double" });
    expect(double.filter((byte) => byte === 0x0a)).toHaveLength(2);
  });

  test("is drawn where the printer has no letters for it", () => {
    const picture = { width: 12, height: 2, bytes: Uint8Array.of(0xff, 0xf0, 0x80, 0x10) };
    const asked: [string, number][] = [];
    const draw = ({ text }: SlipLine, dots: number) => {
      asked.push([text, dots]);
      return picture;
    };
    expect(printed({ text: "味噌ラーメン" }, 58, draw)).toEqual([
      0x1d, 0x76, 0x30, 0, 2, 0, 2, 0, 0xff, 0xf0, 0x80, 0x10,
    ]);
    expect(printed({ text: "Soup" }, 58, draw)).toEqual([...letters("Soup"), 0x0a]);
    expect(asked).toEqual([["味噌ラーメン", 384]]);
  });

  test("is drawn in bands, however long it is, and none of it is lost", () => {
    const rows = 240 * 20 + 60;
    const tall = { width: 576, height: rows, bytes: Uint8Array.from({ length: 72 * rows }, (_, at) => at % 251) };
    const bytes = printed({ text: "λ" }, 80, () => tall);
    expect(bytes.slice(0, 8)).toEqual([0x1d, 0x76, 0x30, 0, 72, 0, 240, 0]);
    const last = bytes.length - 72 * 60 - 8;
    expect(bytes.slice(last, last + 8)).toEqual([0x1d, 0x76, 0x30, 0, 72, 0, 60, 0]);
    expect(bytes.at(-1)).toBe((72 * rows - 1) % 251);
    expect(bytes).toHaveLength(72 * rows + 21 * 8);
  });

  test("has nothing of the marks that keep a name's direction", () => {
    expect(printed({ text: "2x \u2068Soup\u2069" })).toEqual([...letters("2x Soup"), 0x0a]);
    const asked: string[] = [];
    printed({ text: "2x \u2068سمك\u2069" }, 80, ({ text }) => (asked.push(text), null));
    expect(asked).toEqual(["2x \u2068سمك\u2069"]);
  });

  test("says that something is missing where nobody can draw it", () => {
    expect(printed({ text: "2x Щи" })).toEqual([...letters("!2x ??!"), 0x0a]);
  });
});

describe("Windows-1252", () => {
  test("has the letters of western Europe and the euro", () => {
    expect(inCodePage("Crème brûlée à 5 €")).toEqual([...letters("Cr\u00e8me br\u00fbl\u00e9e \u00e0 5 "), 0x80]);
    expect(inCodePage("“Ž” – Œuf…")).toEqual([0x93, 0x8e, 0x94, 0x20, 0x96, 0x20, 0x8c, 0x75, 0x66, 0x85]);
    // A letter and its mark in two, as some keyboards write it.
    expect(inCodePage("u\u0308")).toEqual([0xfc]);
  });

  test("has no others: they lose their marks, or cannot be said", () => {
    expect(inCodePage("Łukasz Őze 🍜"[0] ?? "")).toEqual([0x4c]);
    expect(inCodePage("Őze č")).toEqual(letters("Oze c"));
    for (const other of ["ж", "味", "ا", "🍜", "ไ", "\u0081"]) expect(inCodePage(other)).toBeNull();
    expect(inCodePage("a.b")).toEqual(letters("a.b"));
  });
});

describe("a row of paper", () => {
  test("breaks between words, keeps what stands in from the edge, and cuts what is too long for any row", () => {
    expect(wrapped("Bread, olives and butter", 12)).toEqual(["Bread,", "olives and", "butter"]);
    expect(wrapped("  + no onions at all", 12)).toEqual(["  + no", "  onions at", "  all"]);
    expect(wrapped("Donaudampfschiff", 6)).toEqual(["Donaud", "ampfsc", "hiff"]);
    expect(wrapped("", 12)).toEqual([""]);
    for (const text of ["one two three", "a".repeat(30), "ab " + "c".repeat(9) + " d"]) {
      for (const row of wrapped(text, 8)) expect(row.length).toBeLessThanOrEqual(8);
    }
  });
});
