import type { ComponentChildren } from "preact";
import type { Bill } from "../../contracts/basket.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Basket } from "./basket.ts";
import { BillLines, Totals } from "./bill.tsx";
import { namedIn } from "./named.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { WhatIsNew } from "./what-is-new.tsx";
import { words } from "./words.ts";
import { checkoutWords } from "./words-checkout.ts";

interface CheckoutSlipProps {
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  readonly basket: Basket;
  readonly bill: Bill | Refusal;
  readonly back: string;
  /** How many fields have something said beside them. */
  readonly faults: number;
  /** Why the order was not placed, in words. */
  readonly why: string | null;
  /** Where to look whether an order of before, whose answer never came, was placed; null where there is none. */
  readonly before: string | null;
  readonly children: ComponentChildren;
}

/** What is ordered and what it comes to, with whatever stands in its way just above the button. */
export function CheckoutSlip({ venue, menu, basket, bill, back, faults, why, before, children }: CheckoutSlipProps) {
  const t = checkoutWords.value;
  const refused = isRefusal(bill);
  return (
    <div class="slip checkout-slip">
      <h2 dir="auto">{venue.settings.name}</h2>
      <WhatIsNew venue={venue} menu={menu} />
      {refused ? (
        <p class="notice notice-wait" role="alert">
          {words.value.changed(namedIn(bill, menu, basket.lines))}
        </p>
      ) : (
        <>
          <BillLines bill={bill} />
          <Totals bill={bill} />
        </>
      )}
      {why === null ? null : (
        <p class="notice notice-stop" role="alert">
          <strong>{t.refused}</strong>
          <span>{why}</span>
        </p>
      )}
      {before === null ? null : (
        <p class="notice notice-wait" role="status">
          <span>{t.unansweredBefore}</span> <a href={before}>{t.lookThere}</a>
        </p>
      )}
      {faults === 0 || why !== null ? null : (
        <p class="notice notice-stop" role="alert">
          {t.faults(faults)}
        </p>
      )}
      {refused || why !== null ? <a href={back}>{t.changeOrder}</a> : null}
      {children}
    </div>
  );
}
