import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { ActorStorage } from "./storage.ts";

/** Who gives a command and how: `key` and `fingerprint` (null where none is asked for) make a repetition harmless. */
export interface Ask {
  readonly by: string;
  readonly key: string | null;
  readonly fingerprint: string | null;
  readonly traceparent: string;
}

/** What a command is answered with: the body as JSON text, and whether it was answered before. */
export interface Answer {
  readonly body: string;
  readonly replayed: boolean;
}

/** A request that is repeated later than this may be answered as a new one. */
const keptMs = 48 * 3_600_000;
/** An object looks this often for answers that are older, when it keeps a new one. */
const forgetEveryMs = 3_600_000;

/** What an object has answered, by the keys it was asked with. */
export class Answers {
  private readonly storage: ActorStorage;
  private forgotAt = 0;

  constructor(storage: ActorStorage) {
    this.storage = storage;
  }

  /** What was answered under this key before, a refusal where it came with another request; null where nothing was. */
  to(ask: Ask): Answer | Refusal | null {
    const before = ask.key === null ? undefined : this.storage.answer(scoped(ask.by, ask.key));
    if (before === undefined) return null;
    if (before.fingerprint === (ask.fingerprint ?? "")) return { body: before.body, replayed: true };
    return refuse("idempotency-key-reused", "This Idempotency-Key came with another request before; use a new one.");
  }

  /** Keeps an answer under its key; to be called inside the transaction of the events it tells of. */
  keep(ask: Ask, body: string, now: number): void {
    if (ask.key === null) return;
    // Not at an object's first answer, which has none before it: placing an order is not made slower.
    if (this.storage.exists && now - this.forgotAt >= forgetEveryMs) this.forgetOld(now);
    this.storage.putAnswer(scoped(ask.by, ask.key), ask.fingerprint ?? "", body, now);
  }

  private forgetOld(now: number): void {
    this.forgotAt = now;
    this.storage.forgetAnswers(now - keptMs);
  }
}

/** A key is its giver's own: nobody is answered what another was. */
function scoped(by: string, key: string): string {
  return `${by} ${key}`;
}
