import type { Channel, OrderId } from "../../contracts/ids.ts";
import { neverSpent, none, type Batch, type Spent } from "./batch.ts";
import { dealWeighted } from "./packing.ts";
import { dealExactly } from "./transport.ts";

/** Why a delivery goes where it goes, where that is not simply the best. */
export type Fallback =
  /** No channel has room; the own drivers bring it though they will be late. */
  | "own-late"
  /** No channel can take it now: it waits until one can. */
  | "hold"
  /** The carriers that are left are not answering; the first of them is asked all the same, and is asked for long. */
  | "ask-anyway"
  /** Nobody is left who could bring it: somebody must look. */
  | "nobody";

/** A delivery for which a channel is wanted, with the score of each that may have it. */
export interface Wanting {
  readonly order: OrderId;
  readonly load: number;
  /** Channel → total score; those that may not have it are left out. */
  readonly scores: Readonly<Record<Channel, number>>;
  /** Of these, those that cannot be asked at this moment, the venue's first first. */
  readonly unwell: readonly Channel[];
}

export interface Given {
  readonly order: OrderId;
  /** Null: it waits, or nobody is left. */
  readonly channel: Channel | null;
  readonly fallback: Fallback | null;
}

/** So much worse than any score is it to be left without a channel. */
const leftScore = 1_000;
/** Scores are whole numbers of this fineness, so that sums are exact. */
const fineness = 1e6;

/**
 * Deals deliveries out to channels, all at the same time, at the least total score and never beyond `rooms` (what each
 * channel can still take; Infinity: any number). Who gets none gets a reason. `spent`: whether the time is over; then
 * the best answer so far is taken.
 */
export function dealOut(
  wantings: readonly Wanting[],
  rooms: Readonly<Record<Channel, number>>,
  own: Channel,
  spent: Spent = neverSpent,
): Given[] {
  const channels = [...new Set(wantings.flatMap(({ scores }) => Object.keys(scores)))].toSorted();
  const batch = batchOf(wantings, channels, rooms);
  const dealt = batch.loads === null ? dealExactly(batch, spent) : dealWeighted(batch, spent);
  return wantings.map(({ order, scores, unwell }, at) => {
    const to = dealt.channels[at] ?? none;
    const channel = channels[to];
    if (channel !== undefined) return { order, channel, fallback: null };
    if (Object.hasOwn(scores, own)) return { order, channel: own, fallback: "own-late" };
    const [asked] = unwell.filter((one) => (rooms[one] ?? Infinity) > 0);
    if (asked !== undefined) return { order, channel: asked, fallback: "ask-anyway" };
    return { order, channel: null, fallback: Object.keys(scores).length === 0 ? "nobody" : "hold" };
  });
}

function batchOf(
  wantings: readonly Wanting[],
  channels: readonly Channel[],
  rooms: Readonly<Record<Channel, number>>,
): Batch {
  const costs = new Float64Array(wantings.length * channels.length).fill(Infinity);
  for (const [at, { scores, unwell }] of wantings.entries()) {
    for (const [column, channel] of channels.entries()) {
      const score = scores[channel];
      if (score === undefined || unwell.includes(channel)) continue;
      costs[at * channels.length + column] = Math.round(score * fineness);
    }
  }
  const uneven = wantings.some(({ load }) => load !== 1);
  return {
    deliveries: wantings.length,
    channels: channels.length,
    costs,
    loads: uneven ? Float64Array.from(wantings, ({ load }) => load) : null,
    capacities: Float64Array.from(channels, (channel) => Math.max(0, rooms[channel] ?? Infinity)),
    left: new Float64Array(wantings.length).fill(leftScore * fineness),
  };
}
