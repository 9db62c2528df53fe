import { expect, it } from "vitest";
import { inCodePage } from "./code-page.ts";

it("says what has a letter in it, with marks or without", () => {
  expect(inCodePage("Für 2 €")).toEqual([0x46, 0xfc, 0x72, 0x20, 0x32, 0x20, 0x80]);
  expect(inCodePage("Łódź")).toEqual([0x4c, 0xf3, 0x64, 0x7a]);
});

it.each(["\u001b@", "\u001dV\u0000", "a\nb", "\u0000", "\u009b2J", "汤", "سمك"])(
  "does not say %j: what could be a command to the printer is drawn",
  (text) => expect(inCodePage(text)).toBeNull(),
);
