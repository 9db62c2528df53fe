import type { DriverId } from "../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { DriverCommand } from "./command.ts";
import { concerns, failTexts, holderOf, noDelivery, type Delivery } from "./delivery.ts";
import { tryPin } from "./pin.ts";
import type { Tale } from "./tale.ts";

const gone = refuse("conflict", "The offer is no longer open: it has run out, or the delivery went to somebody else.");

/** A command of a driver's phone; a repetition of one whose effect holds changes nothing. */
export function judgeDriver(tale: Tale, command: DriverCommand): Refusal | null {
  const delivery = tale.state.deliveries[command.order];
  if (delivery === undefined || !concerns(delivery, command.driver)) return noDelivery;
  switch (command.type) {
    case "accept":
      return accept(tale, delivery, command.driver);
    case "decline":
      return decline(tale, delivery, command.driver);
    case "arrive":
      return arrive(tale, delivery, command.driver);
    case "pick-up":
      return pickUp(tale, delivery, command.driver);
    case "deliver":
      return deliver(tale, delivery, command);
    case "fail":
      return fail(tale, delivery, command);
    case "come-near":
      return comeNear(tale, delivery, command.driver);
    case "bring-back":
      return bringBack(tale, delivery, command.driver);
  }
}

function accept(tale: Tale, delivery: Delivery, driver: DriverId): Refusal | null {
  const { stage, job } = delivery;
  if (holderOf(delivery)?.id === driver) return null;
  if (stage.status !== "offered" || stage.driver.id !== driver || stage.expiresAt <= tale.now) return gone;
  const { pickupAt, dropoffAt } = stage;
  tale.tell({ type: "assigned", order: job.order, driver: stage.driver, pickupAt, dropoffAt });
  return null;
}

function decline(tale: Tale, delivery: Delivery, driver: DriverId): Refusal | null {
  const { stage, job } = delivery;
  const taker = "driver" in stage && stage.driver?.id === driver ? stage.driver : null;
  if (taker === null) return null;
  const until = tale.now + tale.state.settings.afterDecline;
  switch (stage.status) {
    case "waiting":
    case "called-off":
      return null;
    case "offered":
      tale.tell({ type: "offer-declined", order: job.order, driver: taker, until });
      return null;
    case "assigned":
    case "at-venue":
      tale.tell({ type: "unassigned", order: job.order, driver: taker, reason: "handed-back", until });
      return null;
    case "picked-up":
      return refuse("conflict", "You have the food: deliver it, or say that it cannot be delivered.");
    case "with-carrier":
      return null;
    case "returning":
      return refuse("conflict", "You have the food: bring it back, and say so there.");
    case "returned":
    case "delivered":
    case "failed":
      return refuse("conflict", "This delivery is over.");
  }
}

function arrive(tale: Tale, delivery: Delivery, driver: DriverId): Refusal | null {
  const { stage } = delivery;
  if (stage.status === "delivered" && stage.driver?.id === driver) return null;
  if (holderOf(delivery)?.id !== driver) return notTaken(delivery, driver);
  if (stage.status === "assigned") tale.tell({ type: "arrived", order: delivery.job.order, driver: stage.driver });
  return null;
}

function pickUp(tale: Tale, delivery: Delivery, driver: DriverId): Refusal | null {
  const { stage, job } = delivery;
  if (stage.status === "delivered" && stage.driver?.id === driver) return null;
  if (holderOf(delivery)?.id !== driver) return notTaken(delivery, driver);
  if (stage.status !== "assigned" && stage.status !== "at-venue") return null;
  if (stage.status === "assigned") tale.tell({ type: "arrived", order: job.order, driver: stage.driver });
  const dropoffAt = stage.dropoffAt - stage.pickupAt + tale.now;
  tale.tell({ type: "picked-up", order: job.order, driver: stage.driver, dropoffAt });
  return null;
}

