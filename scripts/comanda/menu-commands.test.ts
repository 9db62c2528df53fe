import { expect, test } from "vitest";
import { reportText } from "./menu-commands.ts";

const report = {
  venue: "demo-1",
  format: "vendor",
  dryRun: false,
  changed: true,
  version: 2,
  counts: { categories: 1, items: 2, groups: 3, options: 4 },
  faults: [
    { path: "/toppings/7", code: "empty-group", severity: "refused", detail: "It has no options.", action: "left out" },
    { path: "", code: "tax-missing", severity: "noted", detail: "No tax.", action: "all is taxed 0 %" },
  ],
} as const;
const faults = [...report.faults];

test("every fault stands with its path and what was done about it", () => {
  const text = reportText("kfc.json", { ...report, faults });
  expect(text).toContain("kfc.json: vendor, 1 categories, 2 items, 3 option groups, 4 options");
  expect(text).toContain("  /toppings/7: refused: It has no options. → left out");
  expect(text).toContain("  /: noted: No tax. → all is taxed 0 %");
  expect(text).toContain("1 refused, 1 noted");
  expect(text).toContain("Published as version 2 of demo-1.");
});

test("an import that changes nothing says so, and so does a dry run", () => {
  expect(reportText("a", { ...report, faults, changed: false })).toContain("nothing was changed");
  expect(reportText("a", { ...report, faults, dryRun: true })).toContain("it would change the menu");
});
