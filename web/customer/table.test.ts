import { expect, it } from "vitest";
import { tableIn } from "./table.ts";

it("a link's table is read as it stands on the table, and nothing else is taken for one", () => {
  expect(tableIn("?table=12")).toBe("12");
  expect(tableIn("?lang=de&table=%20Garten%20%20%203%20")).toBe("Garten 3");
  expect(tableIn("?table=โต๊ะ 4")).toBe("โต๊ะ 4");
  for (const odd of [
    "",
    "?table=",
    "?table=%20",
    `?table=${"1".repeat(21)}`,
    "?table=%3Cb%3E12",
    "?table=1%0A2",
    "?table=%E2%80%AE21",
  ])
    expect(tableIn(odd)).toBeNull();
});
