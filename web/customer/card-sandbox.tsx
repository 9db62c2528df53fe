import { signal } from "@preact/signals";
import type { CardForm } from "./payment.tsx";
import { checkoutWords } from "./words-checkout.ts";

const cards = ["card_ok", "card_declined"] as const;
const chosen = signal<(typeof cards)[number]>("card_ok");

/** The sandbox's cards, which are their own tokens. */
export const sandboxCard: CardForm = {
  Fields,
  token: () => Promise.resolve({ ok: true, token: chosen.peek() }),
};

function Fields() {
  const t = checkoutWords.value;
  return (
    <>
      {cards.map((card) => (
        <label key={card} class="choice">
          <input type="radio" name="card" checked={chosen.value === card} onChange={() => (chosen.value = card)} />
          <span>{t.cards[card]}</span>
        </label>
      ))}
      <p class="field-hint small quiet">{t.sandbox}</p>
    </>
  );
}
