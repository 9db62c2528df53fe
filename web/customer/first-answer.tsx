import { useLayoutEffect, useRef } from "preact/hooks";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Section } from "../../domain/storefront/sections.ts";

/** A section of the menu as it came with the first answer. */
interface Came {
  readonly section: HTMLElement;
  readonly list: HTMLElement;
  readonly count: number;
}

const came = new Map<string, Came>();

/** Keeps what came with the first answer, to stand in its place until it is drawn. */
export function keepFirstAnswer(root: HTMLElement): void {
  for (const section of root.querySelectorAll<HTMLElement>("main.menu > section")) {
    const list = section.querySelector<HTMLElement>(".dishes");
    if (list !== null) came.set(section.id, { section, list, count: list.childElementCount });
  }
}

/** Once all is drawn, or something else is wanted than all of it, what came first is of no use. */
export function dropFirstAnswer(): void {
  came.clear();
}

export function firstAnswerOf({ category, dishes }: Section): Came | null {
  const known = came.get(`c-${category.id}`);
  return known?.count === dishes.length ? known : null;
}

interface AsItCameProps {
  readonly section: Section;
  /** How many of its dishes are drawn already, above it. Of a section of which nothing is, the heading is shown, too. */
  readonly after: number;
  onOpen(item: MenuKey): void;
}

/** What is not drawn yet of a section, as it came. A tap finds its dish all the same. */
export function AsItCame({ section, after, onOpen }: AsItCameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const known = firstAnswerOf(section);
  useLayoutEffect(() => {
    if (known === null) return;
    for (let left = known.list.childElementCount; left > section.dishes.length - after; left -= 1)
      known.list.firstElementChild?.remove();
    const shown = after === 0 ? known.section : known.list;
    if (shown.parentElement !== frame.current) frame.current?.replaceChildren(shown);
  });
  const open = ({ target }: MouseEvent): void => {
    const dish = target instanceof Element ? target.closest(".dish") : null;
    const at = dish === null || known === null ? -1 : [...known.list.children].indexOf(dish);
    const tapped = at < 0 ? undefined : section.dishes[after + at];
    if (tapped?.gone === null) onOpen(tapped.item.id);
  };
  return <div ref={frame} class="dishes-rest" onClick={open} />;
}
