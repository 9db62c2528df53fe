import { parseAddress } from "../../contracts/address.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import { isOver } from "./booking.ts";
import { startCalls } from "./calls.ts";
import { withdrawForMs, type CarrierState } from "./carrier.ts";
import type { CarrierCommand, CarrierEvent } from "./command.ts";
import { judgeTimer } from "./deadlines.ts";
import { believe, hear } from "./hear.ts";
import { beginTale, type Tale } from "./tale.ts";

export const noBooking = refuse("not-found", "The carrier has no such booking.");

/** Judges a command. Whatever changed may have made a call due or possible, so every change ends with the calls. */
export function decide(
  state: CarrierState,
  command: CarrierCommand,
  context: Context,
): readonly CarrierEvent[] | Refusal {
  const tale = beginTale(state, context);
  const refusal = judge(tale, command);
  if (refusal !== null) return refusal;
  startCalls(tale, parseAddress(context.self).id);
  return tale.events;
}

function judge(tale: Tale, command: CarrierCommand): Refusal | null {
  switch (command.type) {
    case "configure":
      if (JSON.stringify(command.settings) !== JSON.stringify(tale.state.settings)) {
        tale.tell({ type: "configured", settings: command.settings });
      }
      return null;
    case "request":
      request(tale, command);
      return null;
    case "call-off":
      callOff(tale, command.order, command.detail);
      return null;
    case "recall":
      recall(tale, command.order, command.detail);
      return null;
    case "hear":
      hear(tale, command);
      return null;
    case "be-told": {
      const booking = tale.state.bookings[command.order];
      if (booking === undefined || (booking.id !== null && booking.id !== command.parcel.id)) return noBooking;
      believe(tale, command.order, command.parcel);
      return null;
    }
    case "timer":
      judgeTimer(tale, command.timer);
      return null;
  }
}

function request(tale: Tale, { request: wanted, zone }: Extract<CarrierCommand, { type: "request" }>): void {
  const { order } = wanted;
  if (tale.state.bookings[order] !== undefined) return;
  const { settings } = tale.state;
  tale.tell({ type: "requested", order, request: wanted, zone });
  if (settings?.enabled === true) return;
  const detail = settings === null ? "There is no such carrier." : "The carrier is switched off.";
  tale.tell({ type: "ended", order, outcome: "released", detail });
}

function callOff(tale: Tale, order: string, detail: string): void {
  const { stage } = tale.state.bookings[order] ?? {};
  if (stage === undefined || isOver(stage)) return;
  // Before a booking was asked for there is nothing to take back.
  if (stage.status === "quoting") return tale.tell({ type: "ended", order, outcome: "called-off", detail });
  tale.tell({ type: "withdrawing", order, why: "called-off", detail, until: tale.now + withdrawForMs });
}

/** What has been shipped or is over has its own word on the way to who asked. */
function recall(tale: Tale, order: string, detail: string): void {
  const { stage } = tale.state.bookings[order] ?? {};
  if (stage?.status === "quoting") return tale.tell({ type: "ended", order, outcome: "released", detail });
  const isGivenUp = stage?.status === "withdrawing" && stage.why === "given-up";
  if (stage?.status !== "booking" && stage?.status !== "booked" && !isGivenUp) return;
  tale.tell({ type: "withdrawing", order, why: "recalled", detail, until: tale.now + withdrawForMs });
}
