import type { DriverId } from "../../contracts/ids.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { handOn, hearCarrier } from "./channels.ts";
import type { NewsCommand } from "./command.ts";
import { isOver } from "./delivery.ts";
import { recall } from "./lending.ts";
import { release } from "./release.ts";
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
      const back = delivery.stage.status === "picked-up" ? { returning: true as const } : {};
      tale.tell({ type: "called-off", order, driver, reason, detail, ...back });
      return null;
    }
    case "come-on": {
      const { type: _, ...come } = command;
      const borrowed = tale.state.drivers[command.driver]?.borrowed;
      // Who comes on shift here while helping out here is the zone's own from now on, with what is in hand.
      if (borrowed !== undefined) {
        tale.tell({ type: "driver-returned", driver: command.driver, to: borrowed.from, loan: borrowed.loan });
      }
      tale.tell({ type: "driver-on", ...come });
      return null;
    }
    case "go-off":
      // A neighbour's driver goes off there, and the neighbour says so.
      if (tale.state.drivers[command.driver]?.borrowed !== undefined) return null;
      if (tale.state.drivers[command.driver] === undefined) return null;
      release(tale, command.driver, "off-shift", tale.now);
      tale.tell({ type: "driver-off", driver: command.driver, reason: "asked" });
      recall(tale, command.driver);
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
  const isIdle = silentFor >= idle && !loads(tale.state).has(driver) && tale.state.loans?.[driver] === undefined;
  if (isIdle) tale.tell({ type: "driver-off", driver, reason: "idle" });
  else if (silentFor >= silence) release(tale, driver, "silent", tale.now + afterDecline);
}
