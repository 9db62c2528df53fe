import type { DriverId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { handOn, hearCarrier } from "./channels.ts";
import type { NewsCommand } from "./command.ts";
import { fetcherOf, isOver } from "./delivery.ts";
import type { Tale } from "./tale.ts";
import { loads } from "./zone.ts";

const tooLate = refuse("conflict", "This delivery is over, or was never here.");

/** What news from orders and drivers comes to. */
export function judgeNews(tale: Tale, command: NewsCommand): Refusal | null {
  switch (command.type) {
    case "request": {
      const { order } = command.job;
      if (tale.state.deliveries[order] !== undefined) return null;
      tale.tell({ type: "requested", order, job: { ...command.job, requestedAt: tale.now } });
      handOn(tale, order, [], "");
      return null;
    }
    case "change-ready": {
      const delivery = tale.state.deliveries[command.order];
      if (delivery === undefined || isOver(delivery.stage)) return tooLate;
      const { order, readyAt, ready } = command;
      if (delivery.readyAt !== readyAt || delivery.ready !== ready) {
        tale.tell({ type: "ready-changed", order, readyAt, ready });
      }
      return null;
    }
    case "call-off": {
      const delivery = tale.state.deliveries[command.order];
      if (delivery === undefined || isOver(delivery.stage) || delivery.stage.status === "returning") return tooLate;
      const { order, reason, detail } = command;
      const driver = "driver" in delivery.stage ? delivery.stage.driver : null;
      tale.tell({ type: "called-off", order, driver, reason, detail });
      return null;
    }
    case "come-on": {
      const { type: _, ...come } = command;
      tale.tell({ type: "driver-on", ...come });
      return null;
    }
    case "go-off":
      if (tale.state.drivers[command.driver] === undefined) return null;
      release(tale, command.driver, "off-shift", tale.now);
      tale.tell({ type: "driver-off", driver: command.driver, reason: "asked" });
      return null;
    case "hear-carrier":
      return hearCarrier(tale, command.order, command.carrier, command.news);
    case "hear-score": {
      const { breaker, latencyMs, answered, cost } = command.score;
      const calls = latencyMs === null || answered === null ? null : { latencyMs, answered };
      tale.tell({ type: "channel-scored", channel: command.carrier, breaker, calls, cost });
      return null;
    }
    case "hear-of":
      hearOf(tale, command.driver, command.heardAt);
      return null;
  }
}

/** The twin knows when the phone was last heard of: the driver is either there after all, or silent indeed. */
function hearOf(tale: Tale, driver: DriverId, heardAt: number): void {
  const presence = tale.state.presence[driver];
  if (presence === undefined) return;
  tale.tell({ type: "driver-heard-of", driver, heardAt });
  const silentFor = tale.now - Math.max(presence.heardAt, heardAt);
  const { silence, idle, afterDecline } = tale.state.settings;
  if (silentFor >= idle && !loads(tale.state).has(driver)) tale.tell({ type: "driver-off", driver, reason: "idle" });
  else if (silentFor >= silence) release(tale, driver, "silent", tale.now + afterDecline);
}

/** Takes from a driver what has not been picked up. What has been stays: nobody else has the food. */
function release(tale: Tale, id: DriverId, reason: "off-shift" | "silent", until: number): void {
  for (const delivery of loads(tale.state).get(id) ?? []) {
    const { stage, job } = delivery;
    const fetcher = fetcherOf(delivery);
    if (fetcher !== null) {
      tale.tell({ type: "unassigned", order: job.order, driver: fetcher, reason, until });
    } else if (stage.status === "offered" && reason === "off-shift") {
      tale.tell({ type: "offer-withdrawn", order: job.order, driver: stage.driver, reason });
    }
  }
}
