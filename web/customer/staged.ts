import { useEffect, useState } from "preact/hooks";
import type { Section } from "../../domain/storefront/sections.ts";

/** Dishes that are drawn at once, and in each step after that: more than a screen has. */
const atOnce = 36;

/**
 * How many of the sections are drawn so far: of a long menu the first screen at once and the rest in steps, so that a
 * finger never waits for hundreds of dishes. Who is further down already, or is on the way there, gets all of them.
 */
export function useStaged(sections: readonly Section[]): number {
  const [dishes, setDishes] = useState(() => (scrollY > 0 || location.hash !== "" ? Infinity : atOnce));
  const drawn = sectionsFor(sections, dishes);
  const isWhole = drawn === sections.length;
  useEffect(() => {
    if (isWhole) return;
    const timer = setTimeout(() => setDishes(dishes + atOnce), 0);
    return () => clearTimeout(timer);
  }, [isWhole, dishes]);
  return drawn;
}

/** How many whole sections it takes to have so many dishes. */
function sectionsFor(sections: readonly Section[], wanted: number): number {
  let count = 0;
  const last = sections.findIndex(({ dishes }) => {
    count += dishes.length;
    return count >= wanted;
  });
  return last < 0 ? sections.length : last + 1;
}
