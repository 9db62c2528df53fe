import { dispatchRound, noMemory, type Round } from "../../domain/dispatch/round.ts";
import type { Driver, Situation } from "../../domain/dispatch/situation.ts";

export type Decisions = Pick<Round, "sends" | "joins" | "moves">;
/** A fresh dispatcher for a day. */
export type Policy = () => (situation: Situation, now: number) => Decisions;

/** The dispatcher the zone runs. */
export const matching: Policy = () => {
  let memory = noMemory;
  return (situation, now) => {
    const round = dispatchRound(situation, memory, now);
    ({ memory } = round);
    return round;
  };
};

/** For comparison: the food that is ready first gets whoever is nearest and has nothing to do; one order at a time. */
export const nearestDriver: Policy = () => (situation, now) => {
  const { travel, parkMs, roundMs } = situation.terms;
  const free = new Set(situation.drivers.filter((one) => one.fetch === null && one.freeAt <= now));
  const sends: { driver: Driver; orders: string[] }[] = [];
  for (const errand of situation.errands.toSorted((a, b) => a.readyAt - b.readyAt)) {
    let best: Driver | null = null;
    let least = Infinity;
    for (const driver of free) {
      const way = travel(driver.spot, errand.pickup, driver.vehicle) + parkMs;
      if (way >= least || Math.max(now + way, errand.readyAt) > driver.offAt) continue;
      best = driver;
      least = way;
    }
    if (best === null || errand.readyAt - least >= now + roundMs) continue;
    free.delete(best);
    sends.push({ driver: best, orders: [errand.order] });
  }
  return { sends, joins: [], moves: [] };
};
