import type { ComponentChildren } from "preact";
import { type Deed, deedOn } from "./deed.ts";
import { HandOver } from "./hand-over.tsx";
import { HoldButton } from "./hold-button.tsx";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
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
  const look = (busy: boolean): string => `button button-large button-wide ${busy ? "button-busy" : ""}`;
  const coming = doings.filter(({ task }) => task.stage === "to-venue");
  if (coming.length > 0) {
    const busy = doings.some(({ deed }) => deed.busy);
    return (
      <button type="button" class={look(busy)} onClick={() => coming.forEach(({ deed }) => deed.do("arrive"))}>
        {t.arrived}
      </button>
    );
  }
  return doings.map(({ task, deed }) => (
    <button key={task.order} type="button" class={look(deed.busy)} onClick={() => deed.do("pickup")}>
      {doings.length > 1 ? t.pickedUpNamed(task.code) : t.pickedUp}
    </button>
  ));
}
