import { describe, expect, test } from "vitest";
import type { TicketLine, TicketOption } from "../../contracts/kitchen.ts";
import { CompiledMenu, MenuDocument } from "../../contracts/menu.ts";
import { compile } from "../menu/compile.ts";
import { allergensNamed, speaksOfAllergy } from "./allergy.ts";
import { modifiersOf } from "./modifiers.ts";

const name = (words: string) => ({ en: words });
const option = (id: string, more: object = {}) => ({ id, name: name(id), ...more });
const file = {
  comanda: "menu/1",
  currency: "EUR",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: name("Food"), ratePpm: 0 }] },
  categories: [{ id: "burgers", name: name("Burgers"), items: ["burger"] }],
  items: [{ id: "burger", name: name("Burger"), price: 900, groups: ["bun", "inside", "extras", "sides"] }],
  groups: [
    { id: "bun", name: name("Bun"), minimum: 1, maximum: 1, options: [option("white", { default: true }), option("rye", { groups: ["seeds"] })] },
    { id: "inside", name: name("Inside"), maximum: 3, options: [option("onion", { default: true }), option("gherkin", { default: true })] },
    { id: "extras", name: name("Extras"), maximum: 5, options: [option("bacon"), option("nuts")] },
    { id: "sides", name: name("Sides"), minimum: 1, maximum: 2, options: [option("fries", { default: true }), option("slaw"), option("rice")] },
    { id: "seeds", name: name("Seeds"), maximum: 1, options: [option("sesame")] },
  ],
}; // prettier-ignore
const menu = CompiledMenu.parse(JSON.parse(JSON.stringify(compile(MenuDocument.parse(file)))));

const taken = (group: string, id: string, more: Partial<TicketOption> = {}): TicketOption => ({
  group, option: id, name: name(id), quantity: 1, allergens: [], options: [], ...more,
}); // prettier-ignore
const burger = (...options: TicketOption[]): Pick<TicketLine, "item" | "variation" | "options"> => ({
  item: "burger", variation: null, options,
}); // prettier-ignore
const said = (options: TicketOption[], known: CompiledMenu | null = menu) =>
  modifiersOf(burger(...options), known).map(({ kind, name: { en }, usual, quantity, depth }) =>
    [`${"  ".repeat(depth)}${kind}`, quantity > 1 ? `${quantity}×` : "", en, usual?.en ?? ""].filter(Boolean).join(" "),
  );

describe("a dish as it differs from the usual", () => {
  test("names what was added, what is left out and what takes the place of what", () => {
    const options = [
      taken("bun", "rye", { options: [taken("seeds", "sesame")] }),
      taken("inside", "gherkin"),
      taken("extras", "bacon", { quantity: 2 }),
      taken("sides", "slaw"),
      taken("sides", "rice"),
    ];
    expect(said(options)).toEqual([
      "instead rye white",
      "  added sesame",
      "chosen gherkin",
      "without onion",
      "added 2× bacon",
      "instead slaw fries",
      "chosen rice",
    ]);
  });

  test("as usual is nothing but what was chosen", () => {
    const usual = [
      taken("bun", "white"),
      taken("inside", "onion"),
      taken("inside", "gherkin"),
      taken("sides", "fries"),
    ];
    expect(said(usual)).toEqual(["chosen white", "chosen onion", "chosen gherkin", "chosen fries"]);
  });

  test("is told by the names where no menu is at hand", () => {
    const no = taken("extras", "no-onions", { name: { en: "No onions", de: "Ohne Zwiebeln" } });
    expect(said([no, taken("extras", "bacon")], null)).toEqual(["without onions", "added bacon"]);
    const notable = taken("extras", "nori", { name: name("Nori") });
    expect(said([notable], null)).toEqual(["added Nori"]);
  });
});

describe("an allergy", () => {
  test.for([
    ["Nut allergy!", ["nuts"]],
    ["bin gegen Erdnüsse allergisch", ["peanuts"]],
    ["Zöliakie, bitte ohne Weizen", ["gluten"]],
    ["alérgica al marisco", ["crustaceans"]],
  ] as const)("is heard in %s", ([wish, allergens]) => {
    expect(speaksOfAllergy(wish)).toBe(true);
    expect(allergensNamed(wish)).toEqual(allergens);
  });

  test.for([
    "عندي حساسية من المكسرات",
    "花生过敏",
    "アレルギーがあります",
    "땅콩 알레르기",
    "แพ้ถั่ว",
    "αλλεργία",
    "אלרגיה לאגוזים",
  ])("is heard in %s", (wish) => expect(speaksOfAllergy(wish)).toBe(true));

  test("is not heard in other wishes, though they may name what a dish holds", () => {
    expect(speaksOfAllergy("extra crispy, ring twice")).toBe(false);
    expect(allergensNamed("coconut on the side, eilig, nutmeg")).toEqual([]);
    expect(allergensNamed("no egg please")).toEqual(["eggs"]);
  });
});
