import type { ComponentChildren } from "preact";
import type { TaskView } from "../../contracts/driver.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import { clock, money } from "../shared/format.ts";
import { deedOn } from "./deed.ts";
import { Deck } from "./deck.tsx";
import { whenExpected } from "./expected.ts";
import type { Phone } from "./phone.ts";
import { StopPlace } from "./stop-place.tsx";
import type { Stop } from "./stops.ts";
import { Unsent } from "./verdict.tsx";
import { words } from "./words.ts";

interface StopPageProps {
  readonly phone: Phone;
  readonly stop: Stop;
  readonly vehicle: Vehicle;
  /** What else there is to know, between the stop and the deed. */
  readonly children: ComponentChildren;
}

/** Where to go now, and at the bottom, under the thumb, what to do there. */
export function StopPage({ phone, stop, vehicle, children }: StopPageProps) {
  const [first] = stop.tasks;
  if (first === undefined) return null;
  const t = words.value;
  const unsent = stop.tasks.some((task) => deedOn(phone, task.code, task.order).unsent);
  return (
    <div class="stop-page">
      <section class="slip stop-slip" aria-labelledby={`stop-${stop.key}`}>
        <header class="stop-head">
          <h2 id={`stop-${stop.key}`}>{headingOf(stop)}</h2>
          <p class="stop-codes mono">{stop.tasks.map(({ code }) => code).join(" ")}</p>
        </header>
        <StopPlace place={stop.place} when={whenOf(stop, first)} vehicle={vehicle} />
        {stop.kind === "bring" && first.cash !== null ? (
          <p class="notice notice-wait stop-cash">
            <strong>{t.cash(money(first.cash.amount, first.cash.currency))}</strong>
          </p>
        ) : null}
        {stop.kind === "return" ? <p>{t.returnWhy}</p> : null}
        {stop.kind === "fetch" && stop.tasks.length > 1 ? <Bags tasks={stop.tasks} /> : null}
        <Unsent unsent={unsent} />
      </section>
      <Deck phone={phone} stop={stop}>
        {children}
      </Deck>
    </div>
  );
}

/** What is to be fetched here, and whether it is ready. */
function Bags({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const t = words.value;
  return (
    <ul class="bags">
      {tasks.map((task) => (
        <li key={task.order}>
          <strong class="mono">{task.code}</strong>
          <span>{task.ready ? t.foodReady : t.foodAt(clock(task.readyAt))}</span>
        </li>
      ))}
    </ul>
  );
}

function headingOf({ kind, tasks }: Stop): string {
  const t = words.value.stages;
  if (kind === "bring") return t["to-customer"];
  if (kind === "return") return t.returning;
  return tasks.some(({ stage }) => stage === "to-venue") ? t["to-venue"] : t["at-venue"];
}

function whenOf({ kind, tasks }: Stop, first: TaskView): string {
  const t = words.value;
  if (kind === "return") return "";
  if (kind === "bring") return whenExpected(first);
  if (tasks.length > 1) return "";
  return first.ready ? t.foodReady : t.foodAt(clock(first.readyAt));
}
