import { useState } from "preact/hooks";
import { z } from "zod";
import type { DeadLetterDetail } from "../../contracts/dead-letter.ts";
import { facts, type FactType } from "../../contracts/events.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import { dataOf } from "./dead-letters-letter-page.tsx";
import { words } from "./dead-letters-words.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";

interface LetterEditorProps {
  readonly letter: DeadLetterDetail;
  saved(): void;
}

type Judged = { readonly data: Record<string, z.core.util.JSONType> } | { readonly faults: readonly string[] };

/** What the fact says, as JSON: judged as it is typed, by what its receiver's code would understand. */
export function LetterEditor({ letter, saved }: LetterEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(dataOf(letter), null, 2));
  const [reason, setReason] = useState("");
  const [isSaved, setIsSaved] = useState(false);
  const deed = useDeed();
  const t = words.value;
  const judged = judge(letter.type, text);
  const faults = "faults" in judged ? judged.faults : [];
  const same = "data" in judged && JSON.stringify(judged.data) === JSON.stringify(dataOf(letter));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!("data" in judged)) return;
    const body = { data: judged.data, reason: reason.trim() };
    const done = await deed.run(() => session.ask(operationRoutes.editLetter, { params: { id: letter.id }, body }));
    if (done === null) return;
    setReason("");
    setIsSaved(true);
    saved();
  };
  return (
    <form class="fields" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t.data}
        mono
        lines={16}
        value={text}
        fault={faults.length === 0 ? null : t.notUnderstood}
        onInput={(next) => {
          setIsSaved(false);
          setText(next);
        }}
      />
      {faults.length === 0 ? null : (
        <div role="status">
          <ul class="small anywhere">
            {faults.slice(0, 8).map((fault) => (
              <li key={fault} class="mono">
                {fault}
              </li>
            ))}
          </ul>
        </div>
      )}
      <TextField label={t.reason} value={reason} required maxLength={500} onInput={setReason} />
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      {isSaved ? (
        <p class="notice notice-go" role="status">
          {t.isSaved}
        </p>
      ) : null}
      <div class="form-end">
        <button class={`button ${deed.busy ? "button-busy" : ""}`} disabled={faults.length > 0 || same}>
          {t.edit}
        </button>
        <button
          type="button"
          class="button button-quiet"
          disabled={same}
          onClick={() => setText(JSON.stringify(dataOf(letter), null, 2))}
        >
          {t.undo}
        </button>
      </div>
    </form>
  );
}

const Data = z.record(z.string(), z.json());

function judge(type: string, text: string): Judged {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : words.value.notUnderstood] };
  }
  const data = Data.safeParse(value);
  if (!data.success) return { faults: [words.value.notAnObject] };
  const fact = factTypeIn(type);
  // A type this page does not know yet is judged by the server alone.
  const said = fact === null ? null : facts[fact].safeParse(value);
  if (said?.success === false) {
    return { faults: said.error.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`) };
  }
  return { data: data.data };
}

/** `order.sent` for `comanda.order.sent.v1`, or for itself; null where it is none that is known here. */
function factTypeIn(type: string): FactType | null {
  const name = type.replace(/^comanda\./, "").replace(/\.v\d+$/, "");
  return isFactType(name) ? name : null;
}

function isFactType(name: string): name is FactType {
  return Object.hasOwn(facts, name);
}
