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
  if (count === 0) return null;
  const edit = (at: number): void => {
    setOpen(false);
    props.onEdit(at);
  };
  return (
    <div class="basket-bar">
      <button type="button" class="button button-wide button-large" onClick={() => setOpen(true)}>
        <span>{t.viewBasket}</span>
        <span class="basket-bar-count">{t.pieces(count)}</span>
        <span class="figures">{bill === null || isRefusal(bill) ? "" : money(bill.subtotal, menu.currency)}</span>
      </button>
      {open ? (
        <Sheet titleId="basket-title" onClose={() => setOpen(false)}>
          <BasketSlip {...props} titleId="basket-title" onEdit={edit} />
        </Sheet>
      ) : null}
    </div>
  );
}
