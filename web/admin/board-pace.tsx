import { useState } from "preact/hooks";
import type { FloorVenue } from "../../contracts/floor.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { minutes } from "../shared/format.ts";
import { intend } from "../shared/intent.ts";
import { Sheet } from "../shared/sheet.tsx";
import { pauseOf } from "./board-venues.tsx";
import { boardWords } from "./board-words.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";
import { learnVenue } from "./venues.ts";

const busySteps = [0, 10, 20, 30, 45];
const pauseSteps = [15, 30, 60];
const minuteMs = 60_000;

interface PaceProps {
  readonly venue: VenueView;
  readonly standing: Pick<FloorVenue, "paused" | "busyMinutes">;
  readonly at: number;
  onClose(): void;
}

/** How fast a venue is: every promise later, or no new orders for a while. What becomes of it the socket tells. */
export function BoardPace({ venue, standing, at, onClose }: PaceProps) {
  const [reason, setReason] = useState("");
  const deed = useDeed();
  const t = boardWords.value;
  const params = { venue: venue.id };
  const done = (view: VenueView | null) => {
    if (view === null) return;
    learnVenue(view);
    onClose();
  };
  const busy = async (step: number) =>
    done(await deed.run(() => intend(session, venueRoutes.busy, { params, body: { minutes: step } })));
  const pause = async (until: string | null) =>
    done(await deed.run(() => intend(session, venueRoutes.pause, { params, body: { until, reason: reason.trim() } })));
  const resume = async () => done(await deed.run(() => intend(session, venueRoutes.resume, { params })));
  return (
    <Sheet titleId="pace" onClose={onClose}>
      <div class="fields">
        <h2 id="pace">{t.paceOf(venue.settings.name)}</h2>
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <div class="pace" role="group" aria-label={t.busyHow}>
          <p class="field-label">{t.busyHow}</p>
          {busySteps.map((step) => (
            <button
              key={step}
              type="button"
              class="button button-quiet"
              aria-pressed={standing.busyMinutes === step}
              disabled={deed.busy}
              onClick={() => void busy(step)}
            >
              {step === 0 ? t.notBusy : `+${minutes(step * minuteMs)}`}
            </button>
          ))}
        </div>
        {pauseOf(standing, at) !== null ? (
          <button type="button" class="button button-go" disabled={deed.busy} onClick={() => void resume()}>
            {t.resume}
          </button>
        ) : (
          <div class="pace" role="group" aria-label={t.pauseHow}>
            <p class="field-label">{t.pauseHow}</p>
            <TextField label={t.pauseReason} value={reason} maxLength={200} onInput={setReason} />
            {pauseSteps.map((step) => (
              <button
                key={step}
                type="button"
                class="button button-stop"
                disabled={deed.busy}
                onClick={() => void pause(new Date(Date.now() + step * minuteMs).toISOString())}
              >
                {minutes(step * minuteMs)}
              </button>
            ))}
            <button type="button" class="button button-stop" disabled={deed.busy} onClick={() => void pause(null)}>
              {t.untilResumed}
            </button>
          </div>
        )}
      </div>
    </Sheet>
  );
}
