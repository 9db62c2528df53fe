import type { Address } from "../../../contracts/address.ts";
import { eventTypeOf } from "../../../contracts/envelope.ts";
import type { Recorded, Rules } from "../../../contracts/rules.ts";

/** A fact an order has said: its place in its stream, and when (epoch ms). */
export interface Said {
  readonly to: Address;
  readonly sequence: number;
  readonly type: string;
  readonly writtenAt: number;
}

/** A call an order has asked for, and when (epoch ms). */
export interface Asked {
  readonly key: string;
  readonly kind: string;
  readonly askedAt: number;
}

export interface Account {
  readonly seq: number;
  readonly said: readonly Said[];
  readonly asked: readonly Asked[];
  /** How many writes came of what was asked of the order, and how many of its timers. */
  readonly commands: number;
  readonly timers: number;
}

/**
 * What an order has said and asked for, worked out anew from its whole log: the outbox forgets what is acknowledged, and
 * to remember it would cost every order a write. Today's rules are asked what they would have said then.
 */
export function accountOf<State, Command, Event extends { type: string }>(
  rules: Rules<State, Command, Event>,
  log: readonly Recorded<Event>[],
): Account {
  const said: Said[] = [];
  const asked = new Map<string, Asked>();
  const numbers = new Map<Address, number>();
  let state = rules.initial;
  for (const event of log) {
    const before = state;
    state = rules.evolve(before, event);
    for (const { to, type } of rules.publish(event, state, before)) {
      const sequence = (numbers.get(to) ?? 0) + 1;
      numbers.set(to, sequence);
      said.push({ to, sequence, type: eventTypeOf(type), writtenAt: event.at });
    }
    for (const { key, kind } of rules.effects(event, state, before)) {
      if (!asked.has(key)) asked.set(key, { key, kind, askedAt: event.at });
    }
  }
  const own = log.filter(({ origin }) => origin === undefined);
  const writes = new Set(own.map(({ at, by }) => `${at} ${by}`));
  const timers = new Set(own.filter(({ by }) => by === "timer").map(({ at }) => at)).size;
  return { seq: log.at(-1)?.seq ?? 0, said, asked: [...asked.values()], commands: writes.size - timers, timers };
}
