import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "tests/dst/mutations");

/** A fault as a hurried hand could make it: what the product does then, in words, and the patch that makes it do so. */
export interface Mutation {
  readonly does: string;
  readonly patch: string;
}

interface Ended {
  readonly status: number;
  readonly output: string;
}

/** All faults that are kept: a patch each, whose first line says what it makes of the product. */
export async function mutations(): Promise<Mutation[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".patch")).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const patch = join(folder, name);
      const [first = ""] = (await readFile(patch, "utf8")).split("\n");
      return { does: first.replace(/^A product that /, "").replace(/\.$/, ""), patch };
    }),
  );
}

/** Runs the simulation as `npm run dst` does, with `words` as its command line; a fault is planted in a copy. */
export async function simulate(words: readonly string[], mutation?: Mutation): Promise<Ended> {
  if (mutation === undefined) return lives(root, words);
  const copy = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    for (const part of ["contracts", "domain", "workers", "scripts"])
      await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, "node_modules"), join(copy, "node_modules"));
    await writeFile(join(copy, "package.json"), '{ "type": "module" }');
    const applied = await run("git", [...apply, mutation.patch], copy);
    if (applied.status !== 0) throw new Error(`${mutation.patch} does not apply:\n${applied.output}`);
    return await lives(copy, words);
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** What is wrong with a patch that no longer fits the product; null where it fits. */
export async function misfit({ patch }: Mutation): Promise<string | null> {
  const { status, output } = await run("git", [...apply, "--check", patch], root);
  return status === 0 ? null : output;
}

// Lines around a fault may change; the fault itself is looked for wherever it has gone.
const apply = ["apply", "-C1"];

function lives(cwd: string, words: readonly string[]): Promise<Ended> {
  return run(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/dst.ts", ...words], cwd);
}

function run(command: string, words: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(command, words, { cwd });
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  child.stderr.on("data", (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ status: code ?? -1, output }));
  });
}
