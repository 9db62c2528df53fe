import { useId } from "preact/hooks";
import type { Fulfilment } from "../../contracts/basket.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { isOpenFor, slots } from "../../domain/venue/slots.ts";
import { clock, dayName } from "../shared/format.ts";
import { phoneWords } from "./phone-order-words.ts";

interface WhenProps {
  readonly venue: VenueView;
  readonly fulfilment: Fulfilment;
  /** Epoch ms; null for as soon as possible. */
  readonly chosen: number | null;
  onChange(chosen: number | null): void;
}

/** At once, or at one of the times at which the venue is open: one list, for it is typed into. */
export function PhoneOrderWhen({ venue, fulfilment, chosen, onChange }: WhenProps) {
  const id = useId();
  const t = phoneWords.value;
  const { timeZone } = venue.settings;
  const isOpen = isOpenFor(venue.settings, fulfilment, Date.now());
  const days = Map.groupBy(slots(venue, fulfilment, Date.now()), (at) => dayName(at, timeZone));
  return (
    <div class="field">
      <label for={id}>{t.when}</label>
      <select
        id={id}
        class="input figures"
        value={chosen === null ? "" : String(chosen)}
        onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : Number(currentTarget.value))}
      >
        <option value="">{t.asap}</option>
        {[...days].map(([day, times]) => (
          <optgroup key={day} label={day}>
            {times.map((at) => (
              <option key={at} value={String(at)}>
                {`${clock(at, timeZone)} · ${day}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {isOpen ? null : <p class="field-hint">{t.closed}</p>}
    </div>
  );
}
