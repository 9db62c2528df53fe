import { clock } from "../shared/format.ts";
import { problemWords } from "../shared/words.ts";
import type { Board } from "./board.ts";
import { words } from "./words.ts";

/** What was done here without a connection: how much of it waits, and what became of each when it was sent. */
export function PendingStrip({ board }: { readonly board: Board }) {
  const t = words.value;
  const { waiting, outcomes } = board.pending;
  const onBoard = new Set(board.open.value.map(({ order }) => order));
  // A refusal is told on its ticket, as long as that is on the board.
  const told = outcomes.value.filter(({ action, problem }) => problem === null || !onBoard.has(orderOf(action)));
  const waits = board.live.value ? 0 : waiting.value.length;
  return (
    <div role="status">
      {waits === 0 ? null : <p class="pending-waits">{t.waitsFor(waits)}</p>}
      {told.length === 0 ? null : (
        <div class="pending-outcomes">
          <ul>
            {told.map(({ action, problem }) => (
              <li key={action.key} data-refused={problem !== null}>
                <strong class="mono">{action.label}</strong> {t.deeds[action.name] ?? action.name}{" "}
                <span class="figures">{clock(action.at)}</span>{" "}
                {problem === null ? `✓ ${t.sentLate}` : `✕ ${t.notTaken}: ${problemWords(problem)}`}
              </li>
            ))}
          </ul>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => board.pending.dismiss(told.map(({ action }) => action.key))}
          >
            {t.read}
          </button>
        </div>
      )}
    </div>
  );
}

function orderOf({ params }: { readonly params: Readonly<Record<string, string>> }): string {
  return params["order"] ?? "";
}
