import { describe, expect, it } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { isOpen, Orderable, whyNot } from "./availability.ts";
import { compile } from "./compile.ts";
import { comandaFile } from "./files-for-tests.ts";

const at = (weekday: number, clock: string) => {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return { weekday, minute: hour * 60 + minute };
};

describe("hours", () => {
  it("run from their first minute to before their last", () => {
    const lunch = [{ weekdays: [1, 2], from: "11:30", until: "15:00" }];
    expect(isOpen(lunch, at(1, "11:29"))).toBe(false);
    expect(isOpen(lunch, at(1, "11:30"))).toBe(true);
    expect(isOpen(lunch, at(2, "14:59"))).toBe(true);
    expect(isOpen(lunch, at(2, "15:00"))).toBe(false);
    expect(isOpen(lunch, at(3, "12:00"))).toBe(false);
    expect(isOpen([], at(3, "12:00"))).toBe(true);
  });

  it("run past midnight into the next day, Sunday into Monday", () => {
    const night = [{ weekdays: [7], from: "22:00", until: "02:00" }];
    expect(isOpen(night, at(7, "23:59"))).toBe(true);
    expect(isOpen(night, at(1, "01:59"))).toBe(true);
    expect(isOpen(night, at(1, "02:00"))).toBe(false);
    expect(isOpen(night, at(7, "01:00"))).toBe(false);
    expect(isOpen([{ weekdays: [5], from: "10:00", until: "24:00" }], at(5, "23:59"))).toBe(true);
  });

  it("of a heading hold for its items, unless they stand under another as well", () => {
    const file = MenuDocument.parse(comandaFile());
    const [mains, bar] = file.categories;
    if (mains !== undefined) mains.hours = [{ weekdays: [1], from: "12:00", until: "14:00" }];
    const soldOut = new Set<string>();
    const menu = compile(file);
    const [, soup] = file.items;
    if (soup === undefined) throw new Error("There is no soup.");
    expect(whyNot(menu, soup, { soldOut, local: at(1, "13:00") })).toBeNull();
    expect(whyNot(menu, soup, { soldOut, local: at(2, "13:00") })).toBe("not sold at this hour");
    expect(whyNot(menu, soup, { soldOut })).toBeNull();
    bar?.items.push("soup");
    expect(whyNot(compile(file), soup, { soldOut, local: at(2, "13:00") })).toBeNull();
  });
});

describe("an item", () => {
  const menu = compile(MenuDocument.parse(comandaFile()));
  const orderable = (...soldOut: string[]) =>
    new Orderable(menu, { soldOut: new Set(soldOut) }).items().map(({ id }) => id);

  it("cannot be ordered once everything it requires is sold out, however deep", () => {
    expect(orderable()).toEqual(["pizza", "soup", "beer"]);
    expect(orderable("crust/thin")).toContain("pizza");
    expect(orderable("crust/thin", "crust/filled")).not.toContain("pizza");
    expect(orderable("crust/thin", "filling/cheese", "filling/sausage")).not.toContain("pizza");
    expect(orderable("pizza/small")).toContain("pizza");
    expect(orderable("pizza/small", "pizza/large")).not.toContain("pizza");
  });
});