function deliver(tale: Tale, delivery: Delivery, command: Extract<DriverCommand, { type: "deliver" }>): Refusal | null {
  const { stage, job } = delivery;
  const { driver, pin, photo = null } = command;
  if (stage.status === "delivered" && stage.driver?.id === driver) return null;
  if (holderOf(delivery)?.id !== driver) return notTaken(delivery, driver);
  if (stage.status !== "picked-up") return refuse("conflict", "It is not picked up yet.");
  const { order } = job;
  if (photo !== null) {
    tale.tell({ type: "delivered", order, driver: stage.driver, proof: "photo" });
    return null;
  }
  if (pin === null) {
    return refuse("invalid-value", "Ask the customer for the PIN, or take a photo of where the food is.", [
      { pointer: "/pin", detail: "needed, or a photo" },
    ]);
  }
  const verdict = tryPin(delivery, pin, tale.now);
  if (isRefusal(verdict)) return verdict;
  if (verdict.right) tale.tell({ type: "delivered", order, driver: stage.driver, proof: "pin" });
  else tale.tell({ type: "pin-missed", order, misses: verdict.misses, lockedUntil: verdict.lockedUntil });
  return null;
}

function fail(tale: Tale, delivery: Delivery, command: Extract<DriverCommand, { type: "fail" }>): Refusal | null {
  const { stage, job } = delivery;
  const { driver, returning = false } = command;
  const detail = `${failTexts[command.reason]} ${command.detail}`.trim();
  const isDone = stage.status === "failed" || stage.status === "returning" || stage.status === "returned";
  if (isDone && stage.driver?.id === driver) {
    // It is not coming back after all: it was left at the door, or is not wanted back.
    if (stage.status === "returning" && !returning)
      tale.tell({ type: "returned", order: job.order, driver: stage.driver, confirmed: false });
    return null;
  }
  if (holderOf(delivery)?.id !== driver) return notTaken(delivery, driver);
  if (stage.status !== "picked-up") return refuse("conflict", "You do not have the food yet: hand the delivery back.");
  const back = returning ? { returning: true as const } : {};
  tale.tell({ type: "failed", order: job.order, driver: stage.driver, detail, ...back });
  return null;
}

/** Told once, and only of the door the driver goes to next: on the way there another's may be near, too. */
function comeNear(tale: Tale, delivery: Delivery, driver: DriverId): Refusal | null {
  const { stage, job } = delivery;
  if (stage.status !== "picked-up" || stage.driver.id !== driver || delivery.near === true) return null;
  const before = Object.values(tale.state.deliveries).some(
    ({ stage: other }) =>
      other.status === "picked-up" && other.driver.id === driver && other.dropoffAt < stage.dropoffAt,
  );
  if (!before) tale.tell({ type: "near", order: job.order, driver: stage.driver });
  return null;
}

function bringBack(tale: Tale, { stage, job }: Delivery, driver: DriverId): Refusal | null {
  if (stage.status === "returned" && stage.driver?.id === driver) return null;
  if (stage.status !== "returning" || stage.driver.id !== driver) {
    return refuse("conflict", "There is nothing of it to bring back.");
  }
  tale.tell({ type: "returned", order: job.order, driver: stage.driver, confirmed: true });
  return null;
}

/** Why a driver who was asked, or once had it, cannot go on with it. */
function notTaken({ stage }: Delivery, driver: DriverId): Refusal {
  switch (stage.status) {
    case "waiting":
    case "assigned":
    case "at-venue":
    case "picked-up":
    case "with-carrier":
      return refuse("conflict", "This delivery is no longer yours.");
    case "offered":
      return stage.driver.id === driver ? refuse("conflict", "Accept the offer first.") : gone;
    case "returning":
    case "returned":
    case "delivered":
    case "failed":
      return refuse("conflict", "This delivery is over.");
    case "called-off":
      return refuse("conflict", "This delivery was called off.");
  }
}
