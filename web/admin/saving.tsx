import { useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { Reply } from "../shared/api.ts";
import { useDeed } from "./deed.ts";
import { words } from "./parts-words.ts";
import { Failed } from "./states.tsx";

export interface Saving {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Whether all that is shown was saved, and nothing was changed since. */
  readonly saved: boolean;
  /** Saves once; null where it was refused, which `problem` then says. */
  run<T>(work: () => Promise<Reply<T>>): Promise<T | null>;
  /** Something was changed. */
  begin(): void;
}

/** What one changes and saves on a page. */
export function useSaving(): Saving {
  const { busy, problem, run } = useDeed();
  const [saved, setSaved] = useState(false);
  const save = async <T,>(work: () => Promise<Reply<T>>): Promise<T | null> => {
    setSaved(false);
    const done = await run(work);
    setSaved(done !== null);
    return done;
  };
  return { busy, problem, saved, run: save, begin: () => setSaved(false) };
}

/** That it is saved. */
export function Saved({ saving: { saved } }: { readonly saving: Saving }) {
  return saved ? (
    <p class="notice notice-go" role="status">
      {words.value.saved}
    </p>
  ) : null;
}

interface SaveEndProps {
  readonly saving: Saving;
  /** On the button, where "Save" does not say for whom. */
  readonly label?: string;
  readonly disabled: boolean;
}

interface SaveButtonProps {
  readonly label: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly look?: "button-quiet";
}

/** Sends its form; where there is nothing to save it stays where one is, so that nobody who has saved is sent away. */
export function SaveButton({ label, busy, disabled, look }: SaveButtonProps) {
  return (
    <button
      class={`button ${look ?? ""} ${busy ? "button-busy" : ""}`}
      aria-disabled={disabled}
      onClick={(event) => disabled && event.preventDefault()}
    >
      {label}
    </button>
  );
}

/** The end of a form: the button that saves, and above it what became of that. */
export function SaveEnd({ saving, label = words.value.save, disabled }: SaveEndProps) {
  return (
    <>
      {saving.problem === null ? null : <Failed problem={saving.problem} />}
      <Saved saving={saving} />
      <div class="form-end">
        <SaveButton label={label} busy={saving.busy} disabled={disabled} />
      </div>
    </>
  );
}
