import { problemWords } from "../shared/words.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";

/** What was last asked for a ticket and not done, until something else is asked. */
export function Refused({ board, ticket }: { readonly board: Board; readonly ticket: ShownTicket }) {
  const refused = board.pending.outcomes.value.filter(
    ({ action, problem }) => problem !== null && action.params["order"] === ticket.order,
  );
  const problem = refused.at(-1)?.problem ?? null;
  return problem === null ? null : (
    <p class="notice notice-stop" role="alert">
      {problemWords(problem)}
    </p>
  );
}
