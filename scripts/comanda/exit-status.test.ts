import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

function comanda(...words: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/comanda.ts"), ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", COMANDA_URL: "http://127.0.0.1:1" },
  });
  return { status, stderr };
}

const client = ["--client-id", "a", "--client-secret", "b"];

test("what cannot be asked of a server ends with 2 and says why", () => {
  const menu = ["menu", "import", "package.json", "--venue", "v", ...client];
  const cases: [string[], RegExp][] = [
    [["menu", "import", "no-such-file.json", "--venue", "v", ...client], /There is no file no-such-file\.json/],
    [["menu", "import", "scripts", "--venue", "v", ...client], /There is no file scripts/],
    [
      ["menu", "import", "package.json", "scripts.json", "third.json", "--venue", "v"],
      /There is no file scripts\.json/,
    ],
    [["menu", "import", "package.json", ...client], /--venue/],
    [["menu", "imprt"], /imprt/],
    [[...menu, "--dryrun"], /There is no option --dryrun/],
    [[...menu, "--base-url", "nonsense"], /nonsense is no address/],
    [menu, /ECONNREFUSED/],
  ];
  for (const [words, reason] of cases) {
    const { status, stderr } = comanda(...words);
    expect(stderr).toMatch(reason);
    expect(status, words.join(" ")).toBe(2);
  }
});

test("help ends with 0", () => {
  expect(comanda("menu", "import", "--help").status).toBe(0);
});
