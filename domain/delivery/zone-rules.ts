import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Fact } from "../../contracts/events.ts";
import type { EffectRequest, Recorded, Rules } from "../../contracts/rules.ts";
import { carrierNews } from "./channels.ts";
import type { ZoneCommand, ZoneEvent } from "./command.ts";
import { deadlines, timerOf } from "./decide-timer.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import { publish } from "./publish.ts";
import { emptyZone, type ZoneState } from "./zone.ts";

/** The rules of a delivery zone. */
export const zoneRules: Rules<ZoneState, ZoneCommand, ZoneEvent> = {
  initial: emptyZone,
  decide,
  evolve,
  react,
  publish,
  effects,
  deadlines,
  timeout: (name) => ({ type: "timer", timer: timerOf(name) }),
};

function react(fact: Fact, from: Address): ZoneCommand | null {
  if (fact.type === "delivery.requested") return { type: "request", job: { ...fact.data, customer: from } };
  if (fact.type === "delivery.ready-changed") return { type: "change-ready", ...fact.data };
  if (fact.type === "delivery.called-off") return { type: "call-off", ...fact.data };
  if (fact.type === "driver.shift-changed") {
    const { on, name, vehicle, point, until } = fact.data;
    const ends = until === undefined ? {} : { until };
    const { id: driver } = parseAddress(from);
    return on ? { type: "come-on", driver, address: from, name, vehicle, point, ...ends } : { type: "go-off", driver };
  }
  if (fact.type === "zone.driver-wanted") return { type: "lend", zone: from, ...fact.data };
  if (fact.type === "zone.driver-lent") {
    // Drivers are the tenant's, whichever zone they are in.
    const address = addressOf("driver", parseAddress(from).tenant, fact.data.driver);
    return { type: "borrow", zone: from, address, ...fact.data };
  }
  if (fact.type === "zone.driver-returned") return { type: "take-home", zone: from, ...fact.data };
  if (fact.type === "zone.driver-recalled") return { type: "give-back", zone: from, ...fact.data };
  if (fact.type === "carrier.scored") {
    return { type: "hear-score", carrier: parseAddress(from).id, score: fact.data };
  }
  const news = carrierNews(fact);
  return news === null ? null : { type: "hear-carrier", ...news, carrier: parseAddress(from).id };
}

/** What the zone has to ask before it takes anything away: a silent driver's twin, and a neighbour that has a driver. */
export type ZoneCall =
  | EffectRequest<"ask-twin", { readonly driver: string }>
  | EffectRequest<"ask-neighbour", { readonly driver: string; readonly loan: number; readonly zone: Address }>;

function effects(event: Recorded<ZoneEvent>, state: ZoneState): readonly ZoneCall[] {
  if (event.type === "driver-doubted") {
    return [{ key: `ask-twin/${event.driver}/${event.seq}`, kind: "ask-twin", request: { driver: event.driver } }];
  }
  if (event.type !== "loan-questioned") return [];
  const { driver, loan, seq } = event;
  const zone = state.loans?.[driver]?.to;
  if (zone === undefined) return [];
  return [{ key: `ask-neighbour/${driver}/${seq}`, kind: "ask-neighbour", request: { driver, loan, zone } }];
}
