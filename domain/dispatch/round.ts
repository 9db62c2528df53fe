import { counted, noDemand, prospects, type Demand } from "./demand.ts";
import { hop } from "./hops.ts";
import { movesFor } from "./moves.ts";
import { Plan, type Intentions } from "./plan.ts";
import { foreseen } from "./readiness.ts";
import type { Driver, Errand, Situation, Spot } from "./situation.ts";
import { usual, type Weights } from "./weights.ts";

/** What a round decides. No order and no driver is in it twice. */
export interface Round {
  /** Drivers with nothing to do who must leave now, and for what, in the sequence of the doors. */
  readonly sends: readonly { readonly driver: Driver; readonly orders: readonly string[] }[];
  /** Drivers under way to a venue whose bundle grows; `orders` is all of it. */
  readonly joins: readonly { readonly driver: Driver; readonly orders: readonly string[] }[];
  /** Where drivers with nothing to do had better wait. */
  readonly moves: readonly { readonly driver: Driver; readonly to: Spot }[];
  /** To be given to the next round. */
  readonly memory: Memory;
}

/** What one round leaves to the next. Without it a round decides all the same, only not as well. */
export interface Memory {
  readonly intentions: Intentions;
  readonly demand: Demand;
}

export const noMemory: Memory = { intentions: new Map(), demand: noDemand };

/** The most trips a round works out; about 3 ms. */
const mostEffort = 16_000;

/** Plans for all that is open, and decides what cannot wait for the next round. */
export function dispatchRound(situation: Situation, memory: Memory, now: number, weights: Weights = usual): Round {
  const plan = new Plan(foreseen(situation, now), weights, now);
  plan.begin(memory.intentions);
  plan.improve(mostEffort);
  const { roundMs, leadMs } = situation.terms;
  const sends: { driver: Driver; orders: string[] }[] = [];
  const demand = situation.moves ? counted(memory.demand, situation, now) : memory.demand;
  const expected = situation.moves ? prospects(demand, now) : null;
  const hops: { driver: Driver; to: Spot }[] = [];
  const joins: { driver: Driver; orders: string[] }[] = [];
  for (const route of plan.routes) {
    const { driver, trips, kept } = route;
    const first = trips[0];
    if (first === undefined) continue;
    const orders = first.errands.map(({ order }) => order);
    if (driver.fetch !== null) {
      const before = driver.fetch.errands;
      if (first.errands.length > before.length) {
        const due = Math.max(driver.fetch.arriveAt + situation.terms.parkMs, ...before.map(certainly));
        if (due <= now + roundMs + leadMs) joins.push({ driver, orders });
      }
      continue;
    }
    if (kept > 0 || driver.freeAt > now) continue;
    if (route.legs[1]?.impossible !== 0) continue;
    if (plan.ledger.leaveAt(route, 0) >= now + roundMs + leadMs) continue;
    // On a long way the driver is not sent before it has to be: a better idea may come up until then.
    const via =
      expected === null ? null : hop(driver, first.errands[0]?.pickup ?? null, expected.spots, situation.terms, 0);
    if (via === null) sends.push({ driver, orders });
    else hops.push({ driver, to: via });
  }
  const moves = expected === null ? [] : [...hops, ...movesFor(plan.routes, expected, situation.terms, now)];
  return { sends, joins, moves, memory: { intentions: plan.intentions(), demand } };
}

/** Until when at least the food is not ready. */
function certainly({ readyAt, spreadMs }: Errand): number {
  return spreadMs > 0 ? 0 : readyAt;
}
