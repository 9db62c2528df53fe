import { expect, it } from "vitest";
import { csvOf } from "./csv.ts";

const line = (...cells: (string | number | null)[]) => csvOf([cells]).replace("\uFEFF", "").trimEnd();

it.each(["=1+1", "+49 30", "-2", "@sum", " =1", "\t=1", "|cmd", "＝1"])("%j is no formula", (text) => {
  expect(line(text)).toMatch(/^"?'/);
});

it("quotes and commas stay within their cell, numbers are numbers", () => {
  expect(line('say "hi", twice', "two\nlines", 12.5, null)).toBe('"say ""hi"", twice","two\nlines",12.5,');
});

it("begins with the mark of UTF-8, and ends its lines as RFC 4180 says", () => {
  expect(csvOf([["a"], ["b"]])).toBe("\uFEFFa\r\nb\r\n");
});
