import { type ComponentType } from "preact";
import type { PaymentMethod } from "../../contracts/order.ts";
import { sandboxCard } from "./card-sandbox.tsx";
import { checkoutWords } from "./words-checkout.ts";

/**
 * A payment provider's own way to take a card. `Fields` is drawn below "Card", and may be a frame of the provider's in
 * which the number is typed, so that we never see it. `token` is asked for when the order is placed, and gives what the
 * provider will know the card by, or says in words what is wrong with it. Nothing else of the checkout knows the provider.
 */
export interface CardForm {
  readonly Fields: ComponentType;
  token(): Promise<{ readonly ok: true; readonly token: string } | { readonly ok: false; readonly fault: string }>;
}

/** The provider that is used: a real one takes the sandbox's place here, and its origin goes into `web/public/_headers`. */
export const cardForm: CardForm = sandboxCard;

export type Way = PaymentMethod["method"];

interface PaymentProps {
  readonly way: Way;
  /** No carrier takes cash at the door. */
  readonly takesCash: boolean;
  readonly fault: string | null;
  onChange(way: Way): void;
}

export function Payment({ way, takesCash, fault, onChange }: PaymentProps) {
  const t = checkoutWords.value;
  return (
    <fieldset class="fields" aria-describedby={fault === null ? undefined : "payment-fault"}>
      <legend class="checkout-legend">{t.payment}</legend>
      <div>
        <label class="choice">
          <input type="radio" name="way" checked={way === "card"} onChange={() => onChange("card")} />
          <span>{t.cardTitle}</span>
        </label>
        {way === "card" ? (
          <div class="payment-card">
            <cardForm.Fields />
          </div>
        ) : null}
        <label class="choice">
          <input
            type="radio"
            name="way"
            checked={way === "cash"}
            disabled={!takesCash}
            onChange={() => onChange("cash")}
          />
          <span>{t.cards.cash}</span>
        </label>
      </div>
      {fault === null ? null : (
        <p id="payment-fault" class="field-fault">
          {fault}
        </p>
      )}
      {takesCash ? (
        way === "cash" ? (
          <p class="field-hint small quiet">{t.cashAtDoor}</p>
        ) : null
      ) : (
        <p class="small quiet">{t.noCash}</p>
      )}
    </fieldset>
  );
}
