import { useId, useMemo, useState } from "preact/hooks";
import type { Item } from "../../contracts/menu.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { MenuSearch } from "../customer/search.ts";
import type { PublishedMenu } from "../customer/venue-data.ts";
import { money, said } from "../shared/format.ts";
import { phoneWords } from "./phone-order-words.ts";

const mostShown = 9;

interface MenuProps {
  readonly menu: PublishedMenu;
  readonly orderable: Orderable;
  onPick(item: Item): void;
}

/** A dish by what it is called: type, arrow down, Enter. */
export function PhoneOrderMenu({ menu, orderable, onPick }: MenuProps) {
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const id = useId();
  const search = useMemo(() => new MenuSearch(menu), [menu]);
  const t = phoneWords.value;
  const found = useMemo(
    () =>
      inOrder(menu)
        .filter((item) => search.finds(item.id, typed))
        .slice(0, mostShown),
    [menu, search, typed],
  );
  const pick = (item: Item | undefined) => {
    if (item === undefined || !orderable.item(item)) return;
    setTyped("");
    setMarked(0);
    onPick(item);
  };
  const walk = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setMarked(Math.max(0, Math.min(found.length - 1, marked + step)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(found[marked]);
    } else if (event.key === "Escape") setTyped("");
  };
  return (
    <div class="dish-search">
      <div class="field">
        <label for={id}>{t.find}</label>
        <input
          id={id}
          class="input"
          type="text"
          role="combobox"
          data-search
          value={typed}
          autocomplete="off"
          spellcheck={false}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[marked] === undefined ? undefined : `${id}-${marked}`}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setMarked(0);
          }}
          onKeyDown={walk}
        />
        <p id={`${id}-hint`} class="field-hint">
          {t.findHint}
        </p>
      </div>
      {found.length === 0 ? <p class="quiet">{t.noDish}</p> : null}
      <ul id={`${id}-list`} class="dish-list" role="listbox" aria-label={t.dishes}>
        {found.map((item, at) => {
          const isLeft = orderable.item(item);
          return (
            <li
              key={item.id}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === marked}
              aria-disabled={!isLeft}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(item)}
            >
              <span dir="auto">{said(item.name)}</span>
              <span class="figures quiet">{isLeft ? priceOf(item, menu.currency) : t.soldOut}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** As the menu has them, each once. */
function inOrder(menu: PublishedMenu): Item[] {
  const ids = new Set([...menu.categories.flatMap(({ items }) => items), ...Object.keys(menu.items)]);
  return [...ids].flatMap((id) => menu.items[id] ?? []);
}

function priceOf(item: Item, currency: string): string {
  const prices = item.variations.length === 0 ? [item.price ?? 0] : item.variations.map(({ price }) => price);
  return money(Math.min(...prices), currency);
}
