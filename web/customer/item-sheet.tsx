import "./item-sheet.css";
import { useState } from "preact/hooks";
import type { BasketLine, ChosenOption } from "../../contracts/basket.ts";
import type { Item } from "../../contracts/menu.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { money, said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { addLine, billOf, changeBasket } from "./basket.ts";
import { firstUnfilled, groupsOf, keepAsked, suggested } from "./choice.ts";
import { OptionGroups } from "./option-groups.tsx";
import { Stepper } from "./stepper.tsx";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface ItemSheetProps {
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  readonly item: Item;
  readonly orderable: Orderable;
  onClose(): void;
}

/** Everything to decide about one dish, and what it comes to. */
export function ItemSheet({ venue, menu, item, orderable, onClose }: ItemSheetProps) {
  const sizes = orderable.variations(item);
  const [variation, setVariation] = useState(sizes[0]?.id);
  const asked = groupsOf(item, variation);
  const [choice, setChoice] = useState<ChosenOption[]>(() => suggested(menu.groups, asked, orderable));
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState<string | null>(null);
  const t = words.value;

  const line: BasketLine = {
    item: item.id,
    quantity,
    options: keepAsked(choice, asked),
    ...(variation === undefined ? {} : { variation }),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
  const unfilled = firstUnfilled(menu.groups, asked, line.options);
  const bill = unfilled === null ? billOf(menu, venue, { fulfilment: "pickup", lines: [line] }, Date.now()) : null;
  const total = bill === null || isRefusal(bill) ? null : money(bill.subtotal, menu.currency);

  const add = () => {
    if (unfilled !== null) {
      setMissing(unfilled.id);
      document.getElementById(`group-${unfilled.id}`)?.scrollIntoView({ block: "start" });
      return;
    }
    changeBasket(venue.id, (basket) => addLine(basket, line));
    onClose();
  };
  return (
    <Sheet
      titleId="item-name"
      onClose={onClose}
      foot={
        <div class="item-foot">
          <Stepper label={t.quantity} value={quantity} least={1} most={99} onChange={setQuantity} />
          <button type="button" class="button button-large" aria-disabled={total === null} onClick={add}>
            {total === null ? t.stillNeeded(unfilled === null ? "" : said(unfilled.name)) : t.addFor(total)}
          </button>
        </div>
      }
    >
      <h2 id="item-name" class="item-name">
        {said(item.name)}
      </h2>
      {item.description === null ? null : <p>{said(item.description)}</p>}
      {item.allergens.length === 0 ? null : (
        <p class="small quiet">
          {t.contains}: {item.allergens.map((allergen) => t.allergens[allergen]).join(", ")}
        </p>
      )}
      {item.variations.length === 0 ? null : (
        <fieldset class="group">
          <legend>
            <span class="group-name">{t.size}</span>
          </legend>
          {item.variations.map(({ id, name, price }) => (
            <label key={id} class="choice">
              <input
                type="radio"
                name="variation"
                checked={variation === id}
                disabled={!sizes.some((size) => size.id === id)}
                onChange={() => setVariation(id)}
              />
              <span>{said(name)}</span>
              <span class="figures">{money(price, menu.currency)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <OptionGroups
        menu={menu}
        orderable={orderable}
        asked={asked}
        variation={variation}
        choice={choice}
        missing={missing}
        path=""
        onChange={setChoice}
      />
      <div class="field">
        <label for="line-note">{t.note}</label>
        <input
          id="line-note"
          class="input"
          value={note}
          maxLength={280}
          placeholder={t.notePlaceholder}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Sheet>
  );
}
