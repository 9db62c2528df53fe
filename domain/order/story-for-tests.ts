import { addressOf, type Address } from "../../contracts/address.ts";
import type { Addressed, Fact } from "../../contracts/events.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import type { OrderCommand, OrderEvent, PaymentOutcome } from "./events.ts";
import type { Order, Placed } from "./order.ts";
import { orderRules } from "./rules.ts";

export const minute = 60_000;
/** A Saturday, 2026-11-14 18:00 UTC. */
export const start = 1_794_679_200_000;
export const id = "ord_00000000000000000000000001";
export const self = addressOf("order", "demo", id);
export const board = addressOf("board", "demo", "demo-1");
export const zone = addressOf("zone", "demo", "main");
export const guest = "guest_ada";
export const clams = [{ key: "clams", quantity: 2 }];
export const driver = { id: "driver-1", name: "Bob" };

/** Clams for two at 14.00, by card unless told otherwise. */
export function ordered(change: Partial<Omit<Placed, "placedAt">> = {}): Omit<Placed, "placedAt"> {
  const bill = { currency: "EUR", lines: [], subtotal: 2_800, fees: [], adjustments: [], taxes: [], total: 2_800 };
  return {
    code: "KT47",
    bill,
    customer: { name: "Ada Lovelace", phone: "+4915112345678", email: null },
    address: null,
    payment: { method: "card", token: "card_ok" },
    note: null,
    requestedFor: null,
    demand: clams,
    pin: "4711",
    terms: {
      venue: { name: "Tasca", address: "Oderberger Straße 12", point: null },
      zone: "main",
      preparationMs: 20 * minute,
      answerWithinMs: 5 * minute,
      cancelWithinMs: 10 * minute,
    },
    ...change,
  };
}

const lines = [{ item: "clams", quantity: 2, options: [] }];

/** An order that lives: what it is asked, what happens, what it says to others, what it calls out for. */
export class Story {
  readonly rules = orderRules(self);
  order: Order = this.rules.initial;
  now = start;
  readonly log: Recorded<OrderEvent>[] = [];
  readonly said: Addressed[] = [];
  readonly calls: EffectRequest[] = [];

  /** The types of the events that follow, or why none do. */
  give(command: OrderCommand, by: string = guest): string[] | Refusal {
    const events = this.rules.decide(this.order, command, { now: this.now, self, by });
    if (isRefusal(events)) return events;
    for (const event of events) this.record({ ...event, seq: this.log.length + 1, at: this.now, by });
    return events.map(({ type }) => type);
  }

  news(fact: Fact, from: Address = fact.type.startsWith("delivery.") ? zone : board): string[] | Refusal {
    const command = this.rules.react(fact, from, this.order);
    return command === null ? [] : this.give(command, from);
  }

  place(change: Partial<Omit<Placed, "placedAt">> = {}, fulfilment: Order["fulfilment"] = "pickup") {
    const order = ordered(change);
    return this.give({ type: "place", venue: "demo-1", fulfilment, lines, order, reservedUntil: this.now + minute });
  }

  open(): string[] | Refusal {
    return this.give({ type: "open", venue: "demo-1", fulfilment: "pickup", lines });
  }

  pay(outcome: PaymentOutcome): string[] | Refusal {
    return this.give({ type: "payment-outcome", outcome }, outcome.step);
  }

  cancel(who: "customer" | "staff" = "customer"): string[] | Refusal {
    return this.give({ type: "cancel", who, reason: `${who}-cancelled`, detail: "Changed my mind." });
  }

  /** Time passes; what is due happens. */
  after(ms: number): string[] {
    this.now += ms;
    const due = Object.entries(this.rules.deadlines(this.order)).filter(([, at]) => at <= this.now);
    return due.flatMap(([name]) => {
      const events = this.give(this.rules.timeout(name), "timer");
      return isRefusal(events) ? [] : events;
    });
  }

  /** What is said by `work` and to whom: "board order.sent". */
  saying(work: () => unknown): string[] {
    const before = this.said.length;
    work();
    return this.said.slice(before).map(({ to, type }) => `${to.split("/")[0]} ${type}`);
  }

  private record(event: Recorded<OrderEvent>): void {
    const before = this.order;
    this.order = this.rules.evolve(before, event);
    this.log.push(event);
    this.said.push(...this.rules.publish(event, this.order, before));
    this.calls.push(...this.rules.effects(event, this.order, before));
  }
}

export const authorised = { step: "authorise", result: "authorised", id: "pay_1" } as const;
export const captured = { step: "capture", result: "done" } as const;

export const later = start + 30 * minute;
export const accepted: Fact = { type: "ticket.accepted", data: { readyAt: later, by: "tablet" } };
export const started: Fact = { type: "ticket.started", data: { by: "tablet" } };
export const ready: Fact = { type: "ticket.ready", data: { by: "tablet" } };
export const handedOver: Fact = { type: "ticket.handed-over", data: { by: "tablet" } };
export const assigned: Fact = {
  type: "delivery.assigned",
  data: { driver, pickupAt: later, dropoffAt: later + 15 * minute },
};
export const arrived: Fact = { type: "delivery.arrived", data: {} };
export const pickedUp: Fact = { type: "delivery.picked-up", data: { dropoffAt: later + 15 * minute } };
export const delivered: Fact = { type: "delivery.delivered", data: { proof: "pin" } };

export type Milestone = "placed" | "sent" | "accepted" | "preparing" | "ready" | "out-for-delivery" | "over";

/** An order brought to a point of its life by the straight way; paid for on the way, unless it is cash. */
export function at(milestone: Milestone, fulfilment: "pickup" | "delivery" = "pickup", change: Partial<Placed> = {}) {
  const story = new Story();
  const settle = (outcome: PaymentOutcome) => (): unknown =>
    story.order.payment.step === "due" ? null : story.pay(outcome);
  const steps: [Milestone, () => unknown][] = [
    ["placed", () => story.place(change, fulfilment)],
    ["sent", settle(authorised)],
    ["accepted", () => story.news(accepted)],
    ["accepted", settle(captured)],
    ["preparing", () => story.news(started)],
    ["ready", () => story.news(ready)],
  ];
  if (fulfilment === "delivery") {
    steps.push(["out-for-delivery", () => story.news(assigned)]);
    steps.push(["out-for-delivery", () => story.news(arrived)]);
    steps.push(["out-for-delivery", () => story.news(pickedUp)]);
    steps.push(["over", () => story.news(delivered)]);
  } else {
    steps.push(["over", () => story.news(handedOver)]);
  }
  const last = steps.findLastIndex(([name]) => name === milestone);
  for (const [, step] of steps.slice(0, last + 1)) step();
  return story;
}
