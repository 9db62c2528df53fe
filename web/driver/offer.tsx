import type { OfferView } from "../../contracts/delivery.ts";
import { clock, countdown } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { deedOn } from "./deed.ts";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
import { words } from "./words.ts";

/** Something to take, while the clock runs. */
export function Offer({ phone, offer }: { readonly phone: Phone; readonly offer: OfferView }) {
  const deed = deedOn(phone, offer.dropoff.name, offer.order);
  const t = words.value;
  return (
    <section class="slip stop-slip offer" aria-labelledby="offer-title">
      <header class="offer-head">
        <h2 id="offer-title">{t.offer}</h2>
        <p class="offer-clock mono" role="timer">
          {countdown(Date.parse(offer.expiresAt) - now.value)}
        </p>
      </header>
      <ol class="stops">
        <li>
          <strong>{offer.pickup.name}</strong>
          <span>{offer.pickup.address}</span>
          <span class="quiet">{t.foodAt(clock(offer.readyAt))}</span>
        </li>
        <li>
          <strong>{offer.dropoff.name}</strong>
          <span>{offer.dropoff.address}</span>
          <span class="quiet">{t.thereAt(clock(offer.dropoffAt))}</span>
        </li>
      </ol>
      <Refusal problem={deed.problem} />
      <div class="thumb">
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
    </section>
  );
}
