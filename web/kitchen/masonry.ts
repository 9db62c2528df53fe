import { useLayoutEffect, useRef } from "preact/hooks";

const gapPx = 12;
const heights = new WeakMap<Element, number>();
/** How far it is from the beginning of each of a rail's columns to that of its first. */
const columns = new WeakMap<Element, readonly number[]>();
/** How far down each ticket was put. */
const tops = new WeakMap<Element, number>();
/** How far down somebody has gone: the rail in itself, or with the whole page where that is small. */
let scrolled = 0;
const follow = ({ target }: Event): void => {
  if (target instanceof Element && !target.matches(".rail-view")) return;
  scrolled = scrollY + (target instanceof Element ? target.scrollTop : 0);
};
addEventListener("scroll", follow, { capture: true, passive: true });

/** One for all, and told of sizes by the browser: asking each ticket for its own lays out the board as often. */
const sized = new ResizeObserver((entries) => {
  const rails = new Set<HTMLElement>();
  for (const { target, borderBoxSize } of entries) {
    heights.set(target, borderBoxSize[0]?.blockSize ?? 0);
    const rail = target instanceof HTMLLIElement ? target.parentElement : target;
    if (rail instanceof HTMLElement) rails.add(rail);
  }
  for (const rail of rails) {
    columns.set(rail, columnsOf(rail));
    place(rail);
  }
});

/**
 * Puts the tickets of a rail under one another, each into the column that ends first, as `tickets` changes and as any of
 * them grows. They are moved, not laid out: what comes or goes among sixty is drawn without drawing the others.
 */
export function useMasonry(tickets: string): { current: HTMLUListElement | null } {
  const rail = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const { current } = rail;
    if (current === null) return undefined;
    const all = [current, ...current.children];
    // Those that it knows already are not told of again.
    for (const one of all) if (!heights.has(one)) sized.observe(one);
    place(current);
    return () => {
      for (const one of all) if (!one.isConnected) sized.unobserve(one);
    };
  }, [tickets]);
  return rail;
}

/** The browser's own columns: as many as there is room for, from the side that the language begins at. */
function columnsOf(rail: HTMLElement): number[] {
  const { gridTemplateColumns, direction } = getComputedStyle(rail);
  const widths = gridTemplateColumns.split(" ").map(Number.parseFloat);
  const step = ((widths[0] ?? 0) + gapPx) * (direction === "rtl" ? -1 : 1);
  // On whole pixels: between two of them edges are drawn twice.
  return widths.map((_, column) => Math.round(column * step));
}

/** Tickets out of sight are moved after those that somebody sees: of sixty on a slow tablet, ten wait for nothing. */
function place(rail: HTMLElement): void {
  const across = columns.get(rail) ?? [0];
  const ends = across.map(() => 0);
  const outOfSight: (() => void)[] = [];
  for (const ticket of rail.children) {
    const top = Math.min(...ends);
    const column = ends.indexOf(top);
    ends[column] = top + Math.ceil(heights.get(ticket) ?? 0) + gapPx;
    if (!(ticket instanceof HTMLElement)) continue;
    const transform = `translate(${across[column] ?? 0}px, ${top}px)`;
    const move = (): void => {
      tops.set(ticket, top);
      if (ticket.style.transform !== transform) ticket.style.transform = transform;
    };
    if (isNear(top) || isNear(tops.get(ticket) ?? scrolled)) move();
    else outOfSight.push(move);
  }
  const whole = `${Math.max(0, Math.max(...ends) - gapPx)}px`;
  if (rail.style.blockSize !== whole) rail.style.blockSize = whole;
  clearTimeout(waiting);
  waiting = setTimeout(() => outOfSight.forEach((move) => move()), 0);
}

let waiting = 0;

function isNear(top: number): boolean {
  return Math.abs(top - scrolled) < 1.5 * innerHeight;
}
