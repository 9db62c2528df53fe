import type { Channel } from "../../contracts/ids.ts";
import { expected, type Standing } from "./standing.ts";

/** What counts how much, none below 0. `turn`: the venue's own order of its channels. */
export interface ChannelWeights {
  readonly cost: number;
  readonly time: number;
  readonly quality: number;
  readonly turn: number;
}

/** As long as a tenant has said nothing the venue's order decides, and the rest only between equals: as it ever was. */
export const usualWeights: ChannelWeights = { cost: 0.3, time: 0.3, quality: 0.3, turn: 1 };

/** What the tenant says of a channel; left out: nothing. */
export interface ChannelTerms {
  /** So much at once and no more, in the loads of deliveries; null: any number. */
  readonly capacity: number | null;
  /** What a delivery costs as long as nothing was paid (minor units). */
  readonly fee: number | null;
}

export const noTerms: ChannelTerms = { capacity: null, fee: null };

/** The parts of a channel's score, each from 0 (best) to 1, and their weighted mean. */
export interface Score {
  readonly cost: number;
  readonly time: number;
  readonly quality: number;
  readonly turn: number;
  readonly total: number;
}

const minute = 60_000;
const worstWayMs = 90 * minute;
const worstLatenessMs = 30 * minute;
/** A carrier of which it is just being seen whether it answers again. */
const unsure = 0.5;

export interface Candidate {
  readonly channel: Channel;
  readonly standing: Standing;
  readonly terms: ChannelTerms;
  /** From 0 for the venue's first to 1 for its last. */
  readonly turn: number;
  /** When it would be at the door at the earliest, as far as is known better than from its record (milliseconds from now). */
  readonly wayMs: number | null;
}

/** Scores those between whom it is to be chosen; the dearest of them costs 1. */
export function scored(candidates: readonly Candidate[], weights: ChannelWeights): Score[] {
  const hopes = candidates.map(({ standing, terms }) => expected(standing, terms.fee));
  const dearest = hopes.reduce((most, { cost }) => Math.max(most, cost ?? 0), 0);
  const known = hopes.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  const middling = known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
  return candidates.map(({ standing, turn, wayMs }, at) => {
    const hope = hopes[at] ?? expected(standing, null);
    const cost = dearest === 0 ? 0 : (hope.cost ?? middling) / dearest;
    const time = Math.min(1, (Math.max(wayMs ?? 0, hope.wayMs) + hope.latencyMs) / worstWayMs);
    const punctual = 1 - Math.min(1, hope.latenessMs / worstLatenessMs);
    const quality = 1 - hope.success * (0.5 + 0.5 * punctual);
    const breaker = standing.breaker === "half-open" ? unsure : 0;
    const parts = { cost, time, quality: Math.min(1, quality + breaker), turn };
    const sum =
      weights.cost * parts.cost + weights.time * parts.time + weights.quality * parts.quality + weights.turn * turn;
    const whole = weights.cost + weights.time + weights.quality + weights.turn;
    return { ...parts, total: whole === 0 ? 0 : sum / whole };
  });
}
