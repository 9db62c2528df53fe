import type { ReadonlySignal } from "@preact/signals";
import { clock } from "./format.ts";
import type { Outcome, PendingActions } from "./pending.ts";
import { problemWords, sharedWords } from "./words.ts";

interface PendingStripProps {
  readonly pending: PendingActions;
  readonly live: ReadonlySignal<boolean>;
  /** What each action is called on this screen. */
  readonly deeds: Readonly<Record<string, string>>;
  /** Whether a refusal is told elsewhere on the screen, beside the thing itself. */
  isToldElsewhere(outcome: Outcome): boolean;
}

/** What was done here without a connection: how much of it waits, and what became of each when it was sent. */
export function PendingStrip({ pending, live, deeds, isToldElsewhere }: PendingStripProps) {
  const t = sharedWords.value;
  const told = pending.outcomes.value.filter((outcome) => outcome.problem === null || !isToldElsewhere(outcome));
  const waits = live.value ? 0 : pending.waiting.value.length;
  return (
    <div role="status">
      {waits === 0 ? null : (
        <p class="pending-waits">
          {t.waitsFor} <span class="figures">{waits}</span>
        </p>
      )}
      {told.length === 0 ? null : (
        <div class="pending-outcomes">
          <ul>
            {told.map(({ action, problem }) => (
              <li key={action.key} data-refused={problem !== null}>
                <strong class="mono">{action.label}</strong> {deeds[action.name] ?? action.name}{" "}
                <span class="figures">{clock(action.at)}</span>{" "}
                {problem === null ? `✓ ${t.sentLate}` : `✕ ${t.notTaken}: ${problemWords(problem)}`}
              </li>
            ))}
          </ul>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => pending.dismiss(told.map(({ action }) => action.key))}
          >
            {t.read}
          </button>
        </div>
      )}
    </div>
  );
}
