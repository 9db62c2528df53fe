import { minutes } from "../shared/format.ts";
import { serverNow } from "../shared/server-clock.ts";
import { Sheet } from "../shared/sheet.tsx";
import type { Board } from "./board.ts";
import { pausedWords } from "./paused-words.ts";
import { words } from "./words.ts";

interface PaceProps {
  readonly board: Board;
  onClose(): void;
}

const busySteps = [0, 10, 20, 30, 45];
const pauseSteps = [15, 30, 60];
const minuteMs = 60_000;

/** How fast the kitchen is: every promise later, or no new orders for a while. */
export function Pace({ board, onClose }: PaceProps) {
  const t = words.value;
  const house = board.house.shown();
  const act = (name: string, body: Record<string, string | number | null> = {}) =>
    board.keepHouse(name, house?.settings.name ?? t.pace, body);
  const until = (ms: number) => new Date(serverNow() + ms).toISOString();
  return (
    <Sheet titleId="pace" onClose={onClose}>
      <h2 id="pace">{t.pace}</h2>
      <h3>{t.busyHow}</h3>
      <div class="pace" role="group" aria-label={t.busyHow}>
        {busySteps.map((step) => (
          <button
            key={step}
            type="button"
            class="button button-quiet button-large"
            aria-pressed={house?.busyMinutes === step}
            onClick={() => act("busy", { minutes: step })}
          >
            {step === 0 ? t.notBusy : `+ ${minutes(step * minuteMs)}`}
          </button>
        ))}
      </div>
      <h3>{t.pauseHow}</h3>
      {house?.paused ? (
        <div class="pace">
          <p class="notice notice-stop">{pausedWords(house.paused)}</p>
          <button type="button" class="button button-go button-large" onClick={() => act("resume")}>
            {t.resume}
          </button>
        </div>
      ) : (
        <div class="pace" role="group" aria-label={t.pauseHow}>
          {pauseSteps.map((step) => (
            <button
              key={step}
              type="button"
              class="button button-stop button-large"
              onClick={() => act("pause", { until: until(step * minuteMs) })}
            >
              {minutes(step * minuteMs)}
            </button>
          ))}
          <button type="button" class="button button-stop button-large" onClick={() => act("pause", { until: null })}>
            {t.untilResumed}
          </button>
        </div>
      )}
    </Sheet>
  );
}
