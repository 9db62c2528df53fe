import type { DispatchWhy, Fitness } from "../../contracts/dispatch.ts";
import { travelMs } from "../dispatch/travel.ts";
import { isHeld } from "./deal-channels.ts";
import { busyWith, fetcherOf, type Delivery } from "./delivery.ts";
import { loads, type ZoneDriver, type ZoneState } from "./zone.ts";

/** A driver for a delivery: when at the counter, and why the one or not. */
export interface Contender {
  readonly driver: string;
  readonly arriveAt: number;
  readonly why: Fitness;
}

export interface Explanation {
  readonly why: DispatchWhy;
  /** When somebody is to be asked, if nothing changes (epoch ms); null where nobody is. */
  readonly dueAt: number | null;
  /** Soonest first. */
  readonly contenders: readonly Contender[];
}

const handOverMs = 2 * 60_000;

/** Explains a zone's open deliveries, one after the other. */
export function explainer(state: ZoneState, now: number): (delivery: Delivery) => Explanation {
  const held = loads(state);
  const drivers = Object.values(state.drivers);
  return (delivery) => {
    const why = plainWhy(delivery);
    const contenders = drivers
      .filter(({ id, borrowed }) => borrowed === undefined || busyWith(delivery)?.id === id)
      .map((driver) => contenderOf(state, driver, held.get(driver.id) ?? [], delivery, now))
      .toSorted((a, b) => Number(isOut(a)) - Number(isOut(b)) || a.arriveAt - b.arriveAt)
      .slice(0, 3);
    if (why !== null) return { why, dueAt: null, contenders };
    const free = contenders.filter(({ why: fitness }) => fitness === "free" || fitness === "fetching");
    const [first] = free;
    if (first === undefined && (delivery.wantedUntil ?? 0) > now) {
      return { why: "neighbours-asked", dueAt: null, contenders };
    }
    if (first === undefined) {
      return { why: drivers.length === 0 ? "nobody-on-shift" : "nobody-free", dueAt: null, contenders };
    }
    const leaveAt = delivery.ready ? now : delivery.readyAt - (first.arriveAt - now) - state.settings.lead;
    const dueAt = Math.max(now, leaveAt, state.roundAfter ?? 0);
    return { why: leaveAt > now ? "not-due-yet" : "somebody-better-later", dueAt, contenders };
  };
}

function plainWhy(delivery: Delivery): DispatchWhy | null {
  switch (delivery.stage.status) {
    case "waiting":
      return isHeld(delivery) ? "no-channel" : null;
    case "offered":
      return "asked";
    case "assigned":
    case "at-venue":
      return "taken";
    case "picked-up":
      return "on-its-way";
    case "with-carrier":
      return "with-carrier";
    case "returning":
      return "returning";
    case "delivered":
    case "failed":
    case "called-off":
    case "returned":
      return null;
  }
}

function contenderOf(
  state: ZoneState,
  { id, vehicle, until }: ZoneDriver,
  held: readonly Delivery[],
  delivery: Delivery,
  now: number,
): Contender {
  const { job, asked } = delivery;
  const presence = state.presence[id];
  const last = held.reduce<Delivery | null>((one, other) => (dropoffAt(other) > dropoffAt(one) ? other : one), null);
  const from = last === null ? (presence?.point ?? null) : last.job.dropoff.point;
  const freeAt = last === null ? now : Math.max(now, dropoffAt(last)) + handOverMs;
  const arriveAt = freeAt + travelMs(from, job.pickup.point, vehicle);
  const fitness = (): Fitness => {
    if (busyWith(delivery)?.id === id) return delivery.stage.status === "offered" ? "asked" : "has-it";
    if (state.loans?.[id] !== undefined) return "lent";
    if (until !== undefined && until < arriveAt) return "shift-over";
    if ((asked[id]?.until ?? 0) > now) return "barred";
    if (presence === undefined || now - presence.heardAt > state.settings.silence) return "silent";
    if (held.length === 0) return "free";
    const joins = held.every((one) => fetcherOf(one) !== null && one.job.venue === job.venue);
    return joins ? "fetching" : "busy";
  };
  return { driver: id, arriveAt, why: fitness() };
}

function isOut({ why }: Contender): boolean {
  return why === "barred" || why === "lent" || why === "silent" || why === "shift-over";
}

function dropoffAt(delivery: Delivery | null): number {
  if (delivery === null || !("dropoffAt" in delivery.stage)) return 0;
  return delivery.stage.dropoffAt ?? 0;
}
