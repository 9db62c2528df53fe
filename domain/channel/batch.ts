/** Deliveries to be dealt out to channels at the same time, row by row: what is said of each pair is at `delivery * channels + channel`. */
export interface Batch {
  readonly deliveries: number;
  readonly channels: number;
  /** What it costs to give a delivery to a channel, in any one unit; Infinity where it must not have it. */
  readonly costs: Float64Array;
  /** How much of a channel's capacity each delivery takes; null: one each. */
  readonly loads: Float64Array | null;
  /** How much each channel can still take; Infinity: any number. */
  readonly capacities: Float64Array;
  /** What it costs to leave each delivery with none. More than any other cost: nothing is left that has a place. */
  readonly left: Float64Array;
}

/** The channel of a delivery that is left with none. */
export const none = -1;

export interface Dealt {
  /** The channel of each delivery, or `none`. No channel is given more than it can take. */
  readonly channels: Int32Array;
  readonly cost: number;
  /** No way of dealing costs less than this; `cost` itself where that is proven to be the best. */
  readonly bound: number;
}

/** Whether the time for it is over, so that the best answer so far has to do. */
export type Spent = () => boolean;

export const neverSpent: Spent = () => false;

export function costOf({ costs, channels, left }: Batch, dealt: Int32Array): number {
  let sum = 0;
  for (let delivery = 0; delivery < dealt.length; delivery += 1) {
    const channel = dealt[delivery] ?? none;
    sum += (channel === none ? left[delivery] : costs[delivery * channels + channel]) ?? 0;
  }
  return sum;
}
