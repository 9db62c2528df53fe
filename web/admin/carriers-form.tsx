import { useState } from "preact/hooks";
import { type CarrierChange, CarrierSettings, type CarrierView } from "../../contracts/carrier.ts";
import type { Problem } from "../../contracts/problem.ts";
import { CheckField, DurationField, TextField } from "./fields.tsx";
import { words } from "./carriers-words.ts";
import { Failed } from "./states.tsx";

interface CarrierFormProps {
  /** null: a new one. */
  readonly carrier: CarrierView | null;
  readonly go: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly disabled?: boolean;
  /** Whether it was taken. */
  save(change: CarrierChange): Promise<boolean>;
}

/** Where a fault is said beside its field. */
const fields = ["/url", "/secret", "/callbackSecret"] as const;
const usual = CarrierSettings.parse({ name: "-", url: "https://example.org" });

/** What is agreed with a carrier. Its secrets are written and never shown. */
export function CarrierForm({ carrier, go, busy, problem, disabled = false, save }: CarrierFormProps) {
  const [settings, setSettings] = useState<CarrierSettings>(() =>
    carrier === null ? { ...usual, name: "", url: "" } : settingsOf(carrier),
  );
  const [secret, setSecret] = useState("");
  const [callbackSecret, setCallbackSecret] = useState("");
  const t = words.value;
  const put = (next: Partial<CarrierSettings>) => setSettings({ ...settings, ...next });
  const fault = (pointer: string) => problem?.errors?.find((error) => error.pointer === pointer)?.detail;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const taken = await save({
      ...settings,
      ...(secret === "" ? {} : { secret }),
      ...(callbackSecret === "" ? {} : { callbackSecret }),
    });
    if (!taken) return;
    setSecret("");
    setCallbackSecret("");
  };
  const isNew = carrier === null;
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <TextField label={t.name} value={settings.name} required maxLength={80} onInput={(name) => put({ name })} />
      <TextField
        label={t.url}
        hint={t.urlHint}
        fault={fault("/url")}
        type="url"
        mono
        value={settings.url}
        required
        maxLength={500}
        placeholder="https://"
        onInput={(url) => put({ url: url.trim() })}
      />
      <div class="form-row">
        <TextField
          label={t.secret}
          hint={isNew ? t.secretHint : t.secretKept}
          fault={fault("/secret")}
          type="password"
          autocomplete="new-password"
          mono
          value={secret}
          required={isNew}
          minLength={16}
          maxLength={200}
          onInput={setSecret}
        />
        <TextField
          label={t.callbackSecret}
          hint={isNew ? t.secretHint : t.secretKept}
          fault={fault("/callbackSecret")}
          type="password"
          autocomplete="new-password"
          mono
          value={callbackSecret}
          required={isNew}
          minLength={16}
          maxLength={200}
          onInput={setCallbackSecret}
        />
      </div>
      {isNew ? null : (
        <CheckField label={t.enabled} checked={settings.enabled} onChange={(enabled) => put({ enabled })} />
      )}
      <div class="form-row">
        <DurationField
          label={t.answerWithin}
          unit="seconds"
          min={1}
          value={settings.answerWithin}
          onInput={(answerWithin) => answerWithin !== null && put({ answerWithin })}
        />
        <DurationField
          label={t.silentAfter}
          unit="seconds"
          min={1}
          value={settings.silentAfter}
          onInput={(silentAfter) => silentAfter !== null && put({ silentAfter })}
        />
      </div>
      <DurationField
        label={t.requoteAfter}
        hint={t.requoteHint}
        unit="minutes"
        min={1}
        optional
        value={settings.requoteAfter}
        onInput={(requoteAfter) => put({ requoteAfter })}
      />
      <div class="form-row">
        <DurationField
          label={t.giveUpAfter}
          unit="hours"
          min={1}
          value={settings.giveUpAfter}
          onInput={(giveUpAfter) => giveUpAfter !== null && put({ giveUpAfter })}
        />
        <DurationField
          label={t.trackFor}
          unit="hours"
          min={1}
          value={settings.trackFor}
          onInput={(trackFor) => trackFor !== null && put({ trackFor })}
        />
      </div>
      {problem === null || fields.some((field) => fault(field) !== undefined) ? null : <Failed problem={problem} />}
      <div class="form-end">
        <button class={`button ${busy ? "button-busy" : ""}`} disabled={disabled}>
          {go}
        </button>
      </div>
    </form>
  );
}

/** Only what may be written again: a view says more. */
function settingsOf(carrier: CarrierView): CarrierSettings {
  const known = Object.keys(CarrierSettings.shape);
  return CarrierSettings.parse(Object.fromEntries(Object.entries(carrier).filter(([field]) => known.includes(field))));
}
