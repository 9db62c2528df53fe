import type { Fulfilment } from "../../contracts/basket.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { isOpenFor, slots } from "../../domain/venue/slots.ts";
import { clock, dayName, zoneName } from "../shared/format.ts";
import { serverNow } from "../shared/server-clock.ts";
import { checkoutWords } from "./words-checkout.ts";

const hour = 3_600_000;

/** When the food is wanted: at once, or at an instant (epoch ms). */
export type Wish = "at once" | number;

/** What can be chosen now, and what of it is: an instant that has passed makes way for the next one. */
export interface Choice {
  readonly isOpen: boolean;
  readonly slots: readonly number[];
  /** Epoch ms; null for as soon as possible. */
  readonly chosen: number | null;
}

export function choiceOf(venue: VenueView, fulfilment: Fulfilment, wish: Wish, now: number): Choice {
  const isOpen = isOpenFor(venue.settings, fulfilment, now);
  const all = slots(venue, fulfilment, now);
  if (wish === "at once") return { isOpen, slots: all, chosen: isOpen ? null : (all[0] ?? null) };
  return { isOpen, slots: all, chosen: all.find((at) => at >= wish) ?? all.at(-1) ?? null };
}

interface WhenProps {
  readonly choice: Choice;
  /** The venue's: its food is ready by the clock on its wall. */
  readonly timeZone: string;
  onChange(wish: Wish): void;
}

export function When({ choice: { isOpen, slots: all, chosen }, timeZone, onChange }: WhenProps) {
  const t = checkoutWords.value;
  const nameOf = (at: number): string => dayName(at, timeZone);
  const days = new Map<string, number>();
  for (const at of all) if (!days.has(nameOf(at))) days.set(nameOf(at), at);
  const today = nameOf(serverNow());
  const known = new Set(all);
  // In the night in which clocks are set back, an hour comes twice.
  const isTwice = (at: number): boolean =>
    [at - hour, at + hour].some((other) => known.has(other) && clock(other, timeZone) === clock(at, timeZone));
  const timeOf = (at: number): string =>
    isTwice(at) ? `${clock(at, timeZone)} ${zoneName(at, timeZone)}` : clock(at, timeZone);
  return (
    <fieldset class="fields">
      <legend class="checkout-legend">{t.when}</legend>
      <div class="segments">
        <label>
          <input
            type="radio"
            name="when"
            checked={chosen === null}
            disabled={!isOpen}
            onChange={() => onChange("at once")}
          />
          {t.atOnce}
        </label>
        <label>
          <input
            type="radio"
            name="when"
            checked={chosen !== null}
            disabled={all.length === 0}
            onChange={() => all[0] !== undefined && onChange(all[0])}
          />
          {t.later}
        </label>
      </div>
      {isOpen ? null : <p class="field-hint small quiet">{all.length === 0 ? t.closed : t.closedNow}</p>}
      {chosen === null ? null : (
        <div class="fields-pair when-pair">
          <div class="field">
            <label for="when-day">{t.day}</label>
            <select
              id="when-day"
              class="input"
              value={nameOf(chosen)}
              onChange={({ currentTarget }) => {
                const first = days.get(currentTarget.value);
                if (first !== undefined) onChange(first);
              }}
            >
              {[...days.keys()].map((name) => (
                <option key={name} value={name}>
                  {name === today ? t.today(name) : name}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="when-time">{t.time}</label>
            <select
              id="when-time"
              class="input figures"
              value={chosen}
              onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
            >
              {all
                .filter((at) => nameOf(at) === nameOf(chosen))
                .map((at) => (
                  <option key={at} value={at}>
                    {timeOf(at)}
                  </option>
                ))}
            </select>
          </div>
        </div>
      )}
    </fieldset>
  );
}
