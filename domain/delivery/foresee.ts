import type { Foresight } from "../../contracts/eta.ts";
import { travelMs } from "../dispatch/travel.ts";
import { handOverMs, usualPressure, type Promised } from "../promise/promise.ts";
import { holderOf, isOver, type Delivery } from "./delivery.ts";
import { etaAt, foresightOf, pressureOf } from "./eta.ts";
import type { Tale } from "./tale.ts";
import { loads, type ZoneState } from "./zone.ts";

/** When a customer was last made to expect it. */
export interface Told {
  readonly at: number;
  readonly eta: Promised;
  /** The order has found it out by itself. */
  readonly itself?: true;
}

/** What an order is told: by it the order finds the same window. */
export type Foreseen = Foresight & Pick<Told, "eta"> & { readonly order: Delivery["job"]["order"] };

/** The best guess may be off by such a share of the window before the order is told anew, within these bounds. */
const offShare = 0.2;
const leastOffMs = 2 * 60_000;
const mostOffMs = 4 * 60_000;
/** So much more may an end of the window be off. */
const endShare = 1.5;
/** So long before the food is ready, and nobody comes for it yet, it begins to look later. */
const leadMs = 14 * 60_000;
/** No order is told more often. */
const restMs = 30_000;
/** From so long after the food was to be ready, what was told may be off by this share of the time since. */
const longMs = 60 * 60_000;
const longShare = 0.25;

/**
 * Tells the orders whose customers would read something else than is to be expected now. Whatever has changed may have
 * done that, to any of them; most often it has not, and nothing is told. `isDue`: time alone may have done it.
 */
export function foresee(tale: Tale, isDue: boolean): void {
  const orders = unforeseen(tale.state, tale.now, Object.values(tale.state.deliveries), isDue);
  if (orders.length > 0) tale.tell({ type: "foreseen", orders });
}

/** Of these deliveries, what is to be told now. */
export function unforeseen(
  state: ZoneState,
  now: number,
  among: readonly Delivery[],
  isDue: boolean = false,
): Foreseen[] {
  const pressure = pressureOf(state);
  const held = loads(state);
  return among.flatMap((delivery) => {
    const told = toldOf(delivery);
    if (told.itself !== true && told.at + restMs > now) return [];
    const foresight = foresightOf(state, delivery, now, pressure, held);
    if (foresight === null) return [];
    const eta = etaAt(delivery, foresight, now);
    const isOverdue = isDue && (foreseeAt(delivery) ?? Infinity) <= now;
    return isOverdue || isOff(told.eta, eta, patience(delivery, told))
      ? [{ order: delivery.job.order, ...foresight, eta }]
      : [];
  });
}

/** When what was told may be off for no other reason than that time has passed; null where somebody else says so. */
export function foreseeAt(delivery: Delivery): number | null {
  const { stage, ready, readyAt } = delivery;
  if (isOver(stage) || stage.status === "returning" || stage.status === "with-carrier") return null;
  const told = toldOf(delivery);
  if (stage.status === "picked-up") return Math.max(told.eta.best, told.at) + patience(delivery, told);
  const changesFrom = ready ? 0 : holderOf(delivery) === null ? readyAt - leadMs : readyAt;
  return Math.max(changesFrom, told.at) + patience(delivery, told);
}

/** What the order supposes by itself of what it hears anyhow. */
export function supposed(delivery: Delivery, now: number): Told {
  const { stage, job } = delivery;
  const usual = { pressure: usualPressure, arriveAt: null, doorAt: null };
  const usualWay = 2 * handOverMs + travelMs(job.pickup.point, job.dropoff.point, "bike");
  const told = (foresight: Foresight): Told => ({ at: now, eta: etaAt(delivery, foresight, now), itself: true });
  if (stage.status === "picked-up") return told({ ...usual, wayMs: usualWay, doorAt: stage.dropoffAt });
  if (stage.status !== "assigned" && stage.status !== "at-venue") return told({ ...usual, wayMs: usualWay });
  const { pickupAt, dropoffAt } = stage;
  return told({ ...usual, wayMs: dropoffAt - pickupAt + handOverMs, arriveAt: pickupAt });
}

function toldOf(delivery: Delivery): Told {
  return delivery.told ?? supposed(delivery, delivery.job.requestedAt);
}

function isOff(was: Promised, is: Promised, most: number): boolean {
  const by = (edge: keyof Promised): number => Math.abs(was[edge] - is[edge]);
  return by("best") >= most || by("from") >= endShare * most || by("to") >= endShare * most;
}

/** By how much what was told may be off. */
function patience({ job }: Delivery, { at, eta: { from, to } }: Told): number {
  const usual = Math.min(mostOffMs, Math.max(leastOffMs, offShare * (to - from)));
  return Math.max(usual, longShare * (at - Math.max(job.requestedAt, job.readyAt) - longMs));
}
