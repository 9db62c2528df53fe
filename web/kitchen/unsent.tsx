import { sharedWords } from "../shared/words.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";
import { useDerived } from "./derived.ts";

/** That something done to a ticket waits, and nobody hears of it for now. */
export function Unsent({ board, ticket }: { readonly board: Board; readonly ticket: ShownTicket }) {
  const isUnsent = useDerived(() => board.isUnsent(ticket), [board, ticket]);
  // The strip above the board says it to ears, once for all of them.
  return isUnsent ? <p class="unsent">{sharedWords.value.unsent}</p> : null;
}
