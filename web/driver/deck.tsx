import type { ComponentChildren } from "preact";
import { deedOn } from "./deed.ts";
import { HandOver } from "./hand-over.tsx";
import { HoldButton } from "./hold-button.tsx";
import type { Phone } from "./phone.ts";
import type { Stop } from "./stops.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

interface DeckProps {
  readonly phone: Phone;
  readonly stop: Stop;
  readonly children: ComponentChildren;
}

/** The next deed at a stop, at the bottom edge under the thumb; apart from it the ways out. */
export function Deck({ phone, stop, children }: DeckProps) {
  const deeds = stop.tasks.map((task) => ({ task, deed: deedOn(phone, task.code, task.order) }));
  const t = words.value;
  const several = deeds.length > 1;
  switch (stop.kind) {
    case "bring":
      return deeds.map(({ task, deed }) => (
        <HandOver key={task.order} phone={phone} task={task} deed={deed}>
          {children}
        </HandOver>
      ));
    case "return":
      return (
        <>
          {children}
          <div class="deck">
            {deeds.map(({ task, deed }) => (
              <HoldButton
                key={task.order}
                class="button-go button-large button-wide"
                busy={deed.busy}
                onHeld={() => deed.do("returned")}
              >
                {several ? t.isBackNamed(task.code) : t.isBack}
              </HoldButton>
            ))}
          </div>
        </>
      );
    case "fetch":
      return (
        <>
          <div class="asides">
            {deeds.map(({ task, deed }) => (
              <Trouble key={task.order} task={task} deed={deed} named={several} />
            ))}
          </div>
          {children}
          <div class="deck">
            <Fetch deeds={deeds} />
          </div>
        </>
      );
  }
}

function Fetch({
  deeds,
}: {
  readonly deeds: readonly { task: Stop["tasks"][number]; deed: ReturnType<typeof deedOn> }[];
}) {
  const t = words.value;
  const look = (busy: boolean): string => `button button-large button-wide ${busy ? "button-busy" : ""}`;
  const coming = deeds.filter(({ task }) => task.stage === "to-venue");
  if (coming.length > 0) {
    const busy = deeds.some(({ deed }) => deed.busy);
    return (
      <button type="button" class={look(busy)} onClick={() => coming.forEach(({ deed }) => deed.do("arrive"))}>
        {t.arrived}
      </button>
    );
  }
  return deeds.map(({ task, deed }) => (
    <button key={task.order} type="button" class={look(deed.busy)} onClick={() => deed.do("pickup")}>
      {deeds.length > 1 ? t.pickedUpNamed(task.code) : t.pickedUp}
    </button>
  ));
}
