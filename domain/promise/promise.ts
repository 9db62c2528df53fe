/** What is known of a delivery when it is asked when it will come. All times epoch milliseconds. */
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
    }
  /** `doorAt`: by what is left of the way. */
  | { readonly stage: "picked-up"; readonly doorAt: number };

/** When it comes: `best` as likely later as sooner, and four times in five between `from` and `to`. */
export interface Promised {
  readonly from: number;
  readonly best: number;
  readonly to: number;
}

const minute = 60_000;

/** How much later than the sum of its parts an order comes: minutes of the 10th, 50th and 90th in a hundred. */
type Delays = readonly [early: number, middle: number, late: number];

/**
 * As found on days of the benchmark whose seed is even (`npm run bench:promises` measures on the others), by how many
 * orders wait for each driver; between two of these, in proportion.
 */
const pressures = [0.3, 0.5, 0.7, 0.9, 1.15, 1.6] as const;
const delays = {
  /** The time the food is ready is known. */
  certain: [[0, 0, 2], [0, 0, 2], [0, 0, 4], [0, 0, 8], [0, 2.5, 13.5], [0, 5, 20]],
  /** It is a guess. */
  guessed: [[-6.8, 0, 8], [-5.8, 0, 9], [-4.6, 1, 9.6], [-3.2, 3, 12], [-1, 6, 16.8], [0.7, 10, 24.4]],
  /** It is there, and nobody has come for it. */
  ready: [[1, 3, 8.5], [1, 3.5, 8.7], [1, 4.5, 11], [1.5, 5.5, 13], [1.5, 7, 18], [2, 9, 24]],
} as const satisfies Record<string, readonly Delays[]>; // prettier-ignore
/** Who has taken it comes for it: only the food, if it is not there, and the way are uncertain. */
const taken = { certain: [0, 0, 3], guessed: [-5, 0, 8] } as const satisfies Record<string, Delays>;

/** Shares of the way that is left by which a driver is sooner or later, and what finding the bell takes. */
const sooner = 0.12;
const later = 0.3;
const bellMs = minute;

/** When a delivery will come, as far as can be said at `now`. */
export function promised(known: Known, now: number): Promised {
  if (known.stage === "picked-up") {
    const best = Math.max(now, known.doorAt);
    const left = best - now;
    return { from: Math.max(now, best - sooner * left), best, to: best + later * left + bellMs };
  }
  const { readyAt, ready, certain, arriveAt, wayMs } = known;
  const leaves = Math.max(ready ? now : Math.max(readyAt, now), arriveAt ?? 0);
  const [early, middle, late] = delaysOf(ready || certain, known);
  const base = leaves + wayMs;
  const from = Math.max(now, base + early * minute);
  const best = Math.max(from, base + middle * minute);
  return { from, best, to: Math.max(best, base + late * minute) };
}

function delaysOf(sure: boolean, known: Extract<Known, { stage: "waiting" }>): Delays {
  if (known.arriveAt !== null) return sure ? taken.certain : taken.guessed;
  const rows: readonly Delays[] = known.ready ? delays.ready : known.certain ? delays.certain : delays.guessed;
  const above = pressures.findIndex((pressure) => pressure >= known.pressure);
  const last = rows.length - 1;
  const high = rows[above === -1 ? last : above] ?? taken.guessed;
  const low = rows[above === -1 ? last : Math.max(0, above - 1)] ?? high;
  const [from, to] = [pressures[Math.max(0, above - 1)] ?? 0, pressures[Math.max(0, above)] ?? 0];
  const share = to === from ? 0 : (known.pressure - from) / (to - from);
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return [mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])];
}
