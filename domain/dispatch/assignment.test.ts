import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assign } from "./assignment.ts";

/** The least cost there is, by trying everything. */
function cheapest(costs: readonly (readonly number[])[], row = 0, taken: ReadonlySet<number> = new Set()): number {
  const own = costs[row];
  if (own === undefined) return 0;
  let least = Infinity;
  for (const [column, cost] of own.entries()) {
    if (!taken.has(column)) least = Math.min(least, cost + cheapest(costs, row + 1, new Set([...taken, column])));
  }
  return least;
}

const tables = fc.integer({ min: 1, max: 5 }).chain((rows) =>
  fc.integer({ min: rows, max: 7 }).chain((columns) =>
    fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  ),
);

describe("an assignment", () => {
  test("gives every row a column of its own, at the least cost there is", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const columns = table[0]?.length ?? 0;
        const matched = assign(Float64Array.from(table.flat()), table.length, columns);
        expect(new Set(matched).size).toBe(table.length);
        const cost = [...matched].reduce((sum, column, row) => sum + (table[row]?.[column] ?? Infinity), 0);
        expect(cost).toBe(cheapest(table));
      }),
      { numRuns: 500 },
    );
  });

  test("of 150 rows and columns cannot be bettered by an exchange", () => {
    const size = 150;
    let seed = 7;
    const costs = Float64Array.from({ length: size * size }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % 10_000;
    });
    const matched = assign(costs, size, size);
    expect(new Set(matched).size).toBe(size);
    // No exchange of two is cheaper; the exhaustive comparison above is for small ones.
    for (let a = 0; a < size; a += 1) {
      for (let b = a + 1; b < size; b += 1) {
        const [one = 0, other = 0] = [matched[a], matched[b]];
        const now = (costs[a * size + one] ?? 0) + (costs[b * size + other] ?? 0);
        const exchanged = (costs[a * size + other] ?? 0) + (costs[b * size + one] ?? 0);
        expect(now <= exchanged).toBe(true);
      }
    }
  });

  test("with fewer columns than rows there is none", () => {
    expect(() => assign(new Float64Array(6), 3, 2)).toThrow("3 rows cannot each have one of 2 columns");
  });
});
