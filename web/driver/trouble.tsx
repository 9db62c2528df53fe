import { useState } from "preact/hooks";
import { FailReason, type TaskView } from "../../contracts/delivery.ts";
import { Sheet } from "../shared/sheet.tsx";
import type { Deed } from "./deed.ts";
import { HoldButton } from "./hold-button.tsx";
import { words } from "./words.ts";

interface TroubleProps {
  readonly task: TaskView;
  readonly deed: Deed;
  /** Where several deliveries are on the screen, each says which it is. */
  readonly named: boolean;
}

/** When it cannot go on: without the food another driver is found, with it the customer is told why. */
export function Trouble({ task, deed, named }: TroubleProps) {
  const [asking, setAsking] = useState(false);
  const t = words.value;
  const title = `trouble-${task.order}`;
  const close = () => setAsking(false);
  return (
    <>
      <button type="button" class="button button-bare" onClick={() => setAsking(true)}>
        {named ? t.troubleNamed(task.code) : t.trouble}
      </button>
      {asking ? (
        <Sheet titleId={title} onClose={close}>
          <h2 id={title}>{task.stage === "to-customer" ? t.failTitle : t.handBackTitle}</h2>
          {task.stage === "to-customer" ? (
            <CannotDeliver task={task} deed={deed} onDone={close} />
          ) : (
            <div class="trouble">
              <p>{t.handBackHow}</p>
              <HoldButton
                class="button-stop button-large button-wide"
                onHeld={() => {
                  deed.do("decline");
                  close();
                }}
              >
                {t.handBack}
              </HoldButton>
            </div>
          )}
          <button type="button" class="button button-quiet button-wide" onClick={close}>
            {t.goOn}
          </button>
        </Sheet>
      ) : null}
    </>
  );
}

interface CannotDeliverProps {
  readonly task: TaskView;
  readonly deed: Deed;
  onDone(): void;
}

/** Why, in a few words more if need be, and what becomes of the food. */
function CannotDeliver({ task, deed, onDone }: CannotDeliverProps) {
  const [reason, setReason] = useState<FailReason>("nobody-there");
  const [detail, setDetail] = useState("");
  const [returning, setReturning] = useState(true);
  const t = words.value;
  return (
    <div class="trouble">
      <fieldset>
        <legend class="field-label">{t.why}</legend>
        {FailReason.options.map((option) => (
          <label key={option} class="choice">
            <input
              type="radio"
              name={`why-${task.order}`}
              checked={reason === option}
              onChange={() => setReason(option)}
            />
            <span>{t.failures[option]}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for={`detail-${task.order}`}>{t.detail}</label>
        <input
          id={`detail-${task.order}`}
          class="input"
          value={detail}
          maxLength={280}
          autocomplete="off"
          onInput={(event) => setDetail(event.currentTarget.value)}
        />
      </div>
      <label class="choice">
        <input type="checkbox" checked={returning} onChange={() => setReturning(!returning)} />
        <span>{t.bringBack}</span>
      </label>
      <HoldButton
        class="button-stop button-large button-wide"
        onHeld={() => {
          deed.do("fail", { reason, detail: detail.trim(), returning });
          onDone();
        }}
      >
        {t.fail}
      </HoldButton>
    </div>
  );
}
