import { DurationField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import type { SettingsPart } from "./settings-place.tsx";
import { words } from "./settings-words.ts";

const steps = [0, 1, 2] as const;
const usualSteps = ["PT15S", "PT30S", "PT1M"] as const;

/** How long things take, and when somebody is called. */
export function TimesPanel({ settings, put, faultAt }: SettingsPart) {
  const t = words.value;
  const escalate = settings.escalateAfter ?? [...usualSteps];
  return (
    <Panel title={t.times}>
      <div class="form">
        <DurationField
          label={t.preparation}
          unit="minutes"
          value={settings.preparation}
          onInput={(preparation) => preparation !== null && put({ preparation })}
        />
        <DurationField
          label={t.answerWithin}
          hint={t.answerHint}
          unit="minutes"
          min={1}
          value={settings.answerWithin}
          onInput={(answerWithin) => answerWithin !== null && put({ answerWithin })}
        />
        <DurationField
          label={t.cancelWithin}
          hint={t.cancelHint}
          unit="minutes"
          value={settings.cancelWithin}
          onInput={(cancelWithin) => cancelWithin !== null && put({ cancelWithin })}
        />
        <DurationField
          label={t.scheduleAhead}
          unit="hours"
          value={settings.scheduleAhead}
          onInput={(scheduleAhead) => scheduleAhead !== null && put({ scheduleAhead })}
        />
        <fieldset class="field">
          <legend class="field-label">{t.escalate}</legend>
          <p class="field-hint">{t.escalateHint}</p>
          <div class="form-row">
            {steps.map((at) => (
              <DurationField
                key={at}
                label={t.step(at + 1)}
                unit="seconds"
                min={5}
                value={escalate[at] ?? usualSteps[at]}
                onInput={(step) =>
                  step !== null && put({ escalateAfter: escalate.map((one, each) => (each === at ? step : one)) })
                }
              />
            ))}
          </div>
          {faultAt("escalateAfter") === null ? null : <p class="field-fault">{t.escalateFault}</p>}
        </fieldset>
      </div>
    </Panel>
  );
}
