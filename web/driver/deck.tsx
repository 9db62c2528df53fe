import type { ComponentChildren } from "preact";
import { type Deed, deedOn } from "./deed.ts";
import { HandOver } from "./hand-over.tsx";
import { HoldButton } from "./hold-button.tsx";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
import { useSettled } from "./settled.ts";
import type { Stop } from "./stops.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

interface DeckProps {
  readonly phone: Phone;
  readonly stop: Stop;
  readonly children: ComponentChildren;
}

/** What is done at a stop, and with which delivery. */
export interface Doing {
  readonly task: Stop["tasks"][number];
  readonly deed: Deed;
}

/** The next deed at a stop, at the bottom edge under the thumb; above it what was refused, and the way out. */
export function Deck({ phone, stop, children }: DeckProps) {
  const doings = stop.tasks.map((task): Doing => ({ task, deed: deedOn(phone, task.code, task.order) }));
  const t = words.value;
  const problem = doings.find(({ deed }) => deed.problem !== null)?.deed.problem ?? null;
  switch (stop.kind) {
    case "bring":
      return doings.map((doing) => (
        <HandOver key={doing.task.order} phone={phone} doing={doing}>
          {children}
        </HandOver>
      ));
    case "return":
      return (
        <>
          {children}
          <div class="deck">
            <Refusal problem={problem} />
            <Trouble doings={doings} />
            {doings.map(({ task, deed }) => (
              <HoldButton
                key={task.order}
                class="button-go button-large button-wide"
                busy={deed.busy}
                onHeld={() => deed.do("returned")}
              >
                {doings.length > 1 ? t.isBackNamed(task.code) : t.isBack}
              </HoldButton>
            ))}
          </div>
        </>
      );
    case "fetch":
      return (
        <>
          {children}
          <div class="deck">
            <Refusal problem={problem} />
            <Trouble doings={doings} />
            <Fetch doings={doings} />
          </div>
        </>
      );
  }
}

function Fetch({ doings }: { readonly doings: readonly Doing[] }) {
  const t = words.value;
  const coming = doings.filter(({ task }) => task.stage === "to-venue");
  // The second tap of two would otherwise have the food fetched that nobody has seen yet.
  const settled = useSettled(coming.length > 0 ? "arrive" : "pickup", true);
  const button = ({ task }: Doing, busy: boolean, text: string, press: () => void) => (
    <button
      // It stays the same one from one step to the next, for whoever has put the focus on it.
      key={task.order}
      type="button"
      class={`button button-large button-wide ${busy ? "button-busy" : ""}`}
      // Not `disabled`: that would take the focus away.
      aria-disabled={!settled}
      onClick={() => settled && press()}
    >
      {text}
    </button>
  );
  const [first] = doings;
  if (coming.length > 0 && first !== undefined) {
    const busy = doings.some(({ deed }) => deed.busy);
    return button(first, busy, t.arrived, () => coming.forEach(({ deed }) => deed.do("arrive")));
  }
  return (
    <>
      {doings.map((doing) => {
        const { task, deed } = doing;
        const text = doings.length > 1 ? t.pickedUpNamed(task.code) : t.pickedUp;
        return button(doing, deed.busy, text, () => deed.do("pickup"));
      })}
    </>
  );
}
