import { signal } from "@preact/signals";
import type { Text } from "../../contracts/menu.ts";

/** What came of ordering the same again: what cannot be had, and what costs something else. Money in minor units. */
export interface Reordered {
  readonly venue: string;
  readonly missing: readonly Text[];
  readonly dearer: readonly { readonly name: Text; readonly now: number; readonly before: number }[];
  readonly currency: string;
}

/** Of the last one, until it was read. */
export const reordered = signal<Reordered | null>(null);
