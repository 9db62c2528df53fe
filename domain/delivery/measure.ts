import type { Channel } from "../../contracts/ids.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { own } from "../channel/chooser.ts";
import { observed } from "../channel/decayed.ts";
import { withSighted, type Sighted, type Standing } from "../channel/standing.ts";
import type { DeliveryEvent, ZoneEvent } from "./command.ts";
import { noChannels } from "./deal-channels.ts";
import type { Delivery } from "./delivery.ts";
import type { ZoneState } from "./zone.ts";

/** The zone with what an event tells of the channel that had the delivery. */
export function measured(state: ZoneState, event: Recorded<DeliveryEvent>, before: ZoneState): ZoneState {
  const delivery = before.deliveries[event.order];
  if (delivery === undefined) return state;
  const { stage } = delivery;
  const channel = stage.status === "with-carrier" ? stage.carrier.id : own;
  const seen = sighted(event, delivery);
  return seen.length === 0 ? state : withStanding(state, channel, (one) => withSighted(one, seen, event.at));
}

/** What a carrier's own object says of it. */
export function withScore(
  state: ZoneState,
  event: Recorded<Extract<ZoneEvent, { type: "channel-scored" }>>,
): ZoneState {
  const { channel, breaker, calls, cost, at } = event;
  return withStanding(state, channel, (standing) => ({
    ...standing,
    breaker,
    ...(calls === null || calls === undefined ? {} : { calls }),
    ...(cost === null ? {} : { cost: { ...observed(undefined, cost, at), weight: 5 } }),
  }));
}

function sighted(event: Recorded<DeliveryEvent>, { stage, readyAt }: Delivery): Sighted[] {
  switch (event.type) {
    case "delivered": {
      const promised = "dropoffAt" in stage ? stage.dropoffAt : null;
      return [
        { what: "success", value: 1 },
        { what: "way", value: Math.max(0, event.at - readyAt) },
        ...(promised === null ? [] : [{ what: "lateness", value: Math.max(0, event.at - promised) } as const]),
      ];
    }
    case "handed-to-carrier":
    case "carrier-left":
    case "failed":
      // Its carrier has given it back, or has lost it; own drivers are not to blame for a door that stays shut.
      return stage.status === "with-carrier" ? [{ what: "success", value: 0 }] : [];
    case "requested":
    case "ready-changed":
    case "offered":
    case "offer-declined":
    case "offer-expired":
    case "offer-withdrawn":
    case "assigned":
    case "unassigned":
    case "arrived":
    case "picked-up":
    case "pin-missed":
    case "channel-chosen":
    case "carrier-changed":
    case "shipped":
    case "move-asked":
    case "move-failed":
    case "near":
    case "returned":
    case "called-off":
      return [];
  }
}

function withStanding(state: ZoneState, channel: Channel, change: (standing: Standing) => Standing): ZoneState {
  const channels = state.channels ?? noChannels;
  const standings = { ...channels.standings, [channel]: change(channels.standings[channel] ?? {}) };
  return { ...state, channels: { ...channels, standings } };
}
