import type { Random } from "./sample-basket.ts";

/** Repeatable chance for simulations and tests: the same seed gives the same numbers. Source: Numerical Recipes, LCG. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
