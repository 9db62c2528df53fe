import { describe, expect, it } from "vitest";
import { MenuDocument } from "../../contracts/menu.ts";
import { check } from "./check.ts";
import { comandaFile } from "./files-for-tests.ts";
import { group, imported, item } from "./import-for-tests.ts";

describe("Comanda's own file", () => {
  it("comes through as it stands", () => {
    const { document, faults } = imported(comandaFile());
    expect(faults).toEqual([]);
    expect(document).toEqual(MenuDocument.parse(comandaFile()));
  });

  it("has every fault reported where it stands", () => {
    const file: Record<string, unknown> = comandaFile();
    const { items, groups } = comandaFile();
    file.items = [
      ...items,
      { id: "x1", name: { de: "Bruch" }, price: 12.5 },
      { id: "x2", name: {}, price: 100 },
      { id: "x3", name: { de: "Gratis" }, price: -1 },
      { id: "x4", name: { de: "Nichts" } },
      { id: "soup", name: { de: "Andere Suppe" }, price: 700 },
      {
        id: "x5",
        name: { de: "Salat" },
        price: 700,
        groups: ["nowhere", "hollow"],
        colour: "green",
        allergens: ["love"],
      },
    ];
    file.groups = [...groups, { id: "hollow", name: { de: "Leer" }, minimum: 0, maximum: 1, options: [] }];
    const result = imported(file);
    expect(result.faults).toEqual([
      "refused price-fraction /items/3/price",
      "refused price-negative /items/5/price",
      "mended field-unknown /items/8/colour",
      "mended word-unknown /items/8/allergens/0",
      "mended group-empty /groups/3",
      "refused name-missing /items/4",
      "refused no-price /items/6",
      "mended id-repeated /items/7",
      "mended group-unknown /items/8/groups/0",
      "noted items-without-category ",
    ]);
    expect(item(result, "soup-2")?.name.de).toBe("Andere Suppe");
    expect(item(result, "x5")).toMatchObject({ groups: [], allergens: [] });
  });
});

describe("option groups", () => {
  const withGroup = (own: object, more: object[] = []) => {
    const { groups, ...file } = comandaFile();
    return imported({ ...file, groups: [...groups.filter(({ id }) => id !== "extras"), own, ...more] });
  };
  const options = (...names: [string, number][]) =>
    names.map(([de, price], at) => ({ id: `o${at}`, name: { de }, price }));

  it("ask for no more than there is", () => {
    const result = withGroup({
      id: "extras",
      name: { de: "E" },
      minimum: 3,
      maximum: 5,
      options: options(["A", 0], ["B", 0]),
    });
    expect(group(result, "extras")).toMatchObject({ minimum: 2, maximum: 5 });
    expect(result.faults).toEqual(["mended minimum-above-options /groups/2", "noted maximum-above-options /groups/2"]);
  });

  it("have a maximum no lower than their minimum, and never none", () => {
    const both = options(["A", 0], ["B", 0]);
    const low = withGroup({ id: "extras", name: { de: "E" }, minimum: 2, maximum: 1, options: both });
    expect(group(low, "extras")).toMatchObject({ minimum: 2, maximum: 2 });
    const zero = withGroup({ id: "extras", name: { de: "E" }, minimum: 0, maximum: 0, options: both });
    expect(group(zero, "extras")).toMatchObject({ minimum: 0, maximum: 2 });
  });

  it("make of an option listed twice one that may be taken twice", () => {
    const twice = options(["Ketchup", 50], ["ketchup", 50], ["Ketchup", 80]);
    const result = withGroup({ id: "extras", name: { de: "E" }, minimum: 2, maximum: 2, options: twice });
    expect(group(result, "extras")?.options).toMatchObject([
      { id: "o0", maximum: 2 },
      { id: "o2", price: 80, maximum: 1 },
    ]);
    expect(result.faults).toEqual([
      "mended option-repeated /groups/2/options/1",
      "noted option-name-repeated /groups/2/options/2",
    ]);
  });

  it("that lost all their options take with them what requires them", () => {
    const lost = [{ id: "a", name: { de: "A" }, price: -5 }];
    const required = withGroup({ id: "extras", name: { de: "E" }, minimum: 1, maximum: 1, options: lost });
    expect(item(required, "pizza")).toBeUndefined();
    expect(required.faults).toContain("refused choice-impossible /items/0");
    const free = withGroup({ id: "extras", name: { de: "E" }, minimum: 0, maximum: 1, options: lost });
    expect(item(free, "pizza")?.groups).toEqual(["crust"]);
  });

  it("never come back to themselves, and nest four deep", () => {
    const nest = (id: string, next: string) => ({
      id,
      name: { de: id },
      minimum: 1,
      maximum: 1,
      options: [{ id: "o", name: { de: id }, groups: [next] }],
    });
    const circle = withGroup(nest("extras", "b"), [nest("b", "c"), nest("c", "extras")]);
    expect(circle.faults).toEqual(["mended groups-in-a-circle /groups/2/options/0/groups/0"]);
    const end = { id: "f", name: { de: "f" }, maximum: 1, options: options(["A", 0]) };
    const deep = withGroup(nest("extras", "b"), [nest("b", "c"), nest("c", "d"), nest("d", "e"), nest("e", "f"), end]);
    expect(deep.faults).toEqual(["mended nested-too-deep /groups/3/options/0/groups/0"]);
    expect(check(deep.document)).toBeNull();
  });
});
