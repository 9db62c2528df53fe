import { useState } from "preact/hooks";
import { isRefusal } from "../../contracts/problem.ts";
import { money } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { basketAt, billOf } from "./basket.ts";
import { BasketSlip } from "./basket-slip-later.tsx";
import type { BasketProps } from "./basket-slip.tsx";
import { thisMinute } from "./minute.ts";
import { words } from "./words.ts";

/** The basket on a narrow screen: a bar that opens it. */
export function BasketBar(props: BasketProps) {
  const [open, setOpen] = useState(false);
  const { venue, menu } = props;
  const basket = basketAt(venue.id).value;
  const bill = billOf(menu, venue, basket, thisMinute.value);
  const count = basket.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const t = words.value;
  const total = bill === null || isRefusal(bill) ? "" : money(bill.subtotal, menu.currency);
  const heard = count === 0 ? "" : `${t.basket}: ${t.pieces(count)}${total === "" ? "" : `, ${total}`}`;
  const edit = (at: number): void => {
    setOpen(false);
    props.onEdit(at);
  };
  return (
    <>
      {/* Whoever does not see the order grow is told. */}
      <p class="for-ears" role="status">
        {heard}
      </p>
      {count === 0 ? null : (
        <div class="basket-bar">
          <button type="button" class="button button-wide button-large" onClick={() => setOpen(true)}>
            <span>{t.viewBasket}</span>
            <span class="basket-bar-count">{t.pieces(count)}</span>
            <span class="figures">{total}</span>
          </button>
          {open ? (
            <Sheet titleId="basket-title" onClose={() => setOpen(false)}>
              <BasketSlip {...props} titleId="basket-title" onEdit={edit} />
            </Sheet>
          ) : null}
        </div>
      )}
    </>
  );
}
