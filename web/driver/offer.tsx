import { useEffect, useRef } from "preact/hooks";
import type { OfferView } from "../../contracts/driver.ts";
import { clock, countdown, money } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { deedOn } from "./deed.ts";
import { whenExpected } from "./expected.ts";
import type { Phone } from "./phone.ts";
import { useRing } from "./ring.ts";
import { useSettled } from "./settled.ts";
import { Verdict } from "./verdict.tsx";
import { words } from "./words.ts";

interface OfferProps {
  readonly phone: Phone;
  readonly offer: OfferView;
  /** It comes in the midst of something, and takes the place of buttons that are in use. */
  readonly sudden: boolean;
}

/** Something to take, while the clock runs: it rings until it is touched. */
export function Offer({ phone, offer, sudden }: OfferProps) {
  const settled = useSettled(offer.order, sudden);
  useEffect(() => {
    // Whoever is typing the PIN at a door goes on with it.
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement) activeElement.scrollIntoView({ block: "center" });
  }, []);
  const deed = deedOn(phone, offer.dropoff.name, offer.order);
  const t = words.value;
  const left = Math.max(0, Date.parse(offer.expiresAt) - now.value);
  // By this phone's clock: how much there was when it was first shown.
  const whole = useRef(Math.max(left, 1));
  const isOver = left === 0 && !deed.busy && !deed.unsent;
  useRing(left === 0 || deed.busy || deed.unsent ? null : offer.order, "rising");
  return (
    <div class="ask">
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
            <span class="quiet">{whenExpected(offer)}</span>
          </li>
        </ol>
        {offer.cash === null ? null : <p>{t.cash(money(offer.cash.amount, offer.cash.currency))}</p>}
      </section>
      <div class="deck deck-offer">
        <Verdict deed={deed} />
        {isOver ? <p class="notice notice-wait">{t.offerOver}</p> : null}
        <button
          type="button"
          class={`button button-go button-large ${deed.busy ? "button-busy" : ""}`}
          disabled={!settled || isOver || deed.unsent}
          onClick={() => deed.do("accept")}
        >
          {t.accept}
        </button>
        <button
          type="button"
          class="button button-quiet button-large"
          disabled={!settled || deed.unsent}
          onClick={() => deed.do("decline")}
        >
          {t.decline}
        </button>
      </div>
    </div>
  );
}
