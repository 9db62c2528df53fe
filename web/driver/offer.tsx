import { useRef } from "preact/hooks";
import type { OfferView } from "../../contracts/delivery.ts";
import { clock, countdown, money } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { deedOn } from "./deed.ts";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
import { useRing } from "./ring.ts";
import { words } from "./words.ts";

/** Something to take, while the clock runs: it rings until it is touched. */
export function Offer({ phone, offer }: { readonly phone: Phone; readonly offer: OfferView }) {
  const deed = deedOn(phone, offer.dropoff.name, offer.order);
  const t = words.value;
  const left = Math.max(0, Date.parse(offer.expiresAt) - now.value);
  // By this phone's clock: how much there was when it was first shown.
  const whole = useRef(Math.max(left, 1));
  useRing(left === 0 || deed.busy ? null : offer.order);
  return (
    <>
      <section class="slip stop-slip offer" aria-labelledby="offer-title" data-late={left < 10_000}>
        <header class="stop-head">
          <h2 id="offer-title">{t.offer}</h2>
          <p class="offer-clock mono" role="timer">
            {countdown(left)}
          </p>
        </header>
        <progress class="offer-remaining" max={whole.current} value={left} aria-label={t.offerLeft} />
        <ol class="offer-stops">
          <li>
            <strong dir="auto">{offer.pickup.name}</strong>
            <span dir="auto">{offer.pickup.address}</span>
            <span class="quiet">{offer.ready ? t.foodReady : t.foodAt(clock(offer.readyAt))}</span>
          </li>
          <li>
            <strong dir="auto">{offer.dropoff.name}</strong>
            <span dir="auto">{offer.dropoff.address}</span>
            <span class="quiet">{t.thereAt(clock(offer.dropoffAt))}</span>
          </li>
        </ol>
        {offer.cash === null ? null : <p>{t.cash(money(offer.cash.amount, offer.cash.currency))}</p>}
        <Refusal problem={deed.problem} />
      </section>
      <div class="deck deck-offer">
        <button
          type="button"
          class={`button button-go button-large ${deed.busy ? "button-busy" : ""}`}
          onClick={() => deed.do("accept")}
        >
          {t.accept}
        </button>
        <button type="button" class="button button-quiet button-large" onClick={() => deed.do("decline")}>
          {t.decline}
        </button>
      </div>
    </>
  );
}
