import { describe, expect, it } from "vitest";
import { soughtIn, tracesOf } from "./finding.ts";

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

it.each(["", " ", "a", "12", "@", "a@"])("%j is too little to look for", (typed) => {
  expect(soughtIn(typed)).toBeNull();
});

it("an erased customer leaves no trace", () => {
  expect(tracesOf({ name: "", phone: null, email: null })).toEqual([]);
});
