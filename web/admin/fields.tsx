import "./fields.css";
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { durationMs } from "../../contracts/venue.ts";
import { words } from "./parts-words.ts";

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why what stands here cannot be. */
  readonly fault?: string | null | undefined;
}

interface TextFieldProps extends Labelled {
  readonly value: string;
  onInput(text: string): void;
  readonly required?: boolean;
  readonly mono?: boolean;
  readonly type?: keyof typeof types;
  readonly lang?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly placeholder?: string;
  readonly inputMode?: "decimal" | "numeric" | "text";
  readonly lines?: number;
  readonly autocomplete?: "off" | "new-password";
}

const types = {
  text: { type: "text" },
  url: { type: "url" },
  tel: { type: "tel" },
  password: { type: "password" },
  "datetime-local": { type: "datetime-local" },
  time: { type: "time" },
} as const;

/** A labelled text; with `lines` a longer one. */
export function TextField({
  label,
  hint,
  fault,
  value,
  onInput,
  mono,
  lines,
  type = "text",
  ...input
}: TextFieldProps) {
  const id = useId();
  const shared = {
    ...input,
    id,
    class: `input ${mono === true ? "mono" : ""}`,
    value,
    autocomplete: input.autocomplete ?? "off",
    spellcheck: lines !== undefined && mono !== true,
    "aria-describedby": hint === undefined && !fault ? undefined : `${id}-hint`,
    "aria-invalid": fault ? true : undefined,
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines === undefined ? (
        <input {...shared} {...types[type]} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea {...shared} rows={lines} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      <Hint id={id} hint={hint} fault={fault} />
    </div>
  );
}

function Hint({ id, hint, fault }: { readonly id: string } & Omit<Labelled, "label">) {
  if (!fault && hint === undefined) return null;
  return (
    <p id={`${id}-hint`} class={fault ? "field-fault" : "field-hint"}>
      {fault ? `${fault} ` : ""}
      {hint}
    </p>
  );
}

interface NumberFieldProps extends Labelled {
  /** null where nothing is said. */
  readonly value: number | null;
  onInput(value: number | null): void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly required?: boolean;
}

export function NumberField({ label, hint, fault, value, onInput, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        class="input figures"
        type="number"
        value={value ?? ""}
        aria-describedby={hint === undefined && !fault ? undefined : `${id}-hint`}
        aria-invalid={fault ? true : undefined}
        onInput={({ currentTarget }) =>
          onInput(Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber)
        }
      />
      <Hint id={id} hint={hint} fault={fault} />
    </div>
  );
}

interface SelectFieldProps extends Labelled {
  readonly value: string;
  /** Value and what is read. */
  readonly options: readonly (readonly [string, string])[];
  onChange(value: string): void;
}

export function SelectField({ label, hint, value, options, onChange }: SelectFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
      <Hint id={id} hint={hint} />
    </div>
  );
}

interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
}

export function CheckField({ label, checked, disabled, onChange }: CheckFieldProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface ChoicesFieldProps extends Omit<Labelled, "fault"> {
  readonly options: readonly (readonly [string, string])[];
  readonly chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** Any number of things out of a list. */
export function ChoicesField({ label, hint, options, chosen, onChange }: ChoicesFieldProps) {
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      {hint === undefined ? null : <p class="field-hint">{hint}</p>}
      <div class="choices">
        {options.map(([value, text]) => (
          <CheckField
            key={value}
            label={text}
            checked={chosen.includes(value)}
            onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        ))}
      </div>
    </fieldset>
  );
}

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

interface DurationFieldProps extends Labelled {
  /** ISO 8601, PT20M; null where nothing is said. */
  readonly value: string | null;
  readonly unit: keyof typeof unitMs;
  readonly min?: number;
  readonly optional?: boolean;
  onInput(value: string | null): void;
}

/** A length of time in one unit. */
export function DurationField({ label, value, unit, min = 0, optional = false, onInput, ...rest }: DurationFieldProps) {
  const count = value === null ? null : durationMs(value) / unitMs[unit];
  return (
    <NumberField
      {...rest}
      label={`${label} (${words.value.units[unit]})`}
      value={count}
      min={min}
      step={1}
      required={!optional}
      onInput={(next) => {
        if (next === null) return optional ? onInput(null) : undefined;
        onInput(isoOf(Math.round(next * unitMs[unit])));
      }}
    />
  );
}

function isoOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds % 3_600 === 0 && seconds > 0) return `PT${seconds / 3_600}H`;
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

/** A secret, this once: to be read, or copied. */
export function SecretOnce({ label, secret }: { readonly label: string; readonly secret: string }) {
  const [copied, setCopied] = useState(false);
  const id = useId();
  const t = words.value;
  const copy = async () => {
    document.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`)?.select();
    // There is none where the page was opened by plain http: then it stays selected, to be copied by hand.
    if (!("clipboard" in navigator)) return;
    await navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div class="notice notice-wait secret-once" role="status">
      <label for={id}>
        <strong>{label}</strong>
      </label>
      <div class="secret-line">
        <input id={id} class="input mono" value={secret} readOnly spellcheck={false} />
        <button type="button" class="button button-quiet" onClick={() => void copy()}>
          {copied ? t.copied : t.copy}
        </button>
      </div>
      <p class="small">{t.secretOnce}</p>
    </div>
  );
}
