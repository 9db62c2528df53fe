import type { Instance } from "./instance.ts";
import type { Day } from "./replay.ts";

/** How a day went. Minutes; cost in the benchmark's currency. */
export interface Figures {
  readonly undeliveredPct: number;
  readonly clickToDoor: number;
  readonly clickToDoor90: number;
  readonly overage: number;
  readonly readyToPickup: number;
  readonly readyToPickup90: number;
  readonly costPerOrder: number;
  readonly ordersPerBundle: number;
}

export function figuresOf(instance: Instance, { runs }: Day): Figures {
  const byOrder = new Map(instance.orders.map((order) => [order.order, order]));
  const clicks: number[] = [];
  const waits: number[] = [];
  const ordersByCourier = new Map<string, number>();
  for (const { courier, orders, pickup, dropoffs } of runs) {
    ordersByCourier.set(courier, (ordersByCourier.get(courier) ?? 0) + orders.length);
    for (const [index, name] of orders.entries()) {
      const order = byOrder.get(name);
      if (order === undefined) throw new Error(`${instance.name} has no order ${name}`);
      clicks.push((dropoffs[index] ?? NaN) - order.placed);
      waits.push(pickup - order.ready);
    }
  }
  const pay = instance.couriers.map(({ courier, on, off }) =>
    Math.max(instance.payPerOrder * (ordersByCourier.get(courier) ?? 0), (instance.payPerHour * (off - on)) / 60),
  );
  return {
    undeliveredPct: (100 * (instance.orders.length - clicks.length)) / instance.orders.length,
    clickToDoor: mean(clicks),
    clickToDoor90: percentile(clicks, 0.9),
    overage: mean(clicks.map((click) => Math.max(0, click - instance.target))),
    readyToPickup: mean(waits),
    readyToPickup90: percentile(waits, 0.9),
    costPerOrder: pay.reduce((sum, one) => sum + one, 0) / clicks.length,
    ordersPerBundle: clicks.length / runs.length,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With interpolation between neighbours, as NumPy's default. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? NaN;
  return below + (at % 1) * ((sorted[Math.ceil(at)] ?? below) - below);
}
