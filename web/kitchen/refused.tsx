import { problemWords, sharedWords } from "../shared/words.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";
import { words } from "./words.ts";

/** What was last asked for a ticket and not done, until something else is asked. */
export function Refused({ board, ticket }: { readonly board: Board; readonly ticket: ShownTicket }) {
  const { action, problem = null } = board.refused(ticket).at(-1) ?? {};
  if (action === undefined || problem === null) return null;
  const { name, about } = action;
  return (
    <p class="notice notice-stop" role="alert">
      <span class="for-ears">{ticket.code} </span>
      <strong>
        {words.value.deeds[name] ?? name} {about === undefined ? null : <bdi>{about}</bdi>}
      </strong>{" "}
      ✕ {sharedWords.value.notTaken}: {problemWords(problem)}
    </p>
  );
}
