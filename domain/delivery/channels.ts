import type { Carried, Fact } from "../../contracts/events.ts";
import type { Channel, OrderId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { inTurn, own, type Chooser } from "../channel/chooser.ts";
import type { CarrierNews } from "./command.ts";
import { isOver, type Delivery } from "./delivery.ts";
import type { Tale } from "./tale.ts";

/** How it is chosen who brings a delivery: another chooser is put in here. */
const chooser: Chooser = inTurn;

/** How long after the food is ready, or was asked for, the own drivers are waited for where a carrier could have it. */
export const ownPatienceMs = 15 * 60_000;
const theirOwn: readonly Channel[] = [own];
const tooLate = refuse("conflict", "The carrier does not have this delivery any more.");

/** Gives a waiting delivery to the channel that is next; where none is left it has failed. */
export function handOn(tale: Tale, order: OrderId, passed: readonly Channel[], detail: string): void {
  const delivery = tale.state.deliveries[order];
  if (delivery === undefined || isOver(delivery.stage)) return;
  const next = chooser.choose(choiceOf(delivery, passed));
  if (next === null) {
    const words = detail === "" ? "None of the venue's carriers takes cash at the door." : detail;
    return tale.tell({ type: "failed", order, driver: null, detail: words });
  }
  if (next !== own) {
    const carrier: Carried = { id: next, name: next, state: "asked", tracking: null, silentSince: null };
    return tale.tell({ type: "handed-to-carrier", order, carrier, passed });
  }
  if (delivery.stage.status === "with-carrier") tale.tell({ type: "carrier-left", order, passed, detail });
}

/** The channel that has the delivery will not bring it: on to the next. */
export function passOn(tale: Tale, delivery: Delivery, channel: Channel, detail = ""): void {
  handOn(tale, delivery.job.order, [...(delivery.passed ?? []), channel], detail);
}

/** When the own drivers have had their time (epoch ms); null where nobody else could have it. */
export function channelAt(delivery: Delivery): number | null {
  const { stage, job, readyAt, passed = [] } = delivery;
  if (job.channels === undefined || stage.status !== "waiting") return null;
  const next = chooser.choose(choiceOf(delivery, [...passed, own]));
  return next === null ? null : Math.max(readyAt, job.requestedAt) + ownPatienceMs;
}

/** Whether no other channel is left but the one that has it. */
export function isLastChannel(delivery: Delivery): boolean {
  const { stage, passed = [] } = delivery;
  const present = stage.status === "with-carrier" ? stage.carrier.id : own;
  return chooser.choose(choiceOf(delivery, [...passed, present])) === null;
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
      passOn(tale, delivery, carrier, news.detail);
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
  if (type === "carrier.lost") return { order: data.order, news: { type: "lost", detail: data.detail } };
  return null;
}

function choiceOf({ job }: Delivery, passed: readonly Channel[]) {
  return { channels: job.channels ?? theirOwn, passed, cash: job.cash !== null };
}
