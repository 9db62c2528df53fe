import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");

interface Snippet {
  says: string;
  path: string;
  code: string;
  /** The rule that must object; none for what is allowed. */
  rule?: string;
}

const imports = "eslint(no-restricted-imports)";
const globals = "eslint(no-restricted-globals)";
const from = (specifier: string) => `import { x } from "${specifier}";\nexport const y = x;\n`;

const refused: Snippet[] = [
  { says: "contracts/ imports domain/", path: "contracts/a.ts", code: from("../domain/menu/menu.ts"), rule: imports },
  { says: "contracts/ imports a package", path: "contracts/b.ts", code: from("hono"), rule: imports },
  {
    says: "contracts/ re-exports a worker",
    path: "contracts/c.ts",
    code: `export { x } from "../workers/shared/link.ts";\n`,
    rule: imports,
  },
  {
    says: "domain/ imports a worker",
    path: "domain/order/a.ts",
    code: from("../../workers/shared/link.ts"),
    rule: imports,
  },
  {
    says: "domain/ imports a worker's type",
    path: "domain/order/b.ts",
    code: `import type { X } from "../../workers/ordering/env.ts";\nexport type Y = X;\n`,
    rule: imports,
  },
  { says: "domain/ imports hono", path: "domain/order/c.ts", code: from("hono"), rule: imports },
  { says: "domain/ imports drizzle", path: "domain/order/d.ts", code: from("drizzle-orm/d1"), rule: imports },
  { says: "domain/ imports the platform", path: "domain/order/e.ts", code: from("cloudflare:workers"), rule: imports },
  { says: "domain/ imports node", path: "domain/order/f.ts", code: from("node:crypto"), rule: imports },
  {
    says: "domain/ reads the clock",
    path: "domain/order/g.ts",
    code: "export const at = Date.now();\n",
    rule: globals,
  },
  { says: "domain/ makes a date", path: "domain/order/h.ts", code: "export const at = new Date();\n", rule: globals },
  {
    says: "domain/ makes an id",
    path: "domain/order/i.ts",
    code: "export const id = crypto.randomUUID();\n",
    rule: globals,
  },
  {
    says: "domain/ calls out",
    path: "domain/order/j.ts",
    code: `export const r = () => fetch("http://127.0.0.1");\n`,
    rule: globals,
  },
  { says: "domain/ waits", path: "domain/order/k.ts", code: "setTimeout(() => {}, 1);\n", rule: globals },
  {
    says: "domain/ takes the clock by a back door",
    path: "domain/order/l.ts",
    code: "export const at = globalThis.Date;\n",
    rule: globals,
  },
  {
    says: "domain/ rolls dice",
    path: "domain/order/m.ts",
    code: "export const n = Math.random();\n",
    rule: "eslint(no-restricted-properties)",
  },
  {
    says: "a worker imports another",
    path: "workers/ordering/a.ts",
    code: from("../kitchen/board-object.ts"),
    rule: imports,
  },
  {
    says: "a worker imports another from a subfolder",
    path: "workers/kitchen/http/a.ts",
    code: from("../../delivery/zone-object.ts"),
    rule: imports,
  },
  {
    says: "the sandbox imports the product",
    path: "workers/sandbox/a.ts",
    code: from("../ordering/env.ts"),
    rule: imports,
  },
  {
    says: "workers/shared imports domain/",
    path: "workers/shared/a.ts",
    code: from("../../domain/order/order.ts"),
    rule: imports,
  },
  {
    says: "workers/shared imports a worker",
    path: "workers/shared/b.ts",
    code: from("../ordering/env.ts"),
    rule: imports,
  },
  {
    says: "a worker imports a script",
    path: "workers/delivery/a.ts",
    code: from("../../scripts/stack.ts"),
    rule: imports,
  },
  {
    says: "the web imports a worker",
    path: "web/customer/a.ts",
    code: from("../../workers/ordering/env.ts"),
    rule: imports,
  },
  { says: "the web imports hono", path: "web/customer/b.tsx", code: from("hono/client"), rule: imports },
  { says: "the web imports node", path: "web/customer/c.ts", code: from("node:fs"), rule: imports },
  { says: "a script imports the tests", path: "scripts/a.ts", code: from("../tests/harness.ts"), rule: imports },
  { says: "an import leaves out its .ts", path: "contracts/d.ts", code: from("./ids"), rule: "import(extensions)" },
  {
    says: "a switch forgets a case",
    path: "domain/order/n.ts",
    code: `export function f(s: "a" | "b"): number | undefined {\n  switch (s) {\n    case "a":\n      return 1;\n  }\n  return undefined;\n}\n`,
    rule: "typescript(switch-exhaustiveness-check)",
  },
  {
    says: "a switch hides behind a default",
    path: "domain/order/o.ts",
    code: `export function f(s: "a" | "b"): number {\n  switch (s) {\n    case "a":\n      return 1;\n    default:\n      return 2;\n  }\n}\n`,
    rule: "typescript(switch-exhaustiveness-check)",
  },
  {
    says: "a promise is dropped",
    path: "workers/ordering/b.ts",
    code: "export async function f(): Promise<void> {}\nexport function g(): void {\n  f();\n}\n",
    rule: "typescript(no-floating-promises)",
  },
  {
    says: "anything goes by any",
    path: "workers/ordering/c.ts",
    code: "export const f = (x: any) => x;\n",
    rule: "typescript(no-explicit-any)",
  },
  {
    says: "a default export hides a name",
    path: "workers/ordering/d.ts",
    code: "export default 1;\n",
    rule: "import(no-default-export)",
  },
  {
    says: "a test runs alone",
    path: "domain/order/p.test.ts",
    code: `import { it } from "vitest";\nit.only("alone", () => {});\n`,
    rule: "vitest(no-focused-tests)",
  },
  {
    says: "a test is switched off",
    path: "domain/order/q.test.ts",
    code: `import { it } from "vitest";\nit.skip("off", () => {});\n`,
    rule: "vitest(no-disabled-tests)",
  },
];

