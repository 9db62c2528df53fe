import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedRows, stateOf, type Layout } from "./collections.ts";

interface Kitchen {
  readonly name: string;
  readonly open: boolean;
  readonly note?: string;
  readonly tickets: Readonly<Record<string, { readonly lines: number }>>;
  readonly tablets: Readonly<Record<string, string>>;
}

const layout: Layout<Kitchen> = { collections: ["tickets", "tablets"] };
const initial: Kitchen = { name: "", open: false, tickets: {}, tablets: {} };

// Ids as they come, and those that mean something to an object in JavaScript.
const id = fc.oneof(fc.stringMatching(/^[a-z]{1,2}$/), fc.constantFrom("__proto__", "constructor", "a/b", "self", ""));
const kitchen: fc.Arbitrary<Kitchen> = fc.record(
  {
    name: fc.string(),
    open: fc.boolean(),
    note: fc.string(),
    tickets: fc.dictionary(id, fc.record({ lines: fc.nat() }, { noNullPrototype: true }), { noNullPrototype: true }),
    tablets: fc.dictionary(id, fc.string(), { noNullPrototype: true }),
  },
  { requiredKeys: ["name", "open", "tickets", "tablets"], noNullPrototype: true },
);

/** A store that takes rows as an object's storage does. */
function stored(rows: Map<string, string>, before: Kitchen, after: Kitchen): Map<string, string> {
  for (const { key, body } of changedRows(layout, before, after)) {
    if (body === null) rows.delete(key);
    else rows.set(key, body);
  }
  return rows;
}

const listed = (rows: Map<string, string>) => [...rows].map(([key, body]) => ({ key, body }));

describe("a state in rows", () => {
  it("reads back as the last state that was written, however many were before", () => {
    fc.assert(
      fc.property(fc.array(kitchen, { minLength: 1 }), (states) => {
        const rows = new Map<string, string>();
        let before = initial;
        for (const after of states) {
          stored(rows, before, after);
          before = after;
        }
        expect(stateOf(layout, initial, listed(rows))).toEqual(before);
      }),
    );
  });

  it("costs the rows of what changed and no more", () => {
    const before: Kitchen = { ...initial, tickets: { a: { lines: 1 }, b: { lines: 2 }, c: { lines: 3 } } };
    const { c: _, ...kept } = before.tickets;
    expect(changedRows(layout, before, before)).toEqual([]);
    expect(changedRows(layout, before, { ...before, tickets: { ...before.tickets, a: { lines: 9 } } })).toEqual([
      { key: "tickets/a", body: '{"lines":9}' },
    ]);
    expect(changedRows(layout, before, { ...before, tickets: kept })).toEqual([{ key: "tickets/c", body: null }]);
    expect(changedRows(layout, before, { ...before, open: true })).toEqual([
      { key: "self", body: '{"name":"","open":true}' },
    ]);
  });

  it("is read with a new field as if it had always been there", () => {
    const rows = listed(stored(new Map(), initial, { ...initial, name: "Old", tickets: { a: { lines: 1 } } }));
    const newer = stateOf({ collections: ["tickets", "tablets"] }, { ...initial, mood: "calm" }, rows);
    expect(newer).toEqual({ name: "Old", open: false, mood: "calm", tickets: { a: { lines: 1 } }, tablets: {} });
  });
});
