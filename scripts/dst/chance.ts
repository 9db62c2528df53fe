import { randomFrom, type Random } from "../simulate/random.ts";

/** Repeatable chance: the same seeds, the same decisions. */
export class Chance {
  readonly next: Random;

  constructor(...seeds: readonly (string | number)[]) {
    this.next = randomFrom(...seeds);
  }

  /** True with this probability. */
  hits(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  of<T>(list: readonly T[]): T {
    const chosen = list[this.between(0, list.length - 1)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  }

  /** So many of the list, each at most once. */
  some<T>(list: readonly T[], many: number): T[] {
    const left = [...list];
    const chosen: T[] = [];
    while (chosen.length < many && left.length > 0) chosen.push(...left.splice(this.between(0, left.length - 1), 1));
    return chosen;
  }
}
