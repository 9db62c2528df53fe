import { useState } from "preact/hooks";
import { FailReason } from "../../contracts/delivery.ts";
import type { TaskStage } from "../../contracts/driver.ts";
import { Sheet } from "../shared/sheet.tsx";
import type { Doing } from "./deck.tsx";
import { HoldButton } from "./hold-button.tsx";
import { words } from "./words.ts";

interface TroubleProps {
  /** What is to be done at this stop; one of them may not go on. */
  readonly doings: readonly Doing[];
}

/** When it cannot go on: without the food another driver is found, with it the customer is told why, or nobody waits. */
export function Trouble({ doings }: TroubleProps) {
  const [asking, setAsking] = useState(false);
  const [chosen, choose] = useState("");
  const doing = doings.find(({ task }) => task.order === chosen) ?? doings[0];
  if (doing === undefined) return null;
  const t = words.value;
  const title = `trouble-${doings[0]?.task.order ?? ""}`;
  const close = () => setAsking(false);
  const { stage } = doing.task;
  return (
    <>
      <button type="button" class="button button-bare trouble-open" onClick={() => setAsking(true)}>
        {t.trouble}
      </button>
      {asking ? (
        <Sheet titleId={title} onClose={close}>
          <h2 id={title}>{titleOf(stage)}</h2>
          <div class="trouble">
            {doings.length > 1 ? <Which doings={doings} chosen={doing.task.order} onChoose={choose} /> : null}
            {stage === "to-customer" ? (
              <CannotDeliver doing={doing} onDone={close} />
            ) : (
              <>
                <p>{stage === "returning" ? t.notBackHow : t.handBackHow}</p>
                <HoldButton
                  class="button-stop button-large button-wide"
                  onHeld={() => {
                    if (stage === "returning") doing.deed.do("fail", { reason: "other" });
                    else doing.deed.do("decline");
                    close();
                  }}
                >
                  {stage === "returning" ? t.notBack : t.handBack}
                </HoldButton>
              </>
            )}
          </div>
          <button type="button" class="button button-quiet button-wide" onClick={close}>
            {t.goOn}
          </button>
        </Sheet>
      ) : null}
    </>
  );
}

function titleOf(stage: TaskStage): string {
  const t = words.value;
  switch (stage) {
    case "to-venue":
    case "at-venue":
      return t.handBackTitle;
    case "to-customer":
      return t.failTitle;
    case "returning":
      return t.notBackTitle;
  }
}

interface WhichProps extends TroubleProps {
  readonly chosen: string;
  onChoose(order: string): void;
}

function Which({ doings, chosen, onChoose }: WhichProps) {
  return (
    <fieldset>
      <legend class="field-label">{words.value.which}</legend>
      {doings.map(({ task }) => (
        <label key={task.order} class="choice">
          <input type="radio" name="which" checked={task.order === chosen} onChange={() => onChoose(task.order)} />
          <span>
            <strong class="mono">{task.code}</strong> <bdi>{task.dropoff.name}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface CannotDeliverProps {
  readonly doing: Doing;
  onDone(): void;
}

/** Why, in a few words more if need be, and what becomes of the food. */
function CannotDeliver({ doing: { task, deed }, onDone }: CannotDeliverProps) {
  const [reason, setReason] = useState<FailReason>("nobody-there");
  const [detail, setDetail] = useState("");
  const [returning, setReturning] = useState(true);
  const t = words.value;
  return (
    <>
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
    </>
  );
}
