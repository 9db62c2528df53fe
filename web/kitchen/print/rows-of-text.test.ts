import { describe, expect, it } from "vitest";
import { directionOf, inOneDirection, rowsOfText } from "./rows-of-text.ts";

const inside = (name: string) => `\u2068${name}\u2069`;
/** As wide as it has signs that can be seen. */
const width = (row: string) => inOneDirection(row).length;

describe("a line that is drawn", () => {
  it("is read as its own first letter is, not as that of a name in it", () => {
    expect(directionOf(`2x ${inside("شاورما دجاج")}`)).toBe("ltr");
    expect(directionOf("بدون بصل, 2 pieces")).toBe("rtl");
    expect(directionOf("! ‏בלי שום")).toBe("rtl");
    expect(directionOf("12:30")).toBe("ltr");
    expect(directionOf(`  + ${inside("تبولة")}`)).toBe("ltr");
  });

  it("breaks between words, in scripts without spaces too, and loses none of them", () => {
    expect(rowsOfText("one two three", 8, width)).toEqual(["one two", "three"]);
    for (const text of ["宫保鸡丁盖饭不要花生加辣", "ข้าวผัดกระเพราหมูสับไข่ดาว", "Не забудьте: без орехов и без лука"]) {
      const rows = rowsOfText(text, 7, width);
      expect(rows.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const row of rows) expect(width(row)).toBeLessThanOrEqual(7);
    }
  });

  it("breaks inside a word that is longer than a row, never inside a sign of it", () => {
    const rows = rowsOfText("Достопримечательность", 6, width);
    expect(rows).toEqual(["Достоп", "римеча", "тельно", "сть"]);
    expect(rowsOfText("e\u0301e\u0301e\u0301e\u0301", 4, width)).toEqual(["e\u0301e\u0301", "e\u0301e\u0301"]);
  });

  it("keeps the direction of a name that goes on in the next row", () => {
    const rows = rowsOfText(`2x ${inside("شاورما دجاج 500 غرام")} (L)`, 14, width);
    expect(rows.map(inOneDirection)).toEqual(["2x شاورما دجاج", "500 غرام (L)"]);
    for (const row of rows) expect(row.match(/\u2068/g)).toHaveLength(row.match(/\u2069/g)?.length ?? 0);
  });

  it("begins with what stands in from the edge", () => {
    expect(rowsOfText("  + 不要", 20, width)).toEqual(["  + 不要"]);
    expect(rowsOfText("", 20, width)).toEqual([""]);
  });
});
