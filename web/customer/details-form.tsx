import type { Fulfilment } from "../../contracts/basket.ts";
import { type Details, typed } from "./details.ts";
import { PositionField } from "./position-field.tsx";
import { type Words, words } from "./words.ts";

interface DetailsFormProps {
  readonly details: Details;
  readonly fulfilment: Fulfilment;
  onChange(change: (details: Details) => Details): void;
}

export function DetailsForm({ details, fulfilment, onChange }: DetailsFormProps) {
  const t = words.value;
  const bind = (name: Exclude<keyof Details, "point">) => ({
    id: `details-${name}`,
    class: "input",
    value: details[name],
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const text = event.currentTarget.value;
      onChange((now) => typed(now, name, text));
    },
  });
  return (
    <>
      <fieldset class="fields">
        <legend class="checkout-legend">{t.you}</legend>
        <div class="fields-pair">
          <div class="field">
            <label for="details-name">{t.name}</label>
            <input {...bind("name")} required maxLength={80} autocomplete="name" />
          </div>
          <div class="field">
            <label for="details-phone">{fulfilment === "delivery" ? t.phone : `${t.phone} (${t.optional})`}</label>
            <input
              {...bind("phone")}
              type="tel"
              required={fulfilment === "delivery"}
              pattern="\s*(\+|00)[\d\s\(\)\/.\-]{6,24}"
              title={t.phoneHint}
              autocomplete="tel"
              aria-describedby="phone-hint"
            />
            <p id="phone-hint" class="field-hint">
              {t.phoneHint}
            </p>
          </div>
        </div>
      </fieldset>
      {fulfilment === "delivery" ? (
        <fieldset class="fields">
          <legend class="checkout-legend">{t.address}</legend>
          <div class="field">
            <label for="details-line1">{t.street}</label>
            <input {...bind("line1")} required maxLength={120} autocomplete="address-line1" />
          </div>
          <div class="fields-pair">
            <div class="field">
              <label for="details-postcode">{t.postcode}</label>
              <input {...bind("postcode")} maxLength={20} autocomplete="postal-code" />
            </div>
            <div class="field">
              <label for="details-city">{t.city}</label>
              <input {...bind("city")} required maxLength={80} autocomplete="address-level2" />
            </div>
            <div class="field">
              <label for="details-line2">{`${t.extra} (${t.optional})`}</label>
              <input {...bind("line2")} maxLength={120} autocomplete="address-line2" />
            </div>
          </div>
          <div class="field">
            <label for="details-addressNote">{`${t.addressNote} (${t.optional})`}</label>
            <input {...bind("addressNote")} maxLength={200} placeholder={t.addressNotePlaceholder} />
          </div>
          <PositionField point={details.point} onChange={(point) => onChange((now) => ({ ...now, point }))} />
        </fieldset>
      ) : null}
      <div class="field">
        <label for="details-note">{`${t.orderNote} (${t.optional})`}</label>
        <textarea {...bind("note")} maxLength={500} rows={2} />
      </div>
    </>
  );
}

type Card = keyof Words["cards"];
const cards = ["card_ok", "card_declined", "cash"] as const satisfies Card[];

/** The sandbox's cards; a real provider's form takes this place. */
export function Payment({ card, onChange }: { readonly card: Card; onChange(card: Card): void }) {
  const t = words.value;
  return (
    <fieldset class="fields">
      <legend class="checkout-legend">{t.payment}</legend>
      <div>
        {cards.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="card" checked={card === one} onChange={() => onChange(one)} />
            <span>{t.cards[one]}</span>
          </label>
        ))}
      </div>
      <p class="field-hint small quiet">{card === "cash" ? t.cashAtDoor : t.sandbox}</p>
    </fieldset>
  );
}
