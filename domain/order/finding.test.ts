import { describe, expect, it } from "vitest";
import { soughtIn, tableKeyOf, tracesOf } from "./finding.ts";

const ada = { name: "Zoë Müller-Łaski", phone: "+4915112345678", email: "Zoe@Mail.example" };

/** Whether an order of Zoë's is found by what was typed, other than by id, code and whole phone. */
function finds(typed: string, customer = ada): boolean {
  const sought = soughtIn(typed);
  const traces = tracesOf(customer);
  return sought?.by === "traces" && sought.traces.every((trace) => traces.includes(trace));
}

describe("an order is found", () => {
  it.each(["zoe", "Zoë", "ZO", "mul", "muller zoe", "Laski", "müller"])("by a name's beginning: %s", (typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(["5678", "345678", "0151 12345678", "0151/1234 5678"])("by a phone's ending: %s", (typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(["zoe@mail.example", "@mail.example"])("by a mail address or its host: %s", (typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(["uller", "zoe smith", "1234", "@example", "bob@mail.example"])("not by what is not there: %s", (typed) => {
    expect(finds(typed)).toBe(false);
  });

  it("by one letter of a script in which that is a word", () => {
    expect(finds("山", { ...ada, name: "山田 太郎" })).toBe(true);
    expect(finds("山田", { ...ada, name: "山田 太郎" })).toBe(true);
  });
});

it("what was typed may be an id, a code or a whole phone", () => {
  expect(soughtIn("ord_00000000000000000000000001")).toEqual({ by: "id", id: "ord_00000000000000000000000001" });
  expect(soughtIn(" kt47 ")).toEqual({ by: "code", code: "KT47" });
  expect(soughtIn("+49 (151) 1234-5678")).toEqual({ by: "phone", phone: "+4915112345678" });
});

describe("a table is meant", () => {
  it.each([
    ["12", "12"],
    ["table 12", "12"],
    ["Tisch 12", "12"],
    ["TISCH Nr. 07", "7"],
    ["table #4b", "4b"],
    ["table a", "a"],
    ["T-4", "t-4"],
    ["table kt47", "kt47"],
    ["１２", "12"],
  ])("and nothing else by %s", (typed, table) => {
    expect(soughtIn(typed)).toEqual({ by: "table", table });
  });

  it.each([
    ["1204", "1204"],
    ["Terrace 3", "terrace3"],
    ["window", "window"],
    ["Tisch Andrew", "andrew"],
  ])("or somebody by %s", (typed, table) => {
    expect(soughtIn(typed)).toMatchObject({ by: "traces", table });
  });

  it("as it is called at the venue, however that is written", () => {
    expect(["12", "Table 12", "tisch 12", "Tisch Nr. 12", " 012 "].map(tableKeyOf)).toEqual(Array(5).fill("12"));
    expect(["Terrace 3", "terrace  3", "Table", "tables 3"].map(tableKeyOf)).toEqual([
      "terrace3",
      "terrace3",
      "table",
      "tables3",
    ]);
  });
});

it("a table's name that is none's is looked for among names only", () => {
  expect(soughtIn("a name that is longer than any table's")).toMatchObject({ by: "traces", table: null });
});

it.each(["", " ", "a", "-", "()", "@", "a@"])("%j is too little to look for", (typed) => {
  expect(soughtIn(typed)).toBeNull();
});

it("an erased customer leaves no trace", () => {
  expect(tracesOf({ name: "", phone: null, email: null })).toEqual([]);
});
