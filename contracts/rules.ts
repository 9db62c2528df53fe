import type { Addressed, Fact } from "./events.ts";
import type { Address } from "./address.ts";
import type { Refusal } from "./problem.ts";

/**
 * What an event came of, where it was told or answered from outside: a fact, by its number in the stream from `by`, its
 * CloudEvents type, and when it was written there (epoch ms); or a call, by its key and how often it was made.
 */
export type Origin =
  | { readonly fact: number; readonly type: string; readonly writtenAt: number }
  | { readonly call: string; readonly attempts: number };

/** An event as the log holds it: what happened, its number from 1, when (epoch ms), and who caused it. */
export type Recorded<Event> = Event & {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly origin?: Origin;
};

/** What a rule may know beside the state and the command: the time, and whose state it is. */
export interface Context {
  readonly now: number;
  readonly self: Address;
  /** The subject that gave the command, or the actor whose fact it is. */
  readonly by: string;
}

/** An outside call to be made, whatever happens: the same `key` is sent with every attempt. */
export interface EffectRequest<Kind extends string = string, Request = unknown> {
  readonly key: string;
  readonly kind: Kind;
  readonly request: Request;
}

/**
 * The rules of one kind of actor, pure. `decide` judges, `evolve` believes, `react` makes news a command,
 * `publish` says what others must know, `effects` what must be done outside, `deadlines` what must not wait for ever.
 */
export interface Rules<State, Command, Event> {
  readonly initial: State;
  decide(state: State, command: Command, context: Context): readonly Event[] | Refusal;
  evolve(state: State, event: Recorded<Event>): State;
  react(fact: Fact, from: Address, state: State): Command | null;
  publish(event: Recorded<Event>, state: State, before: State): readonly Addressed[];
  effects(event: Recorded<Event>, state: State, before: State): readonly EffectRequest[];
  /** Named timers: name → due (epoch ms). When one is due, the command `timeout(name)` is decided. */
  deadlines(state: State): Readonly<Record<string, number>>;
  timeout(name: string): Command;
}
