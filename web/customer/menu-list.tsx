import "./menu-list.css";
import type { ComponentChild } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { MenuKey, VenueId } from "../../contracts/ids.ts";
import type { Moment, Orderable } from "../../domain/menu/availability.ts";
import { isLong, type Section, sectionsOf } from "../../domain/storefront/sections.ts";
import { DishRow, TextSpan } from "./dish-row.tsx";
import { filter, isEmpty, isUnstated, noFilter, setFilter, suits } from "./filter.ts";
import { AsItCame, dropFirstAnswer, firstAnswerOf } from "./first-answer.tsx";
import { FilterSheet } from "./filter-sheet-later.tsx";
import { wasLeftAt } from "./place.ts";
import { useSame } from "./same-sections.ts";
import type { MenuSearch } from "./search.ts";
import { fetchSearching, searching } from "./search-later.ts";
import { useCurrent, useInSight } from "./scroll-spy.ts";
import { useStaged } from "./staged.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { language } from "../shared/language.ts";
import { words } from "./words.ts";

interface MenuListProps {
  readonly venue: VenueId;
  readonly menu: PublishedMenu;
  readonly moment: Moment;
  readonly orderable: Orderable;
  onOpen(item: MenuKey): void;
}

/** The menu by category, with ways to jump, to search, and to leave out what one does not eat. */
export function MenuList({ venue, menu, moment, orderable, onOpen }: MenuListProps) {
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const t = words.value;
  const all = useSame(useMemo(() => sectionsOf(menu, moment, orderable), [menu, moment, orderable]));
  const isTyped = typed.trim() !== "";
  // Made when somebody begins to type, and not while the page comes up.
  const make = searching.value;
  const search = useMemo(() => (isTyped ? (make?.(menu) ?? null) : null), [menu, isTyped, make]);
  const wanted = filter.value;
  const sections = useMemo(() => shownOf(all, search, typed, wanted), [all, search, typed, wanted]);
  const drawn = useStaged(sections);
  const parts = partsOf(sections, drawn);
  const isFirst = sections === all;
  const isWhole = parts.every(({ section, count }) => count === section.dishes.length);
  useEffect(() => {
    if (isWhole || !isFirst) dropFirstAnswer();
  }, [isWhole, isFirst]);
  useLayoutEffect(() => {
    if (wasLeftAt() > 0) scrollTo(0, wasLeftAt());
  }, []);
  const warns = wanted.without.length > 0;
  const shown = parts.filter(({ section, count }) => count > 0 || firstAnswerOf(section) !== null);
  const [current, list] = useCurrent(
    `${parts.filter(({ count }) => count > 0).length} ${shown.map(({ section }) => section.category.id).join()}`,
  );
  const strip = useInSight(current);
  const chosen = [
    ...wanted.diets.map((diet) => t.diets[diet]),
    ...wanted.without.map((allergen) => t.without(t.allergens[allergen])),
  ];
  const count = sections.reduce((sum, { dishes }) => sum + dishes.length, 0);
  const narrowed = isTyped || chosen.length > 0;
  return (
    <>
      <nav class="categories" aria-label={t.categories}>
        <div class="menu-tools">
          <input
            class="input"
            type="search"
            value={typed}
            placeholder={t.search}
            aria-label={t.search}
            onFocus={() => void fetchSearching().catch(() => undefined)}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="button" class="button button-quiet filter-button" onClick={() => setAsking(true)}>
            {t.filter}
            {chosen.length === 0 ? null : <span class="top-count">{chosen.length}</span>}
          </button>
        </div>
        <ul ref={strip}>
          {sections.map(({ category }) => (
            <li key={category.id}>
              <a href={`#c-${category.id}`} aria-current={current === `c-${category.id}` ? "location" : undefined}>
                <TextSpan text={category.name} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="menu" id="menu" tabIndex={-1} data-long={isLong(all)} ref={list}>
        <p class="for-ears" role="status">
          {narrowed ? t.found(count) : ""}
        </p>
        {chosen.length === 0 ? null : (
          <p class="menu-filter">
            <span>{t.filterOn(chosen.join(", "))}</span>
            <button type="button" class="button button-bare" onClick={() => setFilter(noFilter)}>
              {t.filterClear}
            </button>
          </p>
        )}
        {sections.length === 0 ? <p class="quiet">{!isTyped ? t.nothingSuits : t.nothingFound(typed)}</p> : null}
        {shown.map(({ section, count }) =>
          count === 0 ? (
            <AsItCame key={`${section.category.id}…`} section={section} after={0} onOpen={onOpen} />
          ) : (
            <MenuSection
              key={section.category.id}
              venue={venue}
              menu={menu}
              section={section}
              count={count}
              warns={warns}
              onOpen={onOpen}
            />
          ),
        )}
      </main>
      {asking ? <FilterSheet menu={menu} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

interface MenuSectionProps extends Pick<MenuListProps, "venue" | "menu" | "onOpen"> {
  readonly section: Section;
  /** How many of its dishes are drawn by now. */
  readonly count: number;
  /** Somebody must not eat something: what nobody speaks of is marked. */
  readonly warns: boolean;
}

function MenuSection({ venue, menu, section, count, warns, onOpen }: MenuSectionProps) {
  const { category, dishes } = section;
  // The same things again are not gone through again: what is drawn already stays as it is when more is.
  const rows = useMemo<ComponentChild[]>(() => [], [venue, menu, dishes, warns, onOpen, words.value, language.value]);
  for (const dish of dishes.slice(rows.length, count)) {
    rows.push(
      <DishRow
        key={dish.item.id}
        venue={venue}
        menu={menu}
        dish={dish}
        warns={warns && isUnstated(dish.item)}
        onOpen={onOpen}
      />,
    );
  }
  const isPart = count < dishes.length && firstAnswerOf(section) !== null;
  return (
    <section
      id={`c-${category.id}`}
      class="category"
      aria-labelledby={`c-${category.id}-name`}
      data-dishes={dishes.length}
    >
      <h2 id={`c-${category.id}-name`}>
        <TextSpan text={category.name} />
      </h2>
      {category.description === null ? null : (
        <p class="quiet">
          <TextSpan text={category.description} />
        </p>
      )}
      <ul class="dishes">{rows.slice(0, count)}</ul>
      {isPart ? <AsItCame section={section} after={count} onOpen={onOpen} /> : null}
    </section>
  );
}

interface Part {
  readonly section: Section;
  readonly count: number;
}

/** How many dishes of each section are among the first so many. */
function partsOf(sections: readonly Section[], drawn: number): Part[] {
  let left = drawn;
  return sections.map((section) => {
    const count = Math.max(0, Math.min(left, section.dishes.length));
    left -= count;
    return { section, count };
  });
}

function shownOf(
  all: readonly Section[],
  search: MenuSearch | null,
  typed: string,
  wanted: typeof noFilter,
): readonly Section[] {
  if (search === null && isEmpty(wanted)) return all;
  return all
    .map(({ category, dishes }) => ({
      category,
      dishes: dishes.filter(({ item }) => suits(item, wanted) && (search?.finds(item.id, typed) ?? true)),
    }))
    .filter(({ dishes }) => dishes.length > 0);
}
