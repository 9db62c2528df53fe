import "./basket-slip.css";
import { useState } from "preact/hooks";
import type { BasketLine } from "../../contracts/basket.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { money, said } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { Sheet } from "../shared/sheet.tsx";
import { basketAt, billOf, changeBasket, setQuantity } from "./basket.ts";
import { LineDetails, Totals } from "./bill.tsx";
import { namedIn } from "./named.ts";
import { go } from "./place.ts";
import { Stepper } from "./stepper.tsx";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface BasketProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

/** What has been chosen, with its bill: on a wide screen always beside the menu. */
export function BasketSlip({ tenant, venue, menu }: BasketProps) {
  const basket = basketAt(venue.id).value;
  const t = words.value;
  // To the minute: a lunch dish leaves the basket when lunch is over.
  const bill = billOf(menu, venue, basket, Math.floor(now.value / 60_000) * 60_000);
  const { minimumOrder } = venue.settings;
  const short = bill !== null && !isRefusal(bill) && bill.subtotal < minimumOrder;
  return (
    <div class="slip basket">
      <h2 id="basket-title">{t.basket}</h2>
      {bill === null ? <p class="quiet">{t.basketEmpty}</p> : null}
      {bill !== null && isRefusal(bill) ? (
        <p class="notice notice-wait" role="alert">
          {t.changed(namedIn(bill, menu, basket.lines))}
        </p>
      ) : null}
      <ul class="slip-rows">
        {basket.lines.map((line, at) => {
          const priced = bill === null || isRefusal(bill) ? undefined : bill.lines[at];
          const name = said(menu.items[line.item]?.name ?? { und: line.item });
          return (
            <li key={JSON.stringify([at, line.item, line.options])} class="basket-line">
              <div class="slip-row">
                {priced === undefined ? <strong>{name}</strong> : <LineDetails line={priced} />}
                <span class="figures">{priced === undefined ? "" : money(priced.total, menu.currency)}</span>
              </div>
              <LineQuantity venue={venue.id} at={at} line={line} name={name} />
            </li>
          );
        })}
      </ul>
      {bill === null || isRefusal(bill) ? null : <Totals bill={bill} />}
      {short ? <p class="notice notice-wait">{t.minimum(money(minimumOrder, menu.currency))}</p> : null}
      {bill === null ? null : (
        <button
          type="button"
          class="button button-wide button-large"
          disabled={isRefusal(bill) || short || venue.paused !== null}
          onClick={() => go(`/${tenant}/${venue.id}/checkout`)}
        >
          {t.toCheckout}
        </button>
      )}
    </div>
  );
}

/** The same on a narrow screen: a bar that opens it. */
export function BasketBar(props: BasketProps) {
  const [open, setOpen] = useState(false);
  const { venue, menu } = props;
  const basket = basketAt(venue.id).value;
  const bill = billOf(menu, venue, basket, Date.now());
  const count = basket.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const t = words.value;
  if (count === 0) return null;
  return (
    <div class="basket-bar">
      <button type="button" class="button button-wide button-large" onClick={() => setOpen(true)}>
        <span>{t.viewBasket}</span>
        <span class="basket-bar-count">{t.pieces(count)}</span>
        <span class="figures">{bill === null || isRefusal(bill) ? "" : money(bill.subtotal, menu.currency)}</span>
      </button>
      {open ? (
        <Sheet titleId="basket-title" onClose={() => setOpen(false)}>
          <BasketSlip {...props} />
        </Sheet>
      ) : null}
    </div>
  );
}

interface LineQuantityProps {
  readonly venue: string;
  readonly at: number;
  readonly line: BasketLine;
  readonly name: string;
}

function LineQuantity({ venue, at, line, name }: LineQuantityProps) {
  return (
    <Stepper
      label={name}
      value={line.quantity}
      least={0}
      most={99}
      onChange={(quantity) => changeBasket(venue, (basket) => setQuantity(basket, at, quantity))}
    />
  );
}
