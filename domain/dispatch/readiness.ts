import type { Errand, Situation } from "./situation.ts";

/**
 * What is to be expected of food that is not ready yet at `now`: of the normal distribution about the estimate, only the
 * part after `now` is left (the moments of a truncated normal distribution).
 */
export function foreseen(situation: Situation, now: number): Situation {
  const of = (errand: Errand) => stillToCome(errand, now);
  return {
    ...situation,
    errands: situation.errands.map(of),
    drivers: situation.drivers.map((driver) =>
      driver.fetch === null ? driver : { ...driver, fetch: { ...driver.fetch, errands: driver.fetch.errands.map(of) } },
    ),
  };
}

function stillToCome(errand: Errand, now: number): Errand {
  const { readyAt, spreadMs } = errand;
  if (spreadMs === 0) return errand;
  const z = Math.min(8, (now - readyAt) / spreadMs);
  const hazard = density(z) / Math.max(1e-12, 1 - below(z));
  const rest = Math.max(0.04, 1 + z * hazard - hazard * hazard);
  return { ...errand, readyAt: Math.max(now, readyAt + spreadMs * hazard), spreadMs: spreadMs * Math.sqrt(rest) };
}

/** When both are there, on average: somebody at `at`, and food at `mean` give or take `spread`. */
export function meeting(at: number, mean: number, spread: number): number {
  if (spread === 0) return at > mean ? at : mean;
  const z = (at - mean) / spread;
  if (z > 4) return at;
  if (z < -4) return mean;
  return mean + spread * (density(z) + z * below(z));
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) * 0.3989422804014327;
}

/** The share of a normal distribution below `z`, to 1e-7 (Abramowitz and Stegun 26.2.17). */
function below(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    density(z) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
