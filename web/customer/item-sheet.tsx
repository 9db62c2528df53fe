import "./item-sheet.css";
import type { Item } from "../../contracts/menu.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { photoPath } from "../../domain/storefront/photo.ts";
import { inside, money, said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useLine } from "../shared/use-line.ts";
import { serverNow } from "../shared/server-clock.ts";
import { addLine, basketAt, billOf, changeBasket, replaceLine, setQuantity } from "./basket.ts";
import { TextSpan } from "./dish-row.tsx";
import { isUnstated } from "./filter.ts";
import { OptionGroups } from "./option-groups.tsx";
import { Stepper } from "./stepper.tsx";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface ItemSheetProps {
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  readonly item: Item;
  /** The basket's line that is decided on anew; null for a new one. */
  readonly at: number | null;
  readonly orderable: Orderable;
  onClose(): void;
}

/** Everything to decide about one dish, and what it comes to. */
export function ItemSheet({ venue, menu, item, at, orderable, onClose }: ItemSheetProps) {
  const before = at === null ? undefined : basketAt(venue.id).peek().lines[at];
  const decided = useLine({
    groups: menu.groups,
    item,
    orderable,
    before,
    priced: (line) => billOf(menu, venue, { fulfilment: "pickup", lines: [line] }, serverNow()),
  });
  const { line, sizes, asked, choice, note, unfilled, missing, cost, setVariation, setChoice, setNote } = decided;
  const total = cost === null ? null : money(cost, menu.currency);
  const t = words.value;

  const put = () => {
    if (unfilled !== null) return decided.askForMissing();
    if (total === null) return;
    changeBasket(venue.id, (basket) => (at === null ? addLine(basket, line) : replaceLine(basket, at, line)));
    onClose();
  };
  const takeOut = () => {
    if (at !== null) changeBasket(venue.id, (basket) => setQuantity(basket, at, 0));
    onClose();
  };
  const photo = photoPath(venue.id, menu.version, item);
  const action = total === null ? null : at === null ? t.addFor(total) : t.changeFor(total);
  return (
    <Sheet
      titleId="item-name"
      onClose={onClose}
      foot={
        <div class="item-foot">
          <Stepper label={t.quantity} value={line.quantity} least={1} most={99} onChange={decided.setQuantity} />
          <button type="button" class="button button-large" aria-disabled={total === null} onClick={put}>
            {action ?? (unfilled === null ? t.cannotBeHad : t.stillNeeded(inside(said(unfilled.name))))}
          </button>
        </div>
      }
    >
      {photo === null ? null : <img class="item-photo" src={photo} alt="" width={544} height={306} decoding="async" />}
      <h2 id="item-name" class="item-name">
        <TextSpan text={item.name} />
      </h2>
      {item.description === null ? null : (
        <p>
          <TextSpan text={item.description} />
        </p>
      )}
      {item.diet.length === 0 ? null : <p class="dish-diet">{item.diet.map((diet) => t.diets[diet]).join(" · ")}</p>}
      {isUnstated(item) ? (
        <p class="small quiet">
          <strong>{t.unstated}.</strong> {t.unstatedMore}
        </p>
      ) : (
        <p class="small">
          <strong>{t.contains}:</strong> {item.allergens.map((allergen) => t.allergens[allergen]).join(", ")}
        </p>
      )}
      {item.variations.length === 0 ? null : (
        <fieldset class="group">
          <legend>
            <span class="group-name">{t.size}</span>{" "}
            <span class="group-rule">
              {t.choose(1)} · {t.required}
            </span>
          </legend>
          {item.variations.map(({ id, name, price }) => {
            const isLeft = sizes.some((size) => size.id === id);
            return (
              <label key={id} class="choice">
                <input
                  type="radio"
                  name="variation"
                  checked={line.variation === id}
                  disabled={!isLeft}
                  onChange={() => setVariation(id)}
                />
                <TextSpan text={name} />
                <span class="figures">{isLeft ? money(price, menu.currency) : t.soldOut}</span>
              </label>
            );
          })}
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
      {at === null ? null : (
        <p>
          <button type="button" class="button button-stop" onClick={takeOut}>
            {t.removeLine}
          </button>
        </p>
      )}
    </Sheet>
  );
}
