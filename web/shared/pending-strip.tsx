import type { ReadonlySignal } from "@preact/signals";
import { clock } from "./format.ts";
import type { Outcome, PendingAction, PendingActions } from "./pending.ts";
import { problemWords, sharedWords } from "./words.ts";

interface PendingStripProps {
  readonly pending: PendingActions;
  readonly live: ReadonlySignal<boolean>;
  /** What each action is called on this screen. */
  readonly deeds: Readonly<Record<string, string>>;
  /** How it stands now with what an action was done to; nothing where nobody knows. */
  standing?(action: PendingAction): string;
  /** Whether a refusal is told elsewhere on the screen, beside the thing itself. */
  isToldElsewhere(outcome: Outcome): boolean;
}

/** What was done here without a connection: how much of it waits, and what became of each when it was sent. */
export function PendingStrip({ pending, live, deeds, standing = () => "", isToldElsewhere }: PendingStripProps) {
  const t = sharedWords.value;
  const told = pending.outcomes.value.filter((outcome) => outcome.problem === null || !isToldElsewhere(outcome));
  const unsent = pending.unsent(live.value);
  return (
    <div role="status" aria-atomic="false">
      {pending.kept.value ? null : <p class="notice notice-wait">{t.keepsNothing}</p>}
      {unsent.length === 0 ? null : (
        <details class="pending-waits">
          <summary>
            {t.waitsFor} <span class="figures">{unsent.length}</span>
          </summary>
          <ul>
            {unsent.map((action) => (
              <li key={action.key}>
                <Done action={action} deeds={deeds} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {told.length === 0 ? null : (
        <div class="pending-outcomes">
          <ul>
            {told.map(({ action, problem }) => (
              <li key={action.key} data-refused={problem !== null}>
                <Done action={action} deeds={deeds} />{" "}
                {problem === null
                  ? `✓ ${t.sentLate}`
                  : `✕ ${t.notTaken}: ${[problemWords(problem), standing(action)].filter(Boolean).join(" ")}`}
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

/** To what something was done: a code, which is compared sign by sign, or a name. */
export function Label({ label }: Pick<PendingAction, "label">) {
  const isCode = /^[A-Z0-9-]{2,10}$/.test(label);
  return (
    <strong class={isCode ? "mono" : undefined}>
      <bdi>{label}</bdi>
    </strong>
  );
}

interface DoneProps extends Pick<PendingStripProps, "deeds"> {
  readonly action: PendingAction;
}

/** To what, what, of which dish or for which time, and when. */
function Done({ action: { label, name, about, at }, deeds }: DoneProps) {
  return (
    <>
      <Label label={label} /> {deeds[name] ?? name}
      {about === undefined ? null : (
        <>
          : <bdi>{about}</bdi>
        </>
      )}{" "}
      · <span class="figures">{clock(at)}</span>
    </>
  );
}
