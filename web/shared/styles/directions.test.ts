import { expect, it } from "vitest";

const sheets = import.meta.glob<string>("../../**/*.css", { query: "?raw", import: "default", eager: true });

/** What stands at one side of the screen whichever way one reads. */
const physical = [
  /(?:^|[\s;{(-])(?:left|right)(?:[\s:;,)-]|$)/,
  /(?:^|[\s;{])(?:top|bottom|width|height|(?:min|max)-(?:width|height)|(?:margin|padding|border)-(?:top|bottom))\s*:/,
];
/** Four values of which the second (right) and the fourth (left) differ. */
const lopsided =
  /(?:^|[\s;{])(?:margin|padding|inset|border-width)\s*:\s*[^\s;]+ ([^\s;]+) [^\s;]+ (?!\1\s*;)[^\s;]+\s*;/;
const corners = /(?:^|[\s;{])border-radius\s*:\s*[^\s;]+ [^\s;]+ [^\s;]+ [^\s;]+\s*;/;

it("reads from either side: no stylesheet knows left and right", () => {
  const names = Object.keys(sheets).filter((name) => !name.includes("/dist/"));
  expect(names.length).toBeGreaterThan(20);
  expect(names.flatMap((name) => faultsIn(sheets[name] ?? "").map((fault) => `${name}: ${fault}`))).toEqual([]);
});

it("notices what does", () => {
  const wrong = [
    "margin-left: 1px;",
    "text-align: right;",
    "left: 0;",
    "float: left;",
    "inset: 0 1px 0 2px;",
    "width: 3px;",
  ];
  expect(wrong.flatMap(faultsIn)).toHaveLength(wrong.length);
  const right = ["margin-inline-start: 1px;", "inset: 0 1px 2px 1px;", "text-align: end;", "border-radius: 0;"];
  expect(right.flatMap(faultsIn)).toEqual([]);
});

function faultsIn(css: string): string[] {
  const bare = css
    .replaceAll(/\/\*[^]*?\*\//g, "")
    // Conditions on the screen's size have no logical form that browsers know.
    .replaceAll(/@(?:media|container)[^{]*\{/g, "{");
  const flat = bare.replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, "()");
  return flat.split("\n").filter((line) => [...physical, lopsided, corners].some((pattern) => pattern.test(line)));
}
