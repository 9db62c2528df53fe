import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import { vendorFile } from "./files-for-tests.ts";
import { group, imported, item } from "./import-for-tests.ts";

/** The file with another value where the pointer points. */
function withValue(file: unknown, pointer: string, value: unknown): unknown {
  if (pointer === "") return value;
  const [, key = "", ...rest] = pointer.split("/");
  const below = rest.map((each) => `/${each}`).join("");
  const change = ([each, old]: [string, unknown]): [string, unknown] => [
    each,
    each === key ? withValue(old, below, value) : old,
  ];
  const entries = Object.entries(file ?? {}).map(change);
  return Array.isArray(file) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

describe("a delivery platform's file", () => {
  it("gives items, sizes, and groups by size, with ids that stay", () => {
    const result = imported(vendorFile());
    expect(item(result, "p1001")).toMatchObject({
      price: null,
      groups: [],
      variations: [
        { id: "v2001", price: 12000, groups: ["g501", "g502"] },
        { id: "v2002", price: 17500, groups: ["g501"] },
      ],
    });
    expect(group(result, "g501")).toMatchObject({
      minimum: 1,
      options: [{ id: "o9001" }, { id: "o9002", price: 4950 }],
    });
    expect(group(result, "g502")?.options[1]?.available).toBe(false);
  });

  it("files Thai words of an English menu under Thai", () => {
    const result = imported(vendorFile());
    expect(item(result, "p1002")).toMatchObject({
      name: { th: "ผัดไทย" },
      price: 14000,
      groups: ["g501"],
      variations: [],
    });
    expect(result.document.languages).toEqual(["en", "th"]);
    expect(result.faults).toContain("mended other-language /categories/0/products/1/name");
  });

  it("in another language adds its words to the menu there is", () => {
    const english = imported(vendorFile());
    const thai = vendorFile();
    thai.locale = "th";
    for (const { products } of thai.categories) for (const each of products) each.name = "ผัดกะเพรา";
    const both = imported(thai, {}, english.document);
    expect(item(both, "p1001")?.name).toEqual({ en: "Pad kra pao", th: "ผัดกะเพรา" });
    expect(both.document.languages).toEqual(["en", "th"]);
    const again = imported(vendorFile(), {}, both.document);
    expect(canonical(again.document)).toBe(canonical(both.document));
  });

  it("is mended where it is dirty and refused where it cannot be sold", () => {
    const first = "/categories/0/products/0/product_variations";
    const second = "/categories/0/products/1/product_variations";
    const changes: [string, unknown][] = [
      [`${first}/0/price`, "฿ 120"],
      [`${first}/1/price`, 12.345],
      [`${second}/0/price`, null],
      ["/toppings/502/options", []],
    ];
    const dirty = changes.reduce<unknown>((file, [pointer, value]) => withValue(file, pointer, value), vendorFile());
    const result = imported(dirty);
    expect(item(result, "p1001")?.variations.map(({ price }) => price)).toEqual([12000, 1235]);
    expect(item(result, "p1002")).toBeUndefined();
    expect(result.faults).toEqual(
      expect.arrayContaining([
        `mended price-as-text ${first}/0/price`,
        `mended price-fraction ${first}/1/price`,
        `refused price-missing ${second}/0/price`,
        "mended group-empty /toppings/502",
        "refused no-price /categories/0/products/1",
      ]),
    );
  });

  it("reads prices in the currency's own minor units", () => {
    const yen = imported({ ...vendorFile(), currency: "JPY" });
    expect(item(yen, "p1001")?.variations[0]?.price).toBe(120);
    expect(group(yen, "g501")?.options[1]?.price).toBe(50);
    expect(item(imported({ ...vendorFile(), currency: "KWD" }), "p1001")?.variations[0]?.price).toBe(120_000);
  });

  it("keeps a product under both headings it stands under, and two products of one id apart", () => {
    const file = vendorFile();
    const [category] = file.categories;
    const products = structuredClone(category?.products ?? []);
    const [, other] = products;
    if (other !== undefined) other.name = "Something else";
    file.categories.push({ id: "11", name: "Popular", products });
    const { document, faults } = imported(file);
    expect(document.categories.map(({ items }) => items)).toEqual([
      ["p1001", "p1002"],
      ["p1001", "p1002-2"],
    ]);
    expect(faults).toContain("noted item-repeated /categories/1/products/0");
    expect(faults).toContain("mended id-repeated /categories/1/products/1");
  });

  it("is read menu by menu, as the platform's own service answers", () => {
    const { vendor, categories, toppings } = vendorFile();
    const plain = imported(vendorFile());
    const menus = [{ id: 1, name: "All day", menu_categories: categories, toppings }];
    const answer = { status_code: 200, data: { ...vendor, menus } };
    const result = imported(answer, { currency: "THB" });
    expect(result.document).toEqual(plain.document);
    expect(imported({ locale: "en", currency: "THB", vendor: { ...vendor, menus } }).document).toEqual(plain.document);
  });

  it("may have its option groups where they are asked for, each of them once in the menu", () => {
    const inner = { id: 8, name: "Dip", options: [{ id: 80, name: "Aioli", price: 1 }] };
    const sauce = {
      id: 7,
      name: "Sauce",
      quantity_minimum: 1,
      options: [{ id: 70, name: "Hot", price: 0, toppings: [inner] }],
    };
    const other = { ...sauce, options: [{ id: 71, name: "Mild", price: 0 }] };
    const product = (id: number, toppings: object[]) => ({
      id,
      name: `Dish ${id}`,
      product_variations: [{ id, name: null, price: 10, toppings }],
    });
    const products = [product(1, [sauce]), product(2, [sauce]), product(3, [other])];
    const result = imported({ ...vendorFile(), categories: [{ id: 1, name: "All", products }] });
    expect(result.document.items.map(({ groups }) => groups)).toEqual([["g7"], ["g7"], ["g7-2"]]);
    expect(group(result, "g7")?.options).toMatchObject([{ name: { en: "Hot" }, groups: ["g8"] }]);
    expect(
      result.document.groups
        .map(({ id }) => id)
        .filter((id) => /^g[78]/.test(id))
        .toSorted(),
    ).toEqual(["g7", "g7-2", "g8"]);
  });

  it("nested without end is cut where options nest too deep", () => {
    let toppings: object[] = [];
    for (let depth = 0; depth < 5_000; depth += 1) {
      toppings = [{ id: depth, name: "Again", options: [{ id: depth, name: "More", price: 0, toppings }] }];
    }
    const products = [{ id: 1, name: "Doll", product_variations: [{ id: 1, name: null, price: 10, toppings }] }];
    const result = imported({ ...vendorFile(), categories: [{ id: 1, name: "All", products }] });
    expect(result.faults.some((fault) => fault.startsWith("mended nested-too-deep"))).toBe(true);
  });

  it("is refused a price that its packaging lifts above the highest there may be", () => {
    const file = vendorFile();
    const variations = file.categories[0]?.products[1]?.product_variations;
    Object.assign(variations?.[0] ?? {}, { price: 100_000_000, container_price: 1 });
    const result = imported(file);
    expect(item(result, "p1002")).toBeUndefined();
    expect(result.faults).toContain(
      "refused price-too-high /categories/0/products/1/product_variations/0/container_price",
    );
  });
});
