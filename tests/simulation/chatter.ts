import type { Address } from "../../contracts/address.ts";
import type { Message } from "../../contracts/envelope.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import type { Actor, Answer } from "../../workers/shared/actor.ts";
import type { Carriers, Receiver } from "../../workers/shared/carriers.ts";
import type { Attempt } from "../../workers/shared/effects.ts";

/** What one actor of the simulation has said, heard and done; every list is in the order in which it came to pass. */
export interface Chat {
  readonly said: Readonly<Record<string, readonly string[]>>;
  readonly heard: Readonly<Record<string, readonly string[]>>;
  readonly paid: readonly string[];
  readonly alarms: Readonly<Record<string, number>>;
  readonly rang: readonly string[];
}

export type Saying =
  | { readonly type: "say"; readonly to: Address; readonly text: string }
  | { readonly type: "hear"; readonly from: Address; readonly text: string }
  | { readonly type: "pay"; readonly text: string }
  | { readonly type: "paid"; readonly text: string }
  | { readonly type: "wake-me"; readonly name: string; readonly at: number }
  | { readonly type: "ring"; readonly name: string };

export type Happening =
  | { readonly type: "said"; readonly to: Address; readonly text: string }
  | { readonly type: "heard"; readonly from: Address; readonly text: string }
  | { readonly type: "owed"; readonly text: string }
  | { readonly type: "paid"; readonly text: string }
  | { readonly type: "set"; readonly name: string; readonly due: number }
  | { readonly type: "rang"; readonly name: string };

export interface Outside {
  /** Pays; the same key is paid once, however often it is asked. */
  pay(key: string): Promise<void>;
  /** Whether this text cannot be handled at the moment. */
  chokesOn(text: string): boolean;
}

export interface ChatterEnv extends Outside {
  readonly carriers: Carriers;
}

export const quiet: Chat = { said: {}, heard: {}, paid: [], alarms: {}, rang: [] };

function added(lists: Chat["said"], name: string, text: string): Chat["said"] {
  return { ...lists, [name]: [...(lists[name] ?? []), text] };
}

/** The rules of the simulation's actors: talk, echo what begins with `echo`, pay, and ring when it is time. */
export function chatRules(chokesOn: (text: string) => boolean): Rules<Chat, Saying, Happening> {
  return {
    initial: quiet,
    decide(state, command, { now }): readonly Happening[] | Refusal {
      switch (command.type) {
        case "say":
          return [{ type: "said", to: command.to, text: command.text }];
        case "hear": {
          if (chokesOn(command.text)) throw new Error(`choked on ${command.text}`);
          const { from, text } = command;
          if (text.startsWith("ignore")) return refuse("conflict", "not now");
          const heard: Happening = { type: "heard", from, text };
          return text.startsWith("echo") ? [heard, { type: "said", to: from, text: `re: ${text}` }] : [heard];
        }
        case "pay":
          return [{ type: "owed", text: command.text }];
        case "paid":
          return [{ type: "paid", text: command.text }];
        case "wake-me":
          return [{ type: "set", name: command.name, due: command.at }];
        case "ring":
          return (state.alarms[command.name] ?? Infinity) <= now ? [{ type: "rang", name: command.name }] : [];
      }
    },
    evolve(state, event: Recorded<Happening>): Chat {
      switch (event.type) {
        case "said":
          return { ...state, said: added(state.said, event.to, event.text) };
        case "heard":
          return { ...state, heard: added(state.heard, event.from, event.text) };
        case "owed":
          return state;
        case "paid":
          return { ...state, paid: [...state.paid, event.text] };
        case "set":
          return { ...state, alarms: { ...state.alarms, [event.name]: event.due } };
        case "rang": {
          const { [event.name]: _, ...alarms } = state.alarms;
          return { ...state, alarms, rang: [...state.rang, event.name] };
        }
      }
    },
    react: (fact, from) => (fact.type === "ticket.started" ? { type: "hear", from, text: fact.data.by } : null),
    publish: (event) =>
      event.type === "said" ? [{ type: "ticket.started", to: event.to, data: { by: event.text } }] : [],
    effects: (event) =>
      event.type === "owed" ? [{ key: `pay ${event.text}`, kind: "pay", request: { text: event.text } }] : [],
    deadlines: (state) => state.alarms,
    timeout: (name) => ({ type: "ring", name }),
  };
}

/** What a chatter is to its callers. */
export interface Chatter extends Receiver {
  alarm(): Promise<void>;
  command(saying: Saying, key: string): Promise<Answer | Refusal>;
}

/** An actor that chats, over the given shell: the real one, or one with a planted fault. */
export function chatterOn(Shell: typeof Actor, kind: "order" | "venue" | "board") {
  return class extends Shell<ChatterEnv, Chat, Saying, Happening> {
    protected override readonly kind = kind;
    protected override readonly rules = chatRules((text) => this.env.chokesOn(text));
    protected override readonly layout = { collections: ["heard", "said", "alarms"] as const };

    async command(saying: Saying, key: string): Promise<Answer | Refusal> {
      const ask = {
        by: "a customer",
        key,
        fingerprint: JSON.stringify(saying),
        traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01`,
      };
      return this.execute(saying, ask, () => ({ ok: true }));
    }

    override receive(message: Message): ReturnType<Receiver["receive"]> {
      return super.receive(message);
    }

    protected override carriers(): Carriers {
      return this.env.carriers;
    }

    protected override liveMessage(event: Recorded<Happening>): object {
      return { type: event.type, seq: event.seq };
    }

    protected override async perform(_kind: string, request: unknown, key: string): Promise<Attempt<Saying>> {
      await this.env.pay(key);
      return { done: { type: "paid", text: (request as { text: string }).text } };
    }
  };
}
