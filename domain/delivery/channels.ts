import type { Carried, Fact } from "../../contracts/events.ts";
import type { Channel, OrderId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { channelsLeft, own } from "../channel/chooser.ts";
import type { CarrierNews } from "./command.ts";
import { dealAnew, isHeld } from "./deal-channels.ts";
import { isOver, type Delivery } from "./delivery.ts";
import { moveOn } from "./move.ts";
import type { Tale } from "./tale.ts";

/** How long after the food is ready, or was asked for, the own drivers are waited for where a carrier could have it. */
export const ownPatienceMs = 15 * 60_000;
/** How long a delivery that no channel has room for waits before somebody must look. */
export const holdMs = 10 * 60_000;
const theirOwn: readonly Channel[] = [own];
const tooLate = refuse("conflict", "The carrier does not have this delivery any more.");

/** Gives a waiting delivery to the channel that is next; where none is left it has failed. */
export function handOn(tale: Tale, order: OrderId, passed: readonly Channel[], detail: string): void {
  const delivery = tale.state.deliveries[order];
  if (delivery === undefined || isOver(delivery.stage)) return;
  if (left(delivery, passed).length === 0) {
    const words = detail === "" ? "None of the venue's carriers takes cash at the door." : detail;
    return tale.tell({ type: "failed", order, driver: null, detail: words });
  }
  dealAnew(tale, { delivery, passed, detail });
}

/** The channel that has the delivery will not bring it: on to the next. */
export function passOn(tale: Tale, delivery: Delivery, channel: Channel, detail = ""): void {
  handOn(tale, delivery.job.order, [...(delivery.passed ?? []), channel], detail);
}

/**
 * When the own drivers have had their time, or a delivery nobody had room for has waited long enough (epoch ms); null
 * where nobody else could have it.
 */
export function channelAt(delivery: Delivery): number | null {
  const { stage, job, readyAt, passed = [], choice } = delivery;
  if (job.channels === undefined || stage.status !== "waiting" || delivery.byHand === true) return null;
  if (isHeld(delivery)) return choice?.fallback === "hold" ? choice.at + holdMs : null;
  if (left(delivery, [...passed, own]).length === 0) return null;
  return Math.max(readyAt, job.requestedAt) + ownPatienceMs;
}

/** What is due: the own drivers have had their time; or nobody has had room for so long that somebody must look. */
export function loseChannelPatience(tale: Tale, delivery: Delivery): void {
  const { choice, job } = delivery;
  if (!isHeld(delivery) || choice === undefined) return passOn(tale, delivery, own);
  tale.tell({ type: "channel-chosen", order: job.order, choice: { ...choice, fallback: "nobody", at: tale.now } });
}

/** Whether no other channel is left but the one that has it. */
export function isLastChannel(delivery: Delivery): boolean {
  const { stage, passed = [] } = delivery;
  const present = stage.status === "with-carrier" ? stage.carrier.id : own;
  return left(delivery, [...passed, present]).length === 0;
}

/** What a carrier says, by its number the only one that may: another has been tried meanwhile, or it is over. */
export function hearCarrier(tale: Tale, order: OrderId, carrier: string, news: CarrierNews): Refusal | null {
  const delivery = tale.state.deliveries[order];
  const stage = delivery?.stage;
  if (delivery === undefined || stage?.status !== "with-carrier" || stage.carrier.id !== carrier) return tooLate;
  const { pickupAt, dropoffAt } = stage;
  const was = { ...stage.carrier, ...("name" in news ? { name: news.name } : {}) };
  const now = { ...was, silentSince: null };
  switch (news.type) {
    case "silent":
      tale.tell({ type: "carrier-changed", order, carrier: { ...was, silentSince: news.since }, pickupAt, dropoffAt });
      return null;
    case "answered":
      tale.tell({ type: "carrier-changed", order, carrier: now, pickupAt, dropoffAt });
      return null;
    case "booked": {
      const booked: Carried = { ...now, state: "booked", tracking: news.tracking };
      const times = { pickupAt: news.pickupAt, dropoffAt: news.dropoffAt };
      tale.tell({ type: "carrier-changed", order, carrier: booked, ...times });
      return null;
    }
    case "shipped": {
      const shipped: Carried = { ...now, state: "shipped", tracking: news.tracking };
      tale.tell({ type: "shipped", order, carrier: shipped, pickupAt, dropoffAt: news.dropoffAt });
      return null;
    }
    case "delivered":
      tale.tell({ type: "delivered", order, driver: null, proof: "carrier" });
      return null;
    case "released":
      if (delivery.movingTo !== undefined) moveOn(tale, delivery, delivery.movingTo, carrier, news.detail);
      else passOn(tale, delivery, carrier, news.detail);
      return null;
    case "kept":
      if (delivery.movingTo !== undefined) tale.tell({ type: "move-failed", order, detail: news.detail });
      return null;
    case "lost":
      tale.tell({ type: "failed", order, driver: null, detail: news.detail });
      return null;
  }
}

/** What a fact from a carrier comes to; null where it is none. */
export function carrierNews(fact: Fact): { readonly order: OrderId; readonly news: CarrierNews } | null {
  const { type, data } = fact;
  if (type === "carrier.silent") return { order: data.order, news: { ...data, type: "silent" } };
  if (type === "carrier.answered") return { order: data.order, news: { ...data, type: "answered" } };
  if (type === "carrier.booked") return { order: data.order, news: { ...data, type: "booked" } };
  if (type === "carrier.shipped") return { order: data.order, news: { ...data, type: "shipped" } };
  if (type === "carrier.delivered") return { order: data.order, news: { type: "delivered" } };
  if (type === "carrier.released") return { order: data.order, news: { type: "released", detail: data.detail } };
  if (type === "carrier.kept") return { order: data.order, news: { type: "kept", detail: data.detail } };
  if (type === "carrier.lost") return { order: data.order, news: { type: "lost", detail: data.detail } };
  return null;
}

function left({ job }: Delivery, passed: readonly Channel[]): Channel[] {
  return channelsLeft({ channels: job.channels ?? theirOwn, passed, cash: job.cash !== null });
}
