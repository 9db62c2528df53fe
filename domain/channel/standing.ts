import { believed, observed, type Decayed } from "./decayed.ts";

/** How a channel has done so far, and whether it can be asked now. Plain data, kept in the zone's state. */
export interface Standing {
  /** 1 for what it brought, 0 for what it gave back, lost or failed. */
  readonly success?: Decayed;
  /** Milliseconds later than it said when it took it; never below 0. */
  readonly lateness?: Decayed;
  /** Milliseconds from when the food was ready to the door. */
  readonly way?: Decayed;
  /** Minor units a delivery. */
  readonly cost?: Decayed;
  /** Whether a carrier is called at all; left out while nothing is known against it. */
  readonly breaker?: "closed" | "open" | "half-open";
  /** As the carrier's own object measures it: milliseconds a call, and the share of calls that are answered. */
  readonly calls?: { readonly latencyMs: number; readonly answered: number };
}

/** What was seen of a channel at an instant. */
export type Sighted = { readonly what: "success" | "lateness" | "way" | "cost"; readonly value: number };

export function withSighted(standing: Standing, sighted: readonly Sighted[], at: number): Standing {
  let next = standing;
  for (const { what, value } of sighted) next = { ...next, [what]: observed(next[what], value, at) };
  return next;
}

const minute = 60_000;
/** What is supposed of a channel of which nothing is known. */
const supposed = { success: 0.95, latency: 1_000, lateness: 3 * minute, way: 30 * minute } as const;

/** What is expected of a channel; milliseconds, minor units; `cost` null where nothing is known. */
export interface Expected {
  readonly success: number;
  readonly latencyMs: number;
  readonly latenessMs: number;
  readonly wayMs: number;
  readonly cost: number | null;
}

/** `agreed`: the fee that is supposed as long as none was paid (minor units). */
export function expected(standing: Standing, agreed: number | null): Expected {
  const { success, lateness, way, cost, calls } = standing;
  const known = cost === undefined ? agreed : agreed === null ? cost.mean : believed(cost, agreed);
  return {
    success: believed(success, supposed.success) * (calls?.answered ?? 1),
    latencyMs: calls?.latencyMs ?? supposed.latency,
    latenessMs: believed(lateness, supposed.lateness),
    wayMs: believed(way, supposed.way),
    cost: known,
  };
}
