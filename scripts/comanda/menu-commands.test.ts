import { expect, test } from "vitest";
import type { MenuDifferences } from "../../contracts/menu-difference.ts";
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
const differences = { added: 0, removed: 0, changed: 0, list: [] };

test("every fault stands with its path and what was done about it", () => {
  const text = reportText("kfc.json", { ...report, differences, faults });
  expect(text).toContain("kfc.json: vendor, 1 categories, 2 items, 3 option groups, 4 options");
  expect(text).toContain("  /toppings/7: refused: It has no options. → left out");
  expect(text).toContain("  /: noted: No tax. → all is taxed 0 %");
  expect(text).toContain("1 refused, 1 noted");
  expect(text).toContain("Published as version 2 of demo-1.");
});

test("an import that changes nothing says so, and so does a dry run", () => {
  expect(reportText("a", { ...report, differences, faults, changed: false })).toContain("nothing was changed");
  expect(reportText("a", { ...report, differences, faults, dryRun: true })).toContain("it would change the menu");
});

test("a dry run says what would change, prices before and after", () => {
  const found: MenuDifferences = {
    added: 1,
    removed: 1,
    changed: 1_200,
    list: [
      { change: "changed", part: "item", path: "/items/soup", name: { en: "Soup" }, of: null, fields: [{ field: "price", before: 590, after: 650 }] },
      { change: "added", part: "item", path: "/items/tea", name: { en: "Tea" }, of: null, fields: [{ field: "price", before: null, after: 300 }] },
      { change: "removed", part: "category", path: "/categories/bar", name: { en: "Bar" }, of: null, fields: [] },
    ],
  }; // prettier-ignore
  const text = reportText("a", { ...report, faults, dryRun: true, differences: found });
  expect(text).toContain("  1 added, 1 removed, 1200 changed:\n");
  expect(text).toContain('  ~ /items/soup "Soup": price 590 → 650\n');
  expect(text).toContain('  + /items/tea "Tea": price 300\n');
  expect(text).toContain('  - /categories/bar "Bar"\n');
  expect(text).toContain("  … and 1199 more\n");
  expect(reportText("a", { ...report, faults, differences: found })).not.toContain("/items/soup");
});
