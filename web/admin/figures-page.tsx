import { useComputed } from "@preact/signals";
import { clock } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { useAsked } from "./asked.ts";
import { dayAt, daysLater, startOfDay } from "./days.ts";
import { FiguresShown } from "./figures-shown.tsx";
import { figuresWords } from "./figures-words.ts";
import { Frame } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { query, seek } from "./place.ts";
import { Empty, Failed, Loading } from "./states.tsx";

const minuteMs = 60_000;

/** What a day came to, and what the same day came to a week before: of today, both up to this minute. */
export function FiguresPage({ venues, venue }: PageProps) {
  const t = figuresWords.value;
  const { timeZone = "UTC" } = (venue ?? venues[0])?.settings ?? {};
  const minute = useComputed(() => Math.floor(now.value / minuteMs) * minuteMs).value;
  const today = dayAt(minute, timeZone);
  const asked = query.value.get("day") ?? "";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) && asked <= today ? asked : today;
  const isToday = day === today;
  const ask = (of: string, soFar: boolean) => {
    const from = startOfDay(of, timeZone);
    const whole = startOfDay(daysLater(of, 1), timeZone);
    const soon = minute + minuteMs - startOfDay(today, timeZone);
    const until = soFar ? Math.min(whole, from + soon) : whole;
    const text = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
    return { query: venue === null ? text : { ...text, venue: venue.id } };
  };
  const weekAgo = daysLater(day, -7);
  const current = useAsked(floorRoutes.figures, ask(day, isToday));
  const before = useAsked(floorRoutes.figures, ask(weekAgo, isToday));
  const move = (to: string) => seek({ day: to === today ? "" : to });
  const lead = [isToday ? t.soFar(clock(minute, timeZone)) : "", t.zone(timeZone)].filter((part) => part !== "");
  return (
    <Frame
      title={t.title}
      lead={lead.join(" · ")}
      actions={
        <div class="day-choice">
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={t.earlier}
            onClick={() => move(daysLater(day, -1))}
          >
            <Icon name="back" />
          </button>
          <div class="field">
            <label for="figures-day">{t.day}</label>
            <input
              id="figures-day"
              class="input figures"
              type="date"
              max={today}
              value={day}
              required
              onChange={({ currentTarget }) => currentTarget.value !== "" && move(currentTarget.value)}
            />
          </div>
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={t.later}
            disabled={isToday}
            onClick={() => move(daysLater(day, 1))}
          >
            <Icon name="arrow" />
          </button>
          <button type="button" class="button button-quiet" disabled={isToday} onClick={() => move(today)}>
            {t.today}
          </button>
        </div>
      }
    >
      {current.problem === null ? null : <Failed problem={current.problem} retry={current.again} />}
      {current.value === null && current.problem === null ? <Loading /> : null}
      {current.value === null ? null : current.value.total.orders === 0 ? (
        <Empty title={t.none}>
          <p>{t.noneMore}</p>
        </Empty>
      ) : (
        <FiguresShown
          figures={current.value}
          before={before.value}
          venues={venues}
          one={venue !== null}
          timeZone={timeZone}
        />
      )}
    </Frame>
  );
}
