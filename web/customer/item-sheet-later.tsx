import type { MenuKey } from "../../contracts/ids.ts";
import { soon } from "../shared/later.tsx";

/** A dish that is being decided on; `at` is the basket's line it changes, null for a new one. */
export interface Opened {
  readonly item: MenuKey;
  readonly at: number | null;
}

export const ItemSheet = soon(async () => (await import("./item-sheet.tsx")).ItemSheet);
