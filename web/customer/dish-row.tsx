import type { MenuKey, VenueId } from "../../contracts/ids.ts";
import type { Text } from "../../contracts/menu.ts";
import { dishNotes } from "../../domain/storefront/facts.ts";
import { formatsOf } from "../../domain/storefront/formats.ts";
import { photoPath } from "../../domain/storefront/photo.ts";
import { type Dish, saidIn } from "../../domain/storefront/sections.ts";
import { language, locale, textLanguages } from "../shared/language.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface DishRowProps {
  readonly venue: VenueId;
  readonly menu: PublishedMenu;
  readonly dish: Dish;
  /** Somebody must not eat something, and nobody says what is in this. */
  readonly warns: boolean;
  onOpen(item: MenuKey): void;
}

/** One line of the menu. */
export function DishRow({ venue, menu, dish: { item, least, differs, gone }, warns, onOpen }: DishRowProps) {
  const t = words.value;
  const amount = formatsOf(locale.value).money(least, menu.currency);
  const notes = dishNotes(item, t);
  const photo = photoPath(venue, menu.version, item);
  return (
    <li class="dish">
      <button
        type="button"
        class="dish-open"
        data-gone={gone !== null}
        disabled={gone !== null}
        onClick={() => onOpen(item.id)}
      >
        <span class="dish-line">
          <TextSpan class="dish-name" text={item.name} />
          <span class="dish-dots" aria-hidden="true" />
          <span class="dish-price figures">{gone === null ? (differs ? t.from(amount) : amount) : t[gone]}</span>
        </span>
        {item.description === null ? null : <TextSpan class="dish-text" text={item.description} />}
        {notes.diet === "" && notes.allergens === "" && !warns ? null : (
          <span class="dish-notes">
            {notes.diet === "" ? null : <span class="dish-diet">{notes.diet}</span>}
            {notes.allergens === "" ? null : <span>{notes.allergens}</span>}
            {warns ? <strong class="dish-warning">{t.unstated}</strong> : null}
          </span>
        )}
        {photo === null ? null : (
          <img class="dish-photo" src={photo} alt="" width={96} height={96} loading="lazy" decoding="async" />
        )}
      </button>
    </li>
  );
}

/** A text of the menu, in the language of the screen or marked as what it is. */
export function TextSpan({ text, ...more }: { readonly text: Text; readonly class?: string }) {
  const { text: said, lang } = saidIn(text, textLanguages.value, language.value);
  return (
    <span lang={lang} dir="auto" {...more}>
      {said}
    </span>
  );
}
