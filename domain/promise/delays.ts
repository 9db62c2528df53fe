/** How much later than the sum of its parts an order comes: minutes of the 10th, 50th and 90th in a hundred. */
export type Delays = readonly [early: number, middle: number, late: number];

/*
 * As found by quantile regression on the days of the benchmark whose seed is even (`npm run bench:promises` measures on
 * the others). Each is a sum of curves, given by their values at `nodes`, and straight between them.
 */

type Curve = readonly number[];
type Curves = readonly [early: Curve, middle: Curve, late: Curve];

/** Orders not picked up yet, for each driver on shift. */
const pressureNodes: Curve = [0.3, 0.5, 0.7, 0.9, 1.15, 1.6, 2.2];
/** Minutes until the food should be ready. */
const leadNodes: Curve = [0, 6, 14, 22];
/** Minutes since the kitchen has it. */
const waitedNodes: Curve = [0, 10, 20, 30];

/** Nobody has taken it, and when the food is ready is a guess. */
const guessedBy = {
  pressure: [
    [1.9, 2.6, 3.9, 5.3, 6.8, 9.1, 10.5],
    [8, 8.1, 8.2, 9.2, 11.8, 16.1, 18.6],
    [12.9, 13.9, 14.2, 15.6, 18.3, 25.3, 31.5],
  ],
  lead: [[0, -3.9, -9.8, -9.8], [0, -5.6, -8.2, -8.2], [0, -5.1, -5, -5]],
  waited: [[0, -0.5, -0.9, 0.3], [0, 0.1, 0, 0.4], [0, 2.4, 7.9, 15.3]],
} as const satisfies Record<string, Curves>; // prettier-ignore

/** Nobody has taken it, and when the food is ready is known; and where it is there, and nobody has come for it. */
const knownBy: Curves = [
  [0, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 2.5, 5, 5],
  [2, 2, 4, 8, 13.5, 20, 20],
];
const readyBy: Curves = [
  [4, 4.1, 4.9, 5.1, 5.1, 6.4, 8],
  [6.7, 7, 7.1, 8.2, 9.1, 12, 22.3],
  [13, 13, 13, 15.3, 17.9, 24.1, 37.3],
]; // prettier-ignore

/** Who has taken it comes for it: only the food, if it is not there, and the way are uncertain. */
const takenSurely: Delays = [0, 0, 3];
const takenBy: Curves = [
  [0, -1.5, -6.7, -6.7],
  [0, 0, 0, 0],
  [9.3, 8, 8.2, 8.2],
];

/** Only the food is waited for; the best guess is the kitchen's own word. */
const cookingBy = {
  lead: [[0, -3.9, -7, -10.7], [0, 0, 0, 0], [4.6, 4.7, 6.8, 10]],
  waited: [[0, 0, 0.4, 0.3], [0, 0, 0, 0], [0, 4.2, 7.4, 15.2]],
} as const satisfies Record<string, Curves>; // prettier-ignore

export function guessed(pressure: number, lead: number, waited: number): Delays {
  const { pressure: byPressure, lead: byLead, waited: byWaited } = guessedBy;
  return sum(read(byPressure, pressureNodes, pressure), read(byLead, leadNodes, lead), read(byWaited, waitedNodes, waited)); // prettier-ignore
}

export function known(pressure: number): Delays {
  return read(knownBy, pressureNodes, pressure);
}

export function ready(pressure: number): Delays {
  return read(readyBy, pressureNodes, pressure);
}

/** `sure`: the food is there, or when it will be is known. */
export function taken(sure: boolean, lead: number): Delays {
  return sure ? takenSurely : read(takenBy, leadNodes, lead);
}

export function cooking(lead: number, waited: number): Delays {
  return sum(read(cookingBy.lead, leadNodes, lead), read(cookingBy.waited, waitedNodes, waited));
}

function sum(...parts: readonly Delays[]): Delays {
  return parts.reduce(([a, b, c], [d, e, f]) => [a + d, b + e, c + f]);
}

function read([early, middle, late]: Curves, nodes: Curve, at: number): Delays {
  return [value(early, nodes, at), value(middle, nodes, at), value(late, nodes, at)];
}

/** The curve's value; before its first and after its last node it goes on level. */
function value(curve: Curve, nodes: Curve, at: number): number {
  const above = nodes.findIndex((node) => node >= at);
  const last = curve.length - 1;
  if (above === 0) return curve[0] ?? 0;
  if (above === -1) return curve[last] ?? 0;
  const [from = 0, to = 1] = [nodes[above - 1], nodes[above]];
  const [low = 0, high = 0] = [curve[above - 1], curve[above]];
  return low + ((high - low) * (at - from)) / (to - from);
}
