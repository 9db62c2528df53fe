import { isRefusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { entry } from "../../domain/menu/compile.ts";
import { inside, money, said } from "../shared/format.ts";
import { basketAt, billOf, changeBasket, gone, setQuantity } from "./basket.ts";
import { LineDetails, Totals } from "./bill.tsx";
import { thisMinute } from "./minute.ts";
import { namedIn } from "./named.ts";
import { go } from "./place.ts";
import { Stepper } from "./stepper.tsx";
import { tableAt } from "./table.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { WhatIsNew } from "./what-is-new.tsx";
import { words } from "./words.ts";

export interface BasketProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  /** Of its heading: the basket may stand beside the menu and in a sheet. */
  readonly titleId?: string;
  /** To decide anew on the line in that place. */
  onEdit(at: number): void;
}

/** What has been chosen, with its bill: on a wide screen always beside the menu. */
export function BasketSlip({ tenant, venue, menu, titleId, onEdit }: BasketProps) {
  const basket = basketAt(venue.id).value;
  const t = words.value;
  const at = thisMinute.value;
  const bill = billOf(menu, venue, basket, at);
  const table = tableAt(venue, basket.fulfilment);
  const refused = bill !== null && isRefusal(bill);
  const missing = refused ? gone(menu, venue, basket, at) : [];
  const { minimumOrder } = venue.settings;
  const short = bill !== null && !isRefusal(bill) && bill.subtotal < minimumOrder;
  return (
    <div class="slip basket">
      <h2 id={titleId}>{t.basket}</h2>
      {table === null ? null : <strong dir="auto">{t.table(table)}</strong>}
      {bill === null ? <p class="quiet">{t.basketEmpty}</p> : null}
      <WhatIsNew venue={venue} menu={menu} />
      {refused ? (
        <div class="notice notice-wait" role="alert">
          <p>{t.changed(namedIn(bill, menu, basket.lines))}</p>
          {missing.some(Boolean) ? (
            <p>
              <button
                type="button"
                class="button button-quiet"
                onClick={() =>
                  changeBasket(venue.id, (now) => ({
                    ...now,
                    lines: now.lines.filter((_, place) => missing[place] !== true),
                  }))
                }
              >
                {t.leaveOut}
              </button>
            </p>
          ) : null}
        </div>
      ) : null}
      <ul class="slip-rows">
        {basket.lines.map((line, place) => {
          const priced = bill === null || isRefusal(bill) ? undefined : bill.lines[place];
          const name = inside(said(entry(menu.items, line.item)?.name ?? { und: line.item }));
          return (
            <li
              key={JSON.stringify([place, line.item, line.options])}
              class="basket-line"
              data-gone={missing[place] === true}
            >
              <div class="slip-row">
                {priced === undefined ? <strong>{name}</strong> : <LineDetails line={priced} />}
                <span class="figures">
                  {priced === undefined
                    ? missing[place] === true
                      ? t.cannotBeHad
                      : ""
                    : money(priced.total, menu.currency)}
                </span>
              </div>
              <div class="basket-line-acts">
                <Stepper
                  label={name}
                  value={line.quantity}
                  least={0}
                  most={99}
                  onChange={(quantity) => changeBasket(venue.id, (now) => setQuantity(now, place, quantity))}
                />
                {entry(menu.items, line.item) === undefined || missing[place] === true ? null : (
                  <button
                    type="button"
                    class="button button-bare"
                    aria-label={`${t.edit}: ${name}`}
                    onClick={() => onEdit(place)}
                  >
                    {t.edit}
                  </button>
                )}
              </div>
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
          disabled={refused || short || venue.paused !== null}
          onClick={() => go(`/${tenant}/${venue.id}/checkout`)}
        >
          {t.toCheckout}
        </button>
      )}
    </div>
  );
}
