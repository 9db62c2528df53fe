import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MenuDocument, MenuFault } from "../../contracts/menu.ts";
import { price } from "../order/pricing.ts";
import { Orderable } from "./availability.ts";
import { canonical } from "./canonical.ts";
import { check } from "./check.ts";
import { compile } from "./compile.ts";
import { comandaFile, csvFile, squareFile, vendorFile } from "./files-for-tests.ts";
import { importMenu } from "./import-menu.ts";
import { everyItemBaskets } from "./sample-basket.ts";
import { seededRandom } from "./seeded-random.ts";

const rubbish = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, false, 0, -0, -1, 1, 0.5, 12.345, 99, 100, 1e9, 1e21, 1e308, 5e-324, Infinity, -Infinity, Number.NaN,
    "", " ", "0", "-1", "1e5", "12,50", "constructor", "__proto__", "toString", "\ud800", "\u0000", "ข้าว", "x".repeat(3000),
    [], {}, [[]], [null], { id: null }, { "": "" }, undefined,
  ), // prettier-ignore
  fc.jsonValue({ maxDepth: 3 }),
);

/** One change somewhere in a file: `at` says how to walk there, by the share of the fields to pass over. */
const change = fc.record({
  at: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom("replace" as const, "remove" as const, "repeat" as const, "swap" as const),
  value: rubbish,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The file with that change; whatever it walks into, it changes something near. */
function spoilt(file: unknown, change: Change, depth = 0): unknown {
  if (typeof file !== "object" || file === null) return change.value;
  const entries: [string, unknown][] = Object.entries(file);
  const index = Math.floor((change.at[depth] ?? 0) * entries.length);
  const [key, value] = entries[index] ?? [];
  if (key === undefined) return file;
  const further = depth < change.at.length - 1 && typeof value === "object" && value !== null;
  const changed = further
    ? entries.with(index, [key, spoilt(value, change, depth + 1)])
    : edited(entries, index, [key, value], change);
  return Array.isArray(file) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
}

function edited(entries: [string, unknown][], index: number, [key, value]: [string, unknown], change: Change) {
  switch (change.how) {
    case "replace":
      return entries.with(index, [key, change.value]);
    case "remove":
      return entries.toSpliced(index, 1);
    case "repeat":
      return [...entries, [key, value] satisfies [string, unknown]];
    case "swap":
      return entries.with(index, [key, entries[0]?.[1]]);
  }
}

/** Reports in plain data, the same each time, and a menu in which everything can be ordered. */
function proves(source: unknown): void {
  const result = importMenu(source, { currency: "EUR", language: "en" }, null);
  if ("refused" in result) return;
  for (const fault of result.faults) MenuFault.parse(fault);
  const { document } = result;
  if (document === null) {
    expect(result.faults.some(({ severity }) => severity === "refused")).toBe(true);
    return;
  }
  expect(MenuDocument.parse(document)).toEqual(document);
  expect(check(document)).toBeNull();
  const again = importMenu(source, { currency: "EUR", language: "en" }, document);
  const same = "refused" in again || again.document === null ? null : canonical(again.document);
  expect(same).toBe(canonical(document));

  const menu = compile(document);
  const everything = { ...document, items: document.items.map((item) => ({ ...item, available: true })) };
  for (const group of everything.groups) for (const option of group.options) option.available = true;
  for (const item of everything.items) for (const variation of item.variations) variation.available = true;
  const all = compile(everything);
  expect(new Orderable(all, { soldOut: new Set() }).items()).toHaveLength(document.items.length);
  for (const offered of [menu, all]) {
    for (const basket of everyItemBaskets(offered, seededRandom(7))) {
      const bill = price(offered, basket, { fulfilment: "pickup", deliveryFee: 0, soldOut: new Set() });
      if ("refused" in bill) expect(bill.errors).toMatchObject([{ detail: "The total is beyond all bounds." }]);
    }
  }
}

describe("an import of whatever file", () => {
  const changes = fc.array(change, { minLength: 1, maxLength: 12 });

  it.each([
    ["comanda", comandaFile],
    ["vendor", vendorFile],
    ["square", squareFile],
  ])("of the shape of %s never throws and gives only what can be sold", (_, file) => {
    fc.assert(
      fc.property(changes, (all) => {
        proves(all.reduce<unknown>((spoiling, each) => spoilt(spoiling, each), file()));
      }),
      { numRuns: 300 },
    );
  });

  it("of the shape of CSV never throws and gives only what can be sold", () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(600),
        cut: fc.nat(20),
        put: fc.oneof(fc.string(), fc.constantFrom('"', "\n", ";", ",", "-1", "9e9")),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(edits, (all) => {
        proves(all.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), csvFile()));
      }),
      { numRuns: 300 },
    );
  });

  it("of no shape at all never throws", () => {
    fc.assert(fc.property(fc.oneof(rubbish, fc.string(), fc.json()), proves), { numRuns: 500 });
  });
});
