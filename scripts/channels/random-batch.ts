import type { Batch } from "../../domain/channel/batch.ts";

/** What is particular to a kind of batches. */
interface Shape {
  /** What there is room for, as a share of what is to be dealt out: always the same, or drawn from a range. */
  readonly room: number | readonly [number, number];
  /** The least and the largest load. */
  readonly loads: readonly [number, number];
  /** What a pair costs, if it is nothing else than drawn. */
  readonly costs: readonly [number, number];
  /** Whether all channels have the same room; else the largest has up to three and a half times that of the smallest. */
  readonly even: boolean;
  /** What it costs to leave a delivery, as a share of the dearest pair: so much, and so much for each unit of its load. */
  readonly left: readonly [number, number];
}

const usual: Shape = { room: 1, loads: [1, 9], costs: [200, 2_000], even: false, left: [1, 0.1] };

const shapes = {
  /** Room for far more than there is: mostly each where it is cheapest. */
  loose: { ...usual, room: 1.6 },
  tight: { ...usual, room: 1.04 },
  /** Room for exactly all: whatever is left empty means that one is left, which is dear. */
  full: usual,
  /** Room for nine in ten: some must be left, the large ones being dearer to leave. */
  short: { ...usual, room: 0.9 },
  /** Each channel has a fee, each delivery a way; beyond that pairs differ by a trifle. */
  alike: { ...usual, room: 1.15 },
  /** The largest cost least. */
  contrary: { ...usual, room: 1.08 },
  /** Two pairs in five must not be. */
  forbidden: { ...usual, room: 1.3 },
  /** Costs and loads of the classical type C, at four fifths of the room up to all of it. */
  parcels: { ...usual, room: [1, 1.25], loads: [5, 25], costs: [10, 50], even: true, left: [20, 0] },
  /** Loads of the classical type D, where costs fall as loads rise, as much room. */
  pallets: { ...usual, room: [1, 1.25], loads: [1, 100], even: true, left: [20, 0] },
  /** As the zone says it: to leave one costs far more than anything else, whichever it is; room for eight in ten or more. */
  crowded: { ...usual, room: [0.8, 1], costs: [0, 1_000], left: [100, 0] },
} as const satisfies Record<string, Shape>;

export type Kind = keyof typeof shapes;
export const kinds = Object.keys(shapes).filter((name): name is Kind => name in shapes);

type Random = () => number;

/** A random batch of whole costs and whole loads; where not `weighted`, each takes one place. */
export function randomBatch(
  kind: Kind,
  deliveries: number,
  channels: number,
  weighted: boolean,
  random: Random,
): Batch {
  const shape: Shape = shapes[kind];
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const costs = new Float64Array(deliveries * channels);
  const loads = weighted ? new Float64Array(deliveries) : null;
  const fees = Array.from({ length: channels }, () => whole(300, 900));
  let demand = 0;
  let dearest = 0;
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const load = whole(...shape.loads);
    const way = whole(0, 700);
    for (let channel = 0; channel < channels; channel += 1) {
      const at = delivery * channels + channel;
      let cost = whole(...shape.costs);
      if (kind === "alike") cost = (fees[channel] ?? 0) + way + whole(0, 60);
      if (kind === "contrary") cost = 1_200 - 60 * load + whole(0, 300);
      if (kind === "pallets") cost = Math.max(1, 111 - load + whole(-10, 10));
      if (kind === "forbidden" && random() < 0.4) cost = Infinity;
      costs[at] = cost;
      if (cost < Infinity) dearest = Math.max(dearest, cost);
    }
    if (loads !== null) loads[delivery] = load;
    demand += weighted ? load : 1;
  }
  const share =
    typeof shape.room === "number" ? shape.room : shape.room[0] + random() * (shape.room[1] - shape.room[0]);
  const parts = Array.from({ length: channels }, () => (shape.even ? 1 : 0.4 + random()));
  const all = parts.reduce((sum, part) => sum + part, 0);
  const capacities = Float64Array.from(parts, (part) => Math.max(1, Math.round((part / all) * demand * share)));
  if (kind === "full") capacities[0] = (capacities[0] ?? 0) + demand - capacities.reduce((sum, one) => sum + one, 0);
  const [each, unit] = shape.left;
  return {
    deliveries,
    channels,
    costs,
    loads,
    capacities,
    left: Float64Array.from({ length: deliveries }, (_, one) => dearest * (each + unit * (loads?.[one] ?? 1))),
  };
}