const allowed: Snippet[] = [
  {
    says: "contracts/ uses zod and its neighbours",
    path: "contracts/x.ts",
    code: `import { z } from "zod";\n${from("./ids.ts")}export const s = z.string();\n`,
  },
  {
    says: "domain/ uses contracts/, zod and its neighbours",
    path: "domain/order/x.ts",
    code: `import { z } from "zod";\nimport { w } from "../menu/menu.ts";\n${from("../../contracts/ids.ts")}export const s = [z, w];\n`,
  },
  {
    says: "a worker uses domain/, shared, contracts/ and packages",
    path: "workers/ordering/http/x.ts",
    code: `import { Hono } from "hono";\nimport { v } from "../../../domain/delivery/delivery.ts";\nimport { w } from "../../shared/link.ts";\n${from("../../../contracts/ids.ts")}export const s = [Hono, v, w, Date.now()];\n`,
  },
  {
    says: "the web uses domain/ and contracts/",
    path: "web/customer/x.ts",
    code: `import { w } from "../../domain/order/pricing.ts";\n${from("../../contracts/ids.ts")}export const s = w;\n`,
  },
  { says: "the tests use anything", path: "tests/x.ts", code: from("../workers/ordering/order-object.ts") },
  { says: "a worker's entry has a default export", path: "workers/ordering/worker.ts", code: "export default {};\n" },
];

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

const project = mkdtempSync(join(tmpdir(), "comanda-lint-"));
let findings: { code: string; filename: string }[] = [];

beforeAll(async () => {
  for (const file of [".oxlintrc.json", "tsconfig.json", "package.json"]) cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  for (const { path, code } of [...refused, ...allowed]) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), code);
  }
  findings = await lint();
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the linter objects when", () => {
  it.each(refused)("$says", ({ path, rule }) => {
    expect(findings.filter(({ filename }) => filename === path).map(({ code }) => code)).toContain(rule);
  });
});

describe("the linter is silent when", () => {
  it.each(allowed)("$says", ({ path }) => {
    expect(findings.filter(({ filename }) => filename === path)).toEqual([]);
  });
});

async function lint(): Promise<typeof findings> {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  // It ends with status 1, as it should: the findings are on standard output all the same.
  const output = await promisify(execFile)(process.execPath, [oxlint, "--format", "json"], { cwd: project }).then(
    ({ stdout }) => stdout,
    (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
  );
  return Report.parse(JSON.parse(output)).diagnostics.map(({ code, filename }) => ({
    code,
    filename: filename.startsWith("/") ? relative(project, filename) : filename,
  }));
}
