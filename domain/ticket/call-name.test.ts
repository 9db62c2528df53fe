import { describe, expect, it } from "vitest";
import { callName } from "./call-name.ts";

describe("the name a kitchen calls out", () => {
  it.each([
    ["Ada", "Ada"],
    [" Ada  Lovelace ", "Ada L."],
    ["Anna Maria von Ørsted", "Anna Ø."],
    ["Ada L.", "Ada L."],
    ["林 𠮷野", "林 𠮷."],
    ["", ""],
  ])("of %j is %j", (name, called) => expect(callName(name)).toBe(called));
});
