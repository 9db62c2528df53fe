import { describe, expect, it } from "vitest";
import { squareFile } from "./files-for-tests.ts";
import { group, imported, item } from "./import-for-tests.ts";

const money = (amount: number, currency = "USD") => ({ amount, currency });
const variation = (id: string, data: object) => ({ type: "ITEM_VARIATION", id, item_variation_data: data });
const dish = (id: string, data: object, variations: object[]) => ({
  type: "ITEM",
  id,
  item_data: { name: id, ...data, variations },
});
const one = (data: object = {}) => [variation("V", { name: "Regular", price_money: money(500), ...data })];
const list = (data: object) => ({ type: "MODIFIER_LIST", id: "L", modifier_list_data: { name: "L", ...data } });
const modifiers = ["A", "B"].map((name) => ({ type: "MODIFIER", id: name, modifier_data: { name } }));

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
    expect(result.faults).toEqual([
      "noted deleted /9",
      "noted sold-out-by-location /6/item_data/variations/1/item_variation_data/location_overrides/0/sold_out",
      "noted archived /8",
      "refused not-imported /3",
    ]);
  });

  it("may be written as a program's library writes it, or as a search answers, page by page", () => {
    const written = JSON.stringify(squareFile()).replace(
      /"(\w+)":/g,
      (_, key: string) => `"${key.replace(/_([a-z])/g, (__, letter: string) => letter.toUpperCase())}":`,
    );
    const plain = imported(squareFile());
    expect(imported(written).document).toEqual(plain.document);
    expect(imported([{ objects: squareFile().slice(0, 5) }, { objects: squareFile().slice(5) }]).document).toEqual(
      plain.document,
    );
    const answer = { cursor: "more", objects: squareFile().slice(6), related_objects: squareFile().slice(0, 6) };
    expect(imported(answer).document).toEqual(plain.document);
    expect(imported(answer).faults).toContain("noted page-of-several /cursor");
  });

  it("names a variation by the options that make it, and puts an item under its reporting category", () => {
    const size = { type: "ITEM_OPTION_VAL", id: "S", item_option_value_data: { name: "Small" } };
    const result = imported([
      { type: "CATEGORY", id: "C", category_data: { name: "Tea" } },
      { type: "ITEM_OPTION", id: "O", item_option_data: { name: "Size", values: [size] } },
      dish("I", { reporting_category: { id: "C" } }, [
        variation("V", {
          name: "",
          price_money: money(500),
          item_option_values: [{ item_option_id: "O", item_option_value_id: "S" }],
        }),
      ]),
    ]);
    expect(item(result, "I")?.variations).toMatchObject([{ name: { en: "Small" }, price: 500 }]);
    expect(result.document.categories).toMatchObject([{ id: "C", items: ["I"] }]);
  });

  it("is sold out where it is so at every location, and what only some say is reported", () => {
    const at = "/0/item_data/variations/0/item_variation_data/location_overrides";
    const overrides = [
      { location_id: "1", sold_out: true },
      { location_id: "2", price_money: money(600) },
    ];
    const some = imported([dish("I", {}, one({ location_overrides: overrides }))]);
    expect(item(some, "I")).toMatchObject({ available: true, price: 500 });
    expect(some.faults).toContain(`noted sold-out-by-location ${at}/0/sold_out`);
    expect(some.faults).toContain(`noted price-by-location ${at}/1/price_money`);
    const all = imported([dish("I", {}, one({ location_overrides: overrides.slice(0, 1) }))]);
    expect(item(all, "I")?.available).toBe(false);
  });

  it("keeps out prices in another currency, gift cards, and prices made up at the till", () => {
    const result = imported([
      dish("I", {}, one()),
      dish("E", {}, one({ price_money: money(500, "EUR") })),
      dish("G", { product_type: "GIFT_CARD" }, one()),
      dish("T", {}, one({ price_money: null, pricing_type: "VARIABLE_PRICING" })),
    ]);
    expect(result.document.items.map(({ id }) => id)).toEqual(["I"]);
    expect(result.faults).toEqual(
      expect.arrayContaining([
        "refused currency-other /1/item_data/variations/0/item_variation_data/price_money/currency",
        "refused not-food /2/item_data/product_type",
        "refused price-variable /3/item_data/variations/0",
      ]),
    );
  });

  it("lets an option be taken several times where the list counts quantities, and asks what follows from it", () => {
    const inner = { ...list({ modifiers }), id: "N" };
    const outer = { type: "MODIFIER", id: "X", modifier_data: { name: "X", child_modifier_list_ids: ["N"] } };
    const uses = {
      modifier_list_info: [{ modifier_list_id: "L", min_selected_modifiers: 3, max_selected_modifiers: 0 }],
    };
    const result = imported([
      inner,
      list({ modifiers: [outer, ...modifiers], allow_quantities: true, max_selected_modifiers: 4 }),
      dish("I", uses, one()),
    ]);
    expect(group(result, "L")).toMatchObject({ maximum: 4, options: [{ maximum: 4, groups: ["N"] }, {}, {}] });
    // For this item a maximum of 0: none but what there is.
    expect(group(result, item(result, "I")?.groups[0] ?? "")).toMatchObject({ minimum: 3, maximum: 12 });
  });

  it("does without a list whose modifiers are all deleted, or that asks for words", () => {
    const uses = { modifier_list_info: [{ modifier_list_id: "L", min_selected_modifiers: 1 }] };
    const deleted = modifiers.map((each) => ({ ...each, is_deleted: true }));
    const gone = imported([list({ modifiers: deleted }), dish("I", uses, one())]);
    expect(item(gone, "I")?.groups).toEqual([]);
    expect(gone.faults).toContain("noted deleted /0/modifier_list_data/modifiers/0");
    const words = imported([list({ modifier_type: "TEXT", text_required: true }), dish("I", uses, one())]);
    expect(words.faults.filter((fault) => fault.includes("free-text") || fault.includes("group-unknown"))).toEqual([
      "refused free-text /0",
    ]);
  });
});
