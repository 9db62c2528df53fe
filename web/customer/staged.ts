import { useEffect, useRef, useState } from "preact/hooks";
import type { Section } from "../../domain/storefront/sections.ts";
import { wasLeftAt } from "./place.ts";

/** Dishes that are drawn at once, and in each step after that: what a screen has, and no more than a finger can wait for. */
const atOnce = 8;
/** Of a dish, in px: who comes back to where they were finds at least as many as that is down. */
const leastHeight = 56;

/** How many of a page's parts are drawn so far: one a task, from the top, so that a finger never waits for all of them. */
export function useParts(all: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn === all) return;
    const timer = setTimeout(() => setDrawn(drawn + 1), 0);
    return () => clearTimeout(timer);
  }, [drawn, all]);
  return drawn;
}

/** Whether it has been shown for so long. */
export function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

/**
 * How many dishes are drawn so far: of a long menu the first screen at once and the rest in steps, so that a finger never
 * waits for hundreds. What a search has left out comes back in steps, too.
 */
export function useStaged(sections: readonly Section[]): number {
  const drawn = useRef(atOnce + Math.ceil(wasLeftAt() / leastHeight));
  const [, redraw] = useState(0);
  const all = sections.reduce((sum, { dishes }) => sum + dishes.length, 0);
  drawn.current = Math.min(drawn.current, Math.max(all, atOnce));
  const isWhole = drawn.current >= all;
  useEffect(() => {
    if (isWhole) return;
    const timer = setTimeout(() => {
      drawn.current += atOnce;
      redraw(drawn.current);
    }, 0);
    return () => clearTimeout(timer);
  });
  return drawn.current;
}
