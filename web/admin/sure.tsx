import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import { Sheet } from "../shared/sheet.tsx";
import { TextField } from "./fields.tsx";
import { words } from "./parts-words.ts";
import { Failed } from "./states.tsx";

interface SureProps {
  /** On the button that asks. */
  readonly label: string;
  /** For ears, where the label alone does not say of what. */
  readonly of?: string;
  readonly title: string;
  /** What follows from it. */
  readonly children: ComponentChildren;
  /** On the button that does it. */
  readonly go: string;
  /** What the reason is called, where one must be given. */
  readonly reason?: string;
  readonly look?: "button-stop" | "button-quiet" | "button-bare";
  readonly disabled?: boolean;
  /** null when it is done. */
  onSure(reason: string): Promise<Problem | null>;
}

/** A deed that is asked about before it is done. */
export function Sure({ label, of, title, children, go, reason, look = "button-stop", disabled, onSure }: SureProps) {
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isUnderWay = useRef(false);
  const id = useId();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    const refused = await onSure(why.trim());
    isUnderWay.current = false;
    setBusy(false);
    setProblem(refused);
    if (refused === null) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        class={`button button-small ${look}`}
        disabled={disabled}
        aria-haspopup="dialog"
        aria-label={of === undefined ? undefined : `${label}: ${of}`}
        onClick={() => {
          setProblem(null);
          setWhy("");
          setOpen(true);
        }}
      >
        {label}
      </button>
      {open ? (
        <Sheet titleId={id} onClose={() => setOpen(false)}>
          <form class="fields" onSubmit={(event) => void submit(event)}>
            <h2 id={id}>{title}</h2>
            <div>{children}</div>
            {reason === undefined ? null : (
              <TextField label={reason} value={why} onInput={setWhy} required maxLength={500} />
            )}
            {problem === null ? null : <Failed problem={problem} />}
            <div class="form-end">
              <button class={`button ${look === "button-stop" ? "button-stop" : ""} ${busy ? "button-busy" : ""}`}>
                {go}
              </button>
              <button type="button" class="button button-quiet" onClick={() => setOpen(false)}>
                {words.value.no}
              </button>
            </div>
          </form>
        </Sheet>
      ) : null}
    </>
  );
}
