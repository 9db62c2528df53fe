import type { MenuDocument } from "../../contracts/menu.ts";
import type { ImportHints } from "./import-hints.ts";
import { importMenu } from "./import-menu.ts";

/** The menu made of a file, and its faults in short: "mended group-empty /groups/3". */
export function imported(source: unknown, hints: ImportHints = {}, existing: MenuDocument | null = null) {
  const result = importMenu(source, hints, existing);
  if ("refused" in result) throw new Error(result.detail);
  const { document, ...rest } = result;
  if (document === null) throw new Error(JSON.stringify(result.faults));
  return { ...rest, document, faults: result.faults.map(({ severity, code, path }) => `${severity} ${code} ${path}`) };
}

export const item = ({ document }: { document: MenuDocument }, id: string) =>
  document.items.find((each) => each.id === id);
export const group = ({ document }: { document: MenuDocument }, id: string) =>
  document.groups.find((each) => each.id === id);
