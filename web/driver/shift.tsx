import { useState } from "preact/hooks";
import type { DriverView } from "../../contracts/driver.ts";
import { Vehicle } from "../../contracts/errand.ts";
import { clock } from "../shared/format.ts";
import { deedOn } from "./deed.ts";
import type { Phone } from "./phone.ts";
import type { PositionState } from "./position.ts";
import { Refusal } from "./refusal.tsx";
import { keepSelf, lastSelf } from "./self.ts";
import { Verdict } from "./verdict.tsx";
import { words } from "./words.ts";

/** Coming on shift: under which name, by what. */
export function ShiftForm({ phone }: { readonly phone: Phone }) {
  const [self, setSelf] = useState(lastSelf);
  const deed = deedOn(phone, words.value.deeds["shift"] ?? "", null);
  const t = words.value;
  const begin = (event: SubmitEvent) => {
    event.preventDefault();
    keepSelf(self);
    deed.do("shift", { on: true, name: self.name, vehicle: self.vehicle });
  };
  return (
    <form class="fields shift-form" onSubmit={begin}>
      <h2>{t.offShift}</h2>
      <div class="field">
        <label for="driver-name">{t.name}</label>
        <input
          id="driver-name"
          class="input"
          value={self.name}
          required
          maxLength={80}
          autocomplete="given-name"
          aria-describedby="driver-name-hint"
          onInput={(event) => setSelf({ ...self, name: event.currentTarget.value })}
        />
        <p id="driver-name-hint" class="field-hint">
          {t.nameHint}
        </p>
      </div>
      <fieldset class="field">
        <legend class="field-label">{t.vehicle}</legend>
        <div class="segments">
          {Vehicle.options.map((vehicle) => (
            <label key={vehicle}>
              <input
                type="radio"
                name="vehicle"
                checked={self.vehicle === vehicle}
                onChange={() => setSelf({ ...self, vehicle })}
              />
              {t.vehicles[vehicle]}
            </label>
          ))}
        </div>
      </fieldset>
      <p class="notice">{t.positionHint}</p>
      <div class="deck">
        <Verdict deed={deed} />
        <button class={`button button-go button-large button-wide ${deed.busy ? "button-busy" : ""}`}>{t.begin}</button>
      </div>
    </form>
  );
}

interface ShiftBarProps {
  readonly phone: Phone;
  readonly shift: Extract<DriverView["shift"], { status: "on" }>;
  /** Nobody goes off shift with food in the bag. */
  readonly busy: boolean;
  readonly position: PositionState;
}

export function ShiftBar({ phone, shift, busy, position }: ShiftBarProps) {
  const deed = deedOn(phone, words.value.deeds["shift"] ?? "", null);
  const t = words.value;
  return (
    <div class="shift-bar" data-busy={busy}>
      <p>
        <strong>{shift.name}</strong>
        <span class="small quiet">
          {t.since(clock(shift.since))} · <span data-position={position}>{t.positions[position]}</span>
        </span>
      </p>
      {busy ? null : (
        <button
          type="button"
          class={`button button-quiet ${deed.busy ? "button-busy" : ""}`}
          onClick={() => deed.do("shift", { on: false })}
        >
          {t.end}
        </button>
      )}
      {position === "refused" ? <p class="notice notice-wait">{t.positionRefused}</p> : null}
      <Refusal problem={deed.problem} />
    </div>
  );
}
