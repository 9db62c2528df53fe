import "./menu-list.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Category, Item } from "../../contracts/menu.ts";
import { type Moment, type Orderable, whyNot } from "../../domain/menu/availability.ts";
import { money, said } from "../shared/format.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface MenuListProps {
  readonly menu: PublishedMenu;
  readonly moment: Moment;
  readonly orderable: Orderable;
  onOpen(item: MenuKey): void;
}

/** The menu by category, with a way to jump and a way to search. */
export function MenuList({ menu, moment, orderable, onOpen }: MenuListProps) {
  const [typed, setTyped] = useState("");
  const t = words.value;
  const sections = menu.categories
    .map((category) => ({ category, items: itemsOf(menu, category).filter((item) => isNamed(item, typed)) }))
    .filter(({ items }) => items.length > 0);
  const [current, list] = useCurrent(sections.map(({ category }) => category.id).join());
  const strip = useInSight(current);
  return (
    <>
      <nav class="categories" aria-label={t.categories}>
        <input
          class="input"
          type="search"
          value={typed}
          placeholder={t.search}
          aria-label={t.search}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <ul ref={strip}>
          {sections.map(({ category }) => (
            <li key={category.id}>
              <a href={`#${category.id}`} aria-current={current === category.id ? "location" : undefined}>
                {said(category.name)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="menu" id="menu" tabIndex={-1} ref={list}>
        {sections.length === 0 ? <p class="quiet">{t.nothingFound(typed)}</p> : null}
        {sections.map(({ category, items }) => (
          <section key={category.id} id={category.id} class="category" aria-labelledby={`${category.id}-name`}>
            <h2 id={`${category.id}-name`}>{said(category.name)}</h2>
            {category.description === null ? null : <p class="quiet">{said(category.description)}</p>}
            <ul class="dishes">
              {items.map((item) => (
                <Dish
                  key={item.id}
                  menu={menu}
                  item={item}
                  gone={goneWords(menu, item, moment, orderable)}
                  onOpen={() => onOpen(item.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </main>
    </>
  );
}

interface DishProps {
  readonly menu: PublishedMenu;
  readonly item: Item;
  /** Why it cannot be had; null where it can. */
  readonly gone: string | null;
  onOpen(): void;
}

function Dish({ menu, item, gone, onOpen }: DishProps) {
  const t = words.value;
  const prices = item.variations.map((variation) => variation.price);
  const least = money(prices.length === 0 ? (item.price ?? 0) : Math.min(...prices), menu.currency);
  const differs = new Set(prices).size > 1;
  return (
    <li class="dish">
      <button type="button" disabled={gone !== null} onClick={onOpen}>
        <span class="dish-line">
          <span class="dish-name">{said(item.name)}</span>
          <span class="dish-dots" aria-hidden="true" />
          <span class="dish-price figures">{gone ?? (differs ? t.from(least) : least)}</span>
        </span>
        {item.description === null ? null : <span class="dish-text">{said(item.description)}</span>}
        {item.diet.length === 0 ? null : (
          <span class="dish-diet">{item.diet.map((diet) => t.diets[diet]).join(" · ")}</span>
        )}
      </button>
    </li>
  );
}

function itemsOf(menu: PublishedMenu, { items }: Category): Item[] {
  return items.flatMap((id) => menu.items[id] ?? []);
}

function goneWords(menu: PublishedMenu, item: Item, moment: Moment, orderable: Orderable): string | null {
  if (orderable.item(item)) return null;
  return whyNot(menu, item, moment) === "not sold at this hour" ? words.value.notNow : words.value.soldOut;
}

function isNamed(item: Item, typed: string): boolean {
  const wanted = plain(typed).split(" ");
  const text = plain([...Object.values(item.name), ...Object.values(item.description ?? {})].join(" "));
  return wanted.every((word) => text.includes(word));
}

/** Without case and accents: who types "jalapeno" means "Jalapeño". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();
}

/** The category being read: the first that reaches into the upper part of the screen. */
function useCurrent(sections: string) {
  const list = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const all = [...(list.current?.querySelectorAll("section") ?? [])];
    const seen = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) seen.add(target);
          else seen.delete(target);
        }
        setCurrent(all.find((section) => seen.has(section))?.id ?? null);
      },
      { rootMargin: "-15% 0px -50%" },
    );
    for (const section of all) observer.observe(section);
    return () => observer.disconnect();
  }, [sections]);
  return [current, list] as const;
}

/** Keeps the current category's name in sight, where the names are a strip to be scrolled. */
function useInSight(current: string | null) {
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const link = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (link === null || link === undefined) return;
    strip.current?.scrollTo({ left: link.offsetLeft - (strip.current.clientWidth - link.offsetWidth) / 2 });
  }, [current]);
  return strip;
}
