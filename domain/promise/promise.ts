import type { Slack } from "../../contracts/eta.ts";
import { cooking, guessed, known as certainly, ready as waited, taken, type Delays } from "./delays.ts";

/** What is known of an order when it is asked when it will come. All times epoch milliseconds. */
export type Known =
  | {
      readonly stage: "waiting";
      readonly readyAt: number;
      readonly ready: boolean;
      /** Whether `readyAt` is known, and not a kitchen's or a mean's guess. */
      readonly certain: boolean;
      /** When the driver who has taken it will be at the counter; null while nobody has. */
      readonly arriveAt: number | null;
      /** From the counter to the door, handing over included. */
      readonly wayMs: number;
      /** Orders not picked up yet, for each driver on shift. */
      readonly pressure: number;
      /** How long the kitchen has had it. */
      readonly waitedMs: number;
      /** Left out: as found. */
      readonly slack?: Slack | undefined;
    }
  /** It is not brought: only the food is waited for. */
  | { readonly stage: "cooking"; readonly readyAt: number; readonly waitedMs: number }
  /** A third party has it, and has said when. */
  | { readonly stage: "carried"; readonly dropoffAt: number }
  /** `doorAt`: by what is left of the way. */
  | { readonly stage: "picked-up"; readonly doorAt: number };

/** When it comes: `best` as likely later as sooner, and four times in five between `from` and `to`. */
export interface Promised {
  readonly from: number;
  readonly best: number;
  readonly to: number;
}

const minute = 60_000;
/** Handing over at a venue, and at a door. */
export const handOverMs = 2 * minute;
/** Orders for each driver where nobody has said how many: somebody for each. */
export const usualPressure = 1;
/** A carrier's own estimate is believed to within so much. */
const carrierSooner = 5 * minute;
const carrierLater = 15 * minute;
/** Shares of the way that is left by which a driver is sooner or later, and what finding the bell takes. */
const sooner = 0.12;
const later = 0.3;
const bellMs = minute;

/** When it comes, as far as can be said at `now`. */
export function promised(known: Known, now: number): Promised {
  switch (known.stage) {
    case "picked-up": {
      const best = Math.max(now, known.doorAt);
      const left = best - now;
      return { from: Math.max(now, best - sooner * left), best, to: best + later * left + bellMs };
    }
    case "carried": {
      const best = Math.max(now, known.dropoffAt);
      return { from: Math.max(now, best - carrierSooner), best, to: best + carrierLater };
    }
    case "cooking":
      return windowOf(Math.max(now, known.readyAt), cooking((known.readyAt - now) / minute, known.waitedMs / minute), now);
    case "waiting":
      return waiting(known, now);
  }
} // prettier-ignore

function waiting(known: Extract<Known, { stage: "waiting" }>, now: number): Promised {
  const { readyAt, ready, certain, arriveAt, wayMs, pressure, waitedMs, slack } = known;
  const leaves = Math.max(ready ? now : Math.max(readyAt, now), arriveAt ?? 0);
  const lead = (readyAt - now) / minute;
  // Nobody leaves before the driver is there.
  const earliest = Math.max(now, (arriveAt ?? now) + wayMs);
  const base = leaves + wayMs;
  if (arriveAt !== null) return windowOf(base, taken(ready || certain, lead), earliest);
  if (ready) return windowOf(base, stretched(waited(pressure), { sooner: 1, later: slack?.later ?? 1 }), now);
  if (certain) return windowOf(base, certainly(pressure), now);
  return windowOf(base, stretched(guessed(pressure, lead, waitedMs / minute), slack), now);
}

function windowOf(base: number, [early, middle, late]: Delays, earliest: number): Promised {
  const from = Math.max(earliest, base + early * minute);
  const best = Math.max(from, base + middle * minute);
  return { from, best, to: Math.max(best, base + late * minute) };
}

function stretched([early, middle, late]: Delays, { sooner, later }: Slack = asFound): Delays {
  return [middle - (middle - early) * sooner, middle, middle + (late - middle) * later];
}

export const asFound: Slack = { sooner: 1, later: 1 };
/** How much one order teaches: those before the last hundred or so are as good as forgotten. */
const lesson = 0.02;
const missed = 0.1;
const [least, most] = [0.5, 3];

/**
 * What a town's windows are to be stretched by, after one that was told when the order was asked for, and when it came:
 * a little wider on the side where it was missed, ever so little narrower where not, so that either side is missed once
 * in ten in the long run, wherever and on whatever day.
 */
export function taught({ sooner, later }: Slack, { from, to }: Promised, cameAt: number): Slack {
  const after = (factor: number, isMissed: boolean): number =>
    Math.min(most, Math.max(least, factor * Math.exp(lesson * ((isMissed ? 1 : 0) - missed))));
  return { sooner: after(sooner, cameAt < from), later: after(later, cameAt > to) };
}
