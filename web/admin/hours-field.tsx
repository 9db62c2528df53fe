import type { Hours } from "../../contracts/menu.ts";
import { times } from "../shared/format.ts";
import { TextField } from "./fields.tsx";
import { words } from "./parts-words.ts";

interface HoursFieldProps {
  readonly label: string;
  /** Said where there are none. */
  readonly always: string;
  readonly hours: readonly Hours[];
  onChange(hours: Hours[]): void;
}

const usual: Hours = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "11:00", until: "22:00" };
const week = [1, 2, 3, 4, 5, 6, 7] as const;

/** When something is open or sold, by the clock on the wall. */
export function HoursField({ label, always, hours, onChange }: HoursFieldProps) {
  const t = words.value;
  const put = (at: number, next: Hours) => onChange(hours.map((one, each) => (each === at ? next : one)));
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      {hours.length === 0 ? <p class="field-hint">{always}</p> : null}
      {hours.map((one, at) => (
        <div key={at} class="hours-row">
          <div class="weekdays" role="group" aria-label={`${label} ${at + 1}: ${t.weekdays}`}>
            {week.map((day) => (
              <label key={day}>
                <input
                  type="checkbox"
                  checked={one.weekdays.includes(day)}
                  onChange={({ currentTarget }) => {
                    const weekdays = currentTarget.checked
                      ? [...one.weekdays, day].toSorted()
                      : one.weekdays.filter((each) => each !== day);
                    if (weekdays.length > 0) put(at, { ...one, weekdays });
                    else currentTarget.checked = true;
                  }}
                />
                {weekday(day)}
              </label>
            ))}
          </div>
          <div class="form-row">
            <TextField
              label={t.from}
              type="time"
              required
              value={one.from}
              onInput={(from) => from !== "" && put(at, { ...one, from })}
            />
            <TextField
              label={t.until}
              type="time"
              required
              hint={one.until <= one.from ? t.pastMidnight : undefined}
              // A clock has no 24:00; windows that end at 00:00 run until then all the same.
              value={one.until === "24:00" ? "00:00" : one.until}
              onInput={(until) => until !== "" && put(at, { ...one, until })}
            />
          </div>
          <div class="form-end">
            <button
              type="button"
              class="button button-stop button-small"
              onClick={() => onChange(hours.filter((_, each) => each !== at))}
            >
              {t.removeHours}
            </button>
          </div>
        </div>
      ))}
      <div class="form-end">
        <button
          type="button"
          class="button button-quiet button-small"
          onClick={() => onChange([...hours, hours.at(-1) ?? usual])}
        >
          {t.addHours}
        </button>
      </div>
    </fieldset>
  );
}

/** Mon, Tue …, 1 being Monday. */
export function weekday(day: number): string {
  return times({ weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

/** "Mon–Fri 11:00–22:00" in one line. */
export function hoursWords(hours: readonly Hours[]): string {
  return hours.map(({ weekdays, from, until }) => `${weekdays.map(weekday).join(" ")} ${from}–${until}`).join(", ");
}
