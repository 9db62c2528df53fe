import { cp, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "./town.ts";

const repository = join(import.meta.dirname, "../..");

/** A fault as a hurried hand could make it: in this file of workers/shared, this text instead of that. */
export interface Fault {
  readonly file: string;
  readonly instead: string;
  readonly of: string;
}

/** The frame with a fault planted in it: a copy, loaded beside the real one. */
export async function frameWith(fault: Fault): Promise<Frame> {
  const copy = await mkdtemp(join(tmpdir(), "planted-"));
  await cp(join(repository, "workers/shared"), join(copy, "workers/shared"), { recursive: true });
  await cp(join(repository, "contracts"), join(copy, "contracts"), { recursive: true });
  await symlink(join(repository, "node_modules"), join(copy, "node_modules"));
  const path = join(copy, "workers/shared", fault.file);
  const text = await readFile(path, "utf8");
  const parts = text.split(fault.of);
  if (parts.length !== 2) throw new Error(`${fault.file} has ${parts.length - 1} times: ${fault.of}`);
  await writeFile(path, parts.join(fault.instead));
  const load = (file: string): Promise<Frame> => import(/* @vite-ignore */ join(copy, "workers/shared", file));
  const inbox = { ...(await load("acknowledgements.ts")), ...(await load("inbox.ts")) };
  return { ...inbox, ...(await load("actor.ts")), ...(await load("dead-letters.ts")) };
}
