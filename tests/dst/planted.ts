import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "../..");

/** A fault as a hurried hand could make it: in this file, this text instead of that. */
export interface Fault {
  readonly file: string;
  readonly of: string;
  readonly instead: string;
}

/** Runs the simulation as `npm run dst` does, with `words` as its command line; a fault is planted in a copy. */
export async function simulate(words: readonly string[], fault?: Fault): Promise<{ status: number; output: string }> {
  if (fault === undefined) return run(repository, words);
  const copy = await mkdtemp(join(tmpdir(), "planted-"));
  try {
    for (const folder of ["contracts", "domain", "workers", "scripts"])
      await cp(join(repository, folder), join(copy, folder), { recursive: true });
    await symlink(join(repository, "node_modules"), join(copy, "node_modules"));
    await writeFile(join(copy, "package.json"), '{ "type": "module" }');
    const path = join(copy, fault.file);
    const parts = (await readFile(path, "utf8")).split(fault.of);
    if (parts.length !== 2) throw new Error(`${fault.file} has ${parts.length - 1} times: ${fault.of}`);
    await writeFile(path, parts.join(fault.instead));
    return await run(copy, words);
  } finally {
    await rm(copy, { recursive: true });
  }
}

function run(root: string, words: readonly string[]): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/dst.ts", ...words], { cwd: root }); // prettier-ignore
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  child.stderr.on("data", (text) => (output += String(text)));
  return new Promise((resolve) => child.on("close", (code) => resolve({ status: code ?? -1, output })));
}
