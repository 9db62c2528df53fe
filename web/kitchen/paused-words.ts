import { clock } from "../shared/format.ts";
import { words } from "./words.ts";

/** How long the venue takes no orders. */
export function pausedWords({ until }: { readonly until: string | null }): string {
  return until === null ? words.value.pausedOpen : words.value.pausedUntil(clock(until));
}
