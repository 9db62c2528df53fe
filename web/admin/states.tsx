import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import { isPassing } from "../shared/intent.ts";
import { problemWords, sharedWords } from "../shared/words.ts";
import { words } from "./parts-words.ts";

/** Nobody waits longer without being told. */
const patienceMs = 4_000;

/** What is on its way. */
export function Loading() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="waiting" role="status">
      {isLong ? words.value.takesLong : sharedWords.value.loading}
    </p>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Nothing is here, why, and what one can do about it. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

interface FailedProps {
  readonly problem: Problem;
  /** Asks again: at once, for what is asked again by itself before long. */
  retry?(): void;
}

/** What could not be had or done, and why. */
export function Failed({ problem, retry }: FailedProps) {
  return (
    <div class="notice notice-stop" role="alert">
      <p>{problemWords(problem)}</p>
      {retry !== undefined && isPassing(problem.status) ? <p class="small">{words.value.byItself}</p> : null}
      {retry === undefined || isFinal(problem) ? null : (
        <p>
          <button type="button" class="button button-quiet" onClick={retry}>
            {sharedWords.value.retry}
          </button>
        </p>
      )}
    </div>
  );
}

/** What is not there, or not for whoever asks, is not there the next time either. */
function isFinal({ status }: Problem): boolean {
  return status === 403 || status === 404 || status === 410;
}

export type Tone = "plain" | "go" | "wait" | "stop" | "accent";

/** A state in a word; the tone says the same once more, never alone. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}
