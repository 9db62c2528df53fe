import type { Fulfilment } from "../../contracts/basket.ts";
import { type DetailName, type Details, type Faults, typed } from "./details.ts";
import { PositionField } from "./position-field.tsx";
import { checkoutWords } from "./words-checkout.ts";

interface DetailsFormProps {
  readonly details: Details;
  readonly fulfilment: Fulfilment;
  /** Said beside the fields. */
  readonly faults: Faults;
  onChange(change: (details: Details) => Details): void;
}

export function DetailsForm({ details, fulfilment, faults, onChange }: DetailsFormProps) {
  const t = checkoutWords.value;
  const isDelivery = fulfilment === "delivery";
  const field = (name: DetailName, label: string, more: FieldExtras = {}) => (
    <Field
      name={name}
      label={label}
      value={details[name]}
      fault={faults[name]}
      onType={(text) => onChange((now) => typed(now, name, text))}
      {...more}
    />
  );
  const maybe = (label: string): string => `${label} (${t.optional})`;
  return (
    <>
      <fieldset class="fields">
        <legend class="checkout-legend">{t.you}</legend>
        <div class="fields-pair">
          {field("name", t.name, { isNeeded: true, maxLength: 80, autocomplete: "name" })}
          {field("phone", isDelivery ? t.phone : maybe(t.phone), {
            inputMode: "tel",
            isNeeded: isDelivery,
            maxLength: 32,
            autocomplete: "tel",
            hint: t.phoneHint,
          })}
        </div>
        {field("email", maybe(t.email), {
          inputMode: "email",
          maxLength: 254,
          autocomplete: "email",
          hint: t.emailHint,
        })}
      </fieldset>
      {isDelivery ? (
        <fieldset class="fields">
          <legend class="checkout-legend">{t.address}</legend>
          {field("line1", t.street, { isNeeded: true, maxLength: 120, autocomplete: "address-line1" })}
          <div class="fields-pair">
            {field("postcode", t.postcode, { maxLength: 20, autocomplete: "postal-code" })}
            {field("city", t.city, { isNeeded: true, maxLength: 80, autocomplete: "address-level2" })}
            {field("line2", maybe(t.extra), { maxLength: 120, autocomplete: "address-line2" })}
          </div>
          {field("addressNote", maybe(t.addressNote), { maxLength: 200, placeholder: t.addressNotePlaceholder })}
          <PositionField point={details.point} onChange={(point) => onChange((now) => ({ ...now, point }))} />
        </fieldset>
      ) : null}
      <div class="field">
        <label for="details-note">{maybe(t.orderNote)}</label>
        <textarea
          id="details-note"
          class="input"
          value={details.note}
          maxLength={500}
          rows={2}
          aria-invalid={faults.note !== undefined}
          onInput={({ currentTarget: { value } }) => onChange((now) => typed(now, "note", value))}
        />
      </div>
    </>
  );
}

interface FieldExtras {
  readonly hint?: string;
  readonly isNeeded?: boolean;
  readonly inputMode?: "tel" | "email";
  readonly maxLength?: number;
  readonly autocomplete?:
    | "name"
    | "tel"
    | "email"
    | "address-line1"
    | "address-line2"
    | "postal-code"
    | "address-level2";
  readonly placeholder?: string;
}

interface FieldProps extends FieldExtras {
  readonly name: DetailName;
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  onType(text: string): void;
}

function Field({ name, label, value, fault, hint, isNeeded = false, onType, ...more }: FieldProps) {
  const id = `details-${name}`;
  const described = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-fault`].join(" ").trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        class="input"
        value={value}
        aria-required={isNeeded}
        aria-invalid={fault !== undefined}
        aria-describedby={described === "" ? undefined : described}
        onInput={(event) => onType(event.currentTarget.value)}
        {...more}
      />
      {fault === undefined ? null : (
        <p id={`${id}-fault`} class="field-fault">
          {fault}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
