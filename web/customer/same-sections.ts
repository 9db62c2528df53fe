import { useRef } from "preact/hooks";
import type { Dish, Section } from "../../domain/storefront/sections.ts";

/** The sections with those before in the place of what is the same: only what has changed is drawn anew. */
export function useSame(sections: readonly Section[]): readonly Section[] {
  const known = useRef<readonly Section[]>([]);
  known.current = sameOf(known.current, sections);
  return known.current;
}

export function sameOf(before: readonly Section[], sections: readonly Section[]): readonly Section[] {
  const known = new Map(before.map((section) => [section.category.id, section]));
  const next = sections.map((section) => {
    const old = known.get(section.category.id);
    return old !== undefined && isSame(old, section) ? old : section;
  });
  return next.length === before.length && next.every((section, at) => section === before[at]) ? before : next;
}

function isSame(a: Section, b: Section): boolean {
  return (
    a.category === b.category &&
    a.dishes.length === b.dishes.length &&
    a.dishes.every((dish, at) => isSameDish(dish, b.dishes[at]))
  );
}

function isSameDish(a: Dish, b: Dish | undefined): boolean {
  return a.item === b?.item && a.least === b.least && a.differs === b.differs && a.gone === b.gone;
}
