import "../customer/item-sheet.css";
import type { BasketLine } from "../../contracts/basket.ts";
import type { Item } from "../../contracts/menu.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { price } from "../../domain/order/pricing.ts";
import { OptionGroups } from "../customer/option-groups.tsx";
import { Stepper } from "../customer/stepper.tsx";
import type { PublishedMenu } from "../customer/venue-data.ts";
import { money, said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useLine } from "../shared/use-line.ts";
import { TextField } from "./fields.tsx";
import { phoneWords } from "./phone-order-words.ts";

interface DishProps {
  readonly menu: PublishedMenu;
  readonly item: Item;
  readonly orderable: Orderable;
  /** As it is in the order already; null for a new one. */
  readonly before: BasketLine | null;
  onChoose(line: BasketLine): void;
  onClose(): void;
}

/** Size, options and wish of one dish; Enter adds it. */
export function PhoneOrderDish({ menu, item, orderable, before, onChoose, onClose }: DishProps) {
  const decided = useLine({
    groups: menu.groups,
    item,
    orderable,
    before: before ?? undefined,
    priced: (line) => price(menu, [line], { fulfilment: "pickup", deliveryFee: 0, soldOut: new Set() }),
  });
  const { line, sizes, asked, choice, note, unfilled, missing, setVariation, setChoice, setNote } = decided;
  const cost = decided.cost === null ? "" : money(decided.cost, menu.currency);
  const t = phoneWords.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (unfilled === null) onChoose(line);
    else decided.askForMissing();
  };
  return (
    <Sheet titleId="dish-name" onClose={onClose}>
      <form class="fields" onSubmit={submit}>
        <h2 id="dish-name" class="item-name" dir="auto">
          {said(item.name)}
        </h2>
        {item.variations.length === 0 ? null : (
          <fieldset class="group">
            <legend>
              <span class="group-name">{t.size}</span>
            </legend>
            {item.variations.map(({ id, name, price: cents }) => (
              <label key={id} class="choice">
                <input
                  type="radio"
                  name="size"
                  checked={line.variation === id}
                  disabled={!sizes.some((size) => size.id === id)}
                  onChange={() => setVariation(id)}
                />
                <span dir="auto">{said(name)}</span>
                <span class="figures">{money(cents, menu.currency)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <OptionGroups
          menu={menu}
          orderable={orderable}
          asked={asked}
          variation={line.variation}
          choice={choice}
          missing={missing}
          path=""
          onChange={setChoice}
        />
        <TextField label={t.note} value={note} maxLength={280} onInput={setNote} />
        <div class="form-end">
          <Stepper label={t.quantity} value={line.quantity} least={1} most={99} onChange={decided.setQuantity} />
          <button class="button button-large">
            {unfilled === null
              ? before === null
                ? t.addFor(cost)
                : t.changeFor(cost)
              : t.stillNeeded(said(unfilled.name))}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
