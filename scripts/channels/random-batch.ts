import type { Batch } from "../../domain/channel/batch.ts";

/** Kinds of batches, from easy to contrary. */
export const kinds = ["loose", "tight", "short", "alike", "contrary", "forbidden"] as const;
export type Kind = (typeof kinds)[number];

type Random = () => number;

/**
 * A random batch of whole costs; where `weighted`, deliveries take 1 to 9 of a capacity. `short` has room for nine in
 * ten; in `alike` a channel's fee is the same for all but a trifle; in `contrary` the largest cost least; in `forbidden`
 * two pairs in five must not be.
 */
export function randomBatch(
  kind: Kind,
  deliveries: number,
  channels: number,
  weighted: boolean,
  random: Random,
): Batch {
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const costs = new Float64Array(deliveries * channels);
  const loads = weighted ? new Float64Array(deliveries) : null;
  const fees = Array.from({ length: channels }, () => whole(300, 900));
  let demand = 0;
  let dearest = 0;
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const size = whole(1, 9);
    const way = whole(0, 700);
    for (let channel = 0; channel < channels; channel += 1) {
      const at = delivery * channels + channel;
      let cost = whole(200, 2_000);
      if (kind === "alike") cost = (fees[channel] ?? 0) + way + whole(0, 60);
      if (kind === "contrary") cost = 1_200 - 60 * size + whole(0, 300);
      if (kind === "forbidden" && random() < 0.4) cost = Infinity;
      costs[at] = cost;
      if (cost < Infinity) dearest = Math.max(dearest, cost);
    }
    if (loads !== null) loads[delivery] = size;
    demand += weighted ? size : 1;
  }
  const share = { loose: 1.6, tight: 1.04, short: 0.9, alike: 1.15, contrary: 1.08, forbidden: 1.3 }[kind];
  const parts = Array.from({ length: channels }, () => 0.4 + random());
  const all = parts.reduce((sum, part) => sum + part, 0);
  const capacities = Float64Array.from(parts, (part) => Math.max(1, Math.round((part / all) * demand * share)));
  return {
    deliveries,
    channels,
    costs,
    loads,
    capacities,
    left: Float64Array.from({ length: deliveries }, (_, one) => dearest * (1 + 0.1 * (loads?.[one] ?? 1))),
  };
}
