import { useState } from "preact/hooks";
import type { TaskView } from "../../contracts/delivery.ts";
import type { Place } from "../../contracts/events.ts";
import { clock, money } from "../shared/format.ts";
import { type Deed, deedOn } from "./deed.ts";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
import { sharedWords } from "../shared/words.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

/** A delivery in hand: where to go now, and the next thing to do there. */
export function Task({ phone, task }: { readonly phone: Phone; readonly task: TaskView }) {
  const deed = deedOn(phone, task.code, task.order);
  const t = words.value;
  const main = `button button-large button-wide ${deed.busy ? "button-busy" : ""}`;
  return (
    <section class="slip stop-slip" aria-labelledby={`task-${task.order}`}>
      <header class="offer-head">
        <h2 id={`task-${task.order}`}>{t.stages[task.stage]}</h2>
        <p class="task-code mono">{task.code}</p>
      </header>
      {task.stage === "to-customer" ? (
        <Stop place={task.dropoff} when={t.thereAt(clock(task.dropoffAt))} />
      ) : (
        <Stop place={task.pickup} when={task.ready ? t.foodReady : t.foodAt(clock(task.readyAt))} />
      )}
      {task.cash === null || task.stage !== "to-customer" ? null : (
        <p class="notice notice-wait">
          <strong>{t.cash(money(task.cash.amount, task.cash.currency))}</strong>
        </p>
      )}
      {deed.busy && !phone.live.value ? (
        <p class="unsent" role="status">
          {sharedWords.value.unsent}
        </p>
      ) : null}
      <Refusal problem={deed.problem} wrong={task.stage === "to-customer" ? t.wrongPin : undefined} />
      {task.stage === "to-venue" ? (
        <button type="button" class={main} onClick={() => deed.do("arrive")}>
          {t.arrived}
        </button>
      ) : task.stage === "at-venue" ? (
        <button type="button" class={main} onClick={() => deed.do("pickup")}>
          {t.pickedUp}
        </button>
      ) : (
        <HandOver order={task.order} deed={deed} />
      )}
      <Trouble task={task} deed={deed} />
    </section>
  );
}

function Stop({ place, when }: { readonly place: Place; readonly when: string }) {
  const t = words.value;
  const { point } = place;
  const target = point === null ? encodeURIComponent(place.address) : `${point.lat},${point.lng}`;
  return (
    <div class="stop">
      <p class="stop-name">{place.name}</p>
      <p class="stop-address">{place.address}</p>
      {place.note === undefined ? null : <p class="stop-note">{place.note}</p>}
      <p class="quiet">{when}</p>
      <p class="stop-links">
        <a class="button button-quiet" href={point === null ? `geo:0,0?q=${target}` : `geo:${target}?q=${target}`}>
          {t.navigate}
        </a>
        {place.phone === undefined ? null : (
          <a class="button button-quiet" href={`tel:${place.phone}`}>
            {t.call}
          </a>
        )}
      </p>
    </div>
  );
}

/** The customer says the PIN, the driver types it: so the food has met the right person. */
function HandOver({ order, deed }: { readonly order: string; readonly deed: Deed }) {
  const [pin, setPin] = useState("");
  const t = words.value;
  const deliver = (event: SubmitEvent) => {
    event.preventDefault();
    deed.do("deliver", { pin });
  };
  return (
    <form class="hand-over" onSubmit={deliver}>
      <div class="field">
        <label for={`pin-${order}`}>{t.pin}</label>
        <input
          id={`pin-${order}`}
          class="input pin mono"
          value={pin}
          required
          inputMode="numeric"
          pattern="\d{1,10}"
          autocomplete="off"
          onInput={(event) => setPin(event.currentTarget.value.trim())}
        />
      </div>
      <button class={`button button-go button-large button-wide ${deed.busy ? "button-busy" : ""}`}>
        {t.delivered}
      </button>
    </form>
  );
}
