import type { DriverId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { DispatchCommand } from "./command.ts";
import { failTexts, fetcherOf, holderOf, isOver, noDelivery, type Delivery } from "./delivery.ts";
import { estimate } from "./estimate.ts";
import type { Tale } from "./tale.ts";
import { takerOf } from "./zone.ts";

/** A command of staff. */
export function judgeDispatch(tale: Tale, command: DispatchCommand): Refusal | null {
  if (command.type === "configure") {
    const settings = { ...tale.state.settings, ...command.settings };
    if (JSON.stringify(settings) !== JSON.stringify(tale.state.settings)) tale.tell({ type: "configured", settings });
    return null;
  }
  const delivery = tale.state.deliveries[command.order];
  if (delivery === undefined) return noDelivery;
  switch (command.type) {
    case "assign":
      return assign(tale, delivery, command.driver);
    case "confirm":
      return confirm(tale, delivery);
    case "give-up":
      return giveUp(tale, delivery, `${failTexts[command.reason]} ${command.detail}`.trim());
  }
}

function assign(tale: Tale, delivery: Delivery, id: DriverId): Refusal | null {
  const { job, stage } = delivery;
  const driver = tale.state.drivers[id];
  if (holderOf(delivery)?.id === id) return null;
  if (driver === undefined) return refuse("conflict", "That driver is not on shift in this zone.");
  if (isOver(stage)) return refuse("conflict", "This delivery is over.");
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

function giveUp(tale: Tale, delivery: Delivery, detail: string): Refusal | null {
  const { stage, job } = delivery;
  if (stage.status === "failed") return null;
  if (isOver(stage)) return refuse("conflict", "This delivery is over.");
  tale.tell({ type: "failed", order: job.order, driver: "driver" in stage ? stage.driver : null, detail });
  return null;
}
