import type { DispatchDelivery, DispatchView } from "../../contracts/dispatch.ts";
import { rfc3339 } from "../../contracts/time.ts";
import { isOver, type Delivery } from "../../domain/delivery/delivery.ts";
import { explainer, type Explanation } from "../../domain/delivery/explain.ts";
import { nextRoundAt } from "../../domain/delivery/round.ts";
import { loads, type ZoneState } from "../../domain/delivery/zone.ts";
import { staffView, zoneDriverView } from "./delivery-view.ts";

const mostDeliveries = 300;

/** A zone as who dispatches sees it; `reaches`: which venues' deliveries. */
export function dispatchView(
  zone: string,
  state: ZoneState,
  reaches: (venue: string) => boolean,
  now: number,
): DispatchView {
  const open = Object.values(state.deliveries)
    .filter(({ stage, job }) => !isOver(stage) && reaches(job.venue))
    .toSorted((one, other) => one.since - other.since);
  const held = loads(state);
  const drivers = Object.values(state.drivers);
  const explain = explainer(state, now);
  const round = nextRoundAt(state);
  return {
    zone,
    at: rfc3339(now),
    drivers: drivers.map((one) =>
      zoneDriverView(one, state.presence[one.id], held.get(one.id) ?? [], state.loans?.[one.id]),
    ),
    deliveries: open.slice(0, mostDeliveries).map((one) => row(state, one, explain(one), now)),
    more: Math.max(0, open.length - mostDeliveries),
    suggestions: drivers.flatMap(({ id, suggested }) =>
      suggested === undefined ? [] : [{ driver: id, venue: suggested.venue, at: rfc3339(suggested.at) }],
    ),
    nextRoundAt: round === null ? null : rfc3339(Math.max(now, round)),
  };
}

function row(
  state: ZoneState,
  delivery: Delivery,
  { why, dueAt, contenders }: Explanation,
  now: number,
): DispatchDelivery {
  const { order, code, venue, status, readyAt, ready, pickupAt, dropoffAt, requestedAt, driver, carrier, eta } = staffView(state, delivery, now); // prettier-ignore
  const { choice, job } = delivery;
  return {
    order, code, venue, status, readyAt, ready, pickupAt, dropoffAt, requestedAt, driver,
    ...(carrier === undefined ? {} : { carrier }),
    pickup: job.pickup.point,
    dropoff: job.dropoff.point,
    eta: eta ?? null,
    why,
    dueAt: dueAt === null ? null : rfc3339(dueAt),
    candidates: contenders.map((one) => ({ driver: one.driver, arriveAt: rfc3339(one.arriveAt), why: one.why })),
    ...(choice === undefined ? {} : { channel: { ...choice, at: rfc3339(choice.at) } }),
  }; // prettier-ignore
}
