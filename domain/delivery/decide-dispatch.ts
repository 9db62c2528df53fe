import type { DriverId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { noTerms } from "../channel/score.ts";
import type { DispatchCommand } from "./command.ts";
import { noChannels, weightsOf } from "./deal-channels.ts";
import { failTexts, fetcherOf, holderOf, isOver, noDelivery, type Delivery } from "./delivery.ts";
import { estimate } from "./estimate.ts";
import { move } from "./move.ts";
import type { Tale } from "./tale.ts";
import { takerOf } from "./zone.ts";

/** A command of staff. */
export function judgeDispatch(tale: Tale, command: DispatchCommand): Refusal | null {
  if (command.type === "configure") {
    const settings = { ...tale.state.settings, ...command.settings };
    if (JSON.stringify(settings) !== JSON.stringify(tale.state.settings)) tale.tell({ type: "configured", settings });
    return null;
  }
  if (command.type === "weigh-channels" || command.type === "agree-channel") {
    agree(tale, command);
    return null;
  }
  const delivery = tale.state.deliveries[command.order];
  if (delivery === undefined) return noDelivery;
  switch (command.type) {
    case "assign":
      return assign(tale, delivery, command.driver);
    case "confirm":
      return confirm(tale, delivery);
    case "take-back":
      return takeBack(tale, delivery);
    case "move":
      return move(tale, delivery, command.to);
    case "give-up":
      return giveUp(tale, delivery, `${failTexts[command.reason]} ${command.detail}`.trim());
  }
}

/** What the tenant says of its channels; what it does not speak of stays as it is. */
function agree(tale: Tale, command: Extract<DispatchCommand, { type: "weigh-channels" | "agree-channel" }>): void {
  const channels = tale.state.channels ?? noChannels;
  const before = { weights: channels.weights, terms: channels.terms };
  const after =
    command.type === "weigh-channels"
      ? { ...before, weights: { ...weightsOf(tale.state), ...command.weights } }
      : {
          ...before,
          terms: {
            ...channels.terms,
            [command.channel]: { ...noTerms, ...channels.terms[command.channel], ...command.terms },
          },
        };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  const { weights, terms } = after;
  tale.tell({ type: "channels-agreed", terms, ...(weights === undefined ? {} : { weights }) });
}

function assign(tale: Tale, delivery: Delivery, id: DriverId): Refusal | null {
  const { job, stage } = delivery;
  const driver = tale.state.drivers[id];
  if (holderOf(delivery)?.id === id) return null;
  if (driver === undefined) return refuse("conflict", "That driver is not on shift in this zone.");
  if (tale.state.loans?.[id] !== undefined) return refuse("conflict", "That driver is helping out in another zone.");
  if (isOver(stage) || stage.status === "returning") return refuse("conflict", "This delivery is over.");
  if (stage.status === "picked-up") return refuse("conflict", "Another driver has the food already.");
  if (stage.status === "with-carrier") return refuse("conflict", `${stage.carrier.name} has this delivery.`);
  const { order } = job;
  const fetcher = fetcherOf(delivery);
  if (stage.status === "offered" && stage.driver.id !== id) {
    tale.tell({ type: "offer-withdrawn", order, driver: stage.driver, reason: "reassigned" });
  }
  if (fetcher !== null)
    tale.tell({ type: "unassigned", order, driver: fetcher, reason: "reassigned", until: tale.now });
  const from = { point: tale.state.presence[id]?.point ?? null, vehicle: driver.vehicle };
  tale.tell({ type: "assigned", order, driver: takerOf(driver), ...estimate(delivery, from, tale.now) });
  return null;
}

function confirm(tale: Tale, delivery: Delivery): Refusal | null {
  const { stage, job } = delivery;
  if (stage.status === "delivered") return null;
  if (stage.status !== "picked-up") return refuse("conflict", "Only what a driver has picked up can be confirmed.");
  tale.tell({ type: "delivered", order: job.order, driver: stage.driver, proof: "staff" });
  return null;
}

/** The venue has the food back, whether or not the driver has said so. */
function takeBack(tale: Tale, { stage, job }: Delivery): Refusal | null {
  if (stage.status === "returned") return null;
  if (stage.status !== "returning") return refuse("conflict", "Nothing of it is on its way back.");
  tale.tell({ type: "returned", order: job.order, driver: stage.driver, confirmed: true });
  return null;
}

function giveUp(tale: Tale, delivery: Delivery, detail: string): Refusal | null {
  const { stage, job } = delivery;
  if (stage.status === "failed" || stage.status === "returning") return null;
  if (isOver(stage)) return refuse("conflict", "This delivery is over.");
  tale.tell({ type: "failed", order: job.order, driver: "driver" in stage ? stage.driver : null, detail });
  return null;
}
