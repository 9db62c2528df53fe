import { type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import type { RouteTo } from "./api.ts";
import { isPassing } from "./intent.ts";
import { keptAfterAll } from "./pending-kept.ts";
import { Safe } from "./safe.ts";
import { serverNow } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { freshId } from "./storage.ts";

export const PendingAction = z.object({
  /** The Idempotency-Key it is sent under, however often. */
  key: z.string(),
  /** Which of the routes it is. */
  name: z.string(),
  /** What it is done to, as people call it: an order's code, a dish. */
  label: z.string(),
  /** What of it: a dish, a time, a reason, in the words of the screen. Missing in what was kept before it was. */
  about: z.string().optional(),
  params: z.record(z.string(), z.string()),
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.number())])),
  /** Epoch milliseconds by the server's clock, as far as this device knew it. */
  at: z.number(),
  /** Whether it could not be sent at once. */
  waited: z.boolean(),
});
/** Something done on this device that the server has not answered yet. */
export type PendingAction = z.infer<typeof PendingAction>;

/** Something to be done, as people call it; under a key of its own and with its time, where it was done before. */
export type Deed = Pick<PendingAction, "name" | "label" | "about" | "params"> &
  Partial<Pick<PendingAction, "body" | "key" | "at" | "waited">>;

const Outcome = z.object({ action: PendingAction, problem: Problem.nullable() });
/** What became of an action: refused, or done though it had to wait. */
export type Outcome = z.infer<typeof Outcome>;

const Kept = z.object({ waiting: z.array(PendingAction), outcomes: z.array(Outcome) });
type Kept = z.infer<typeof Kept>;

const nothing: Kept = { waiting: [], outcomes: [] };

const pausesMs = [500, 1_000, 2_000, 5_000, 10_000];
const mostOutcomes = 50;
/** Whoever has not heard an answer for so long is told that there is none yet: some networks swallow all. */
const slowMs = 3_000;
/** A browser that does not say for so long what it has kept will not say it soon. */
export const recallMs = 1_500;

/**
 * What people do on a device, sent one after the other in the order they did it. Without a connection it waits, also
 * when the browser is closed or killed, and is sent when the connection is back; each then has an outcome that somebody
 * has to read.
 */
export class PendingActions {
  readonly #safe: Safe<Kept>;
  readonly #session: Session;
  readonly #routes: Readonly<Record<string, RouteTo<unknown>>>;
  readonly #answered: (value: unknown) => void;
  readonly #waiting = signal<readonly PendingAction[]>([]);
  readonly #outcomes = signal<readonly Outcome[]>([]);
  readonly #slow = signal(false);
  /** Of these nobody knows whether the server has heard. */
  readonly #tried = signal<ReadonlySet<string>>(new Set());
  #begun = false;
  #closed = false;
  #sending = false;
  #failures = 0;
  #retry = 0;

  /** `answered` is told what the server says to an action it has taken. */
  constructor(
    name: string,
    session: Session,
    routes: Readonly<Record<string, RouteTo<unknown>>>,
    answered: (value: unknown) => void,
  ) {
    this.#answered = answered;
    this.#session = session;
    this.#routes = routes;
    this.#safe = new Safe(`comanda.pending.${name}`, Kept);
    const first = ofBefore(this.#safe.atOnce ?? nothing);
    this.#waiting.value = first.waiting;
    this.#outcomes.value = first.outcomes;
    addEventListener("online", this.hurry);
    const late = setTimeout(() => this.#begin(), recallMs);
    void this.#recall(first).finally(() => {
      clearTimeout(late);
      this.#begin();
    });
  }

  /** Whether what waits outlives this page. */
  get kept(): ReadonlySignal<boolean> {
    return this.#safe.holds;
  }

  get waiting(): ReadonlySignal<readonly PendingAction[]> {
    return this.#waiting;
  }

  get outcomes(): ReadonlySignal<readonly Outcome[]> {
    return this.#outcomes;
  }

  /** What waits with no answer to come soon: whatever the socket says, the crew must know that it is not done yet. */
  unsent(live: boolean): readonly PendingAction[] {
    const waiting = this.#waiting.value;
    return live && !this.#slow.value ? waiting.filter(({ waited }) => waited) : waiting;
  }

  /** Its key. What was done under this key already is not done again. */
  do({ name, label, about, params, body = {}, key = freshId(), at = serverNow(), waited = false }: Deed): string {
    if (this.#waiting.peek().some((one) => one.key === key)) return key;
    const of = about === undefined || about === "" ? {} : { about };
    // What is shown as not sent has its outcome told, also where the connection is back before anything was tried.
    const action = { key, name, label, ...of, params, body, at, waited: waited || !navigator.onLine };
    this.#set([...this.#waiting.peek(), action], this.#outcomes.peek());
    void this.#send();
    return key;
  }

  /** Whether it has not left this device, so that it can be as if it had never been done. */
  isHere(key: string): boolean {
    return !this.#tried.value.has(key) && this.#waiting.value.some((one) => one.key === key);
  }

  /** Takes back what has not left this device; false where it has, or may have. */
  takeBack(key: string): boolean {
    if (!this.isHere(key)) return false;
    this.#set(
      this.#waiting.peek().filter((one) => one.key !== key),
      this.#outcomes.peek(),
    );
    return true;
  }

  /** Somebody has read what became of these. */
  dismiss(keys: readonly string[]): void {
    this.#set(
      this.#waiting.peek(),
      this.#outcomes.peek().filter(({ action }) => !keys.includes(action.key)),
    );
  }

  /** There is a connection again. */
  readonly hurry = (): void => {
    this.#failures = 0;
    void this.#send();
  };

  /** Nothing of it is kept: somebody else may hold the device next. */
  forget(): void {
    this.close();
    this.#set([], []);
  }

  close(): void {
    removeEventListener("online", this.hurry);
    clearTimeout(this.#retry);
    this.#closed = true;
  }

  /** What the browser was killed with. */
  async #recall(first: Kept): Promise<void> {
    const last = await this.#safe.later();
    if (this.#closed) return;
    const now = { waiting: this.#waiting.peek(), outcomes: this.#outcomes.peek() };
    const { waiting, outcomes } = last === null ? now : keptAfterAll(first, ofBefore(last.value ?? nothing), now);
    this.#set(waiting, outcomes);
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#send();
  }

  async #send(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#sending || !this.#begun || this.#closed) return;
    this.#sending = true;
    for (let [next] = this.#waiting.peek(); next !== undefined; [next] = this.#waiting.peek()) {
      const route = this.#routes[next.name];
      const { params, body, key } = next;
      // Kept by an older version of the page.
      const slow = setTimeout(() => (this.#slow.value = true), slowMs);
      if (navigator.onLine) this.#try(key);
      const problem = route === undefined ? unknown : await this.#ask(route, { params, body, key });
      clearTimeout(slow);
      if (this.#closed) return;
      if (problem !== null && mayYetSucceed(problem.status)) {
        // A browser without a network sends nothing at all.
        if (navigator.onLine) this.#try(key);
        this.#again();
        break;
      }
      this.#failures = 0;
      this.#slow.value = false;
      this.#settle(next, problem);
    }
    this.#sending = false;
  }

  async #ask(route: RouteTo<unknown>, asked: object): Promise<Problem | null> {
    const reply = await this.#session.ask(route, asked);
    if (!reply.ok) return reply.problem;
    this.#answered(reply.value);
    return null;
  }

  #settle(action: PendingAction, problem: Problem | null): void {
    const before = this.#waiting.peek();
    const rest = before.filter(({ key }) => key !== action.key);
    // What was taken back in the very moment in which it went out after all is told as well.
    const told = rest.length === before.length ? problem === null : problem !== null || action.waited;
    const outcome = { action: { ...action, body: withoutLarge(action.body) }, problem };
    const outcomes = told ? [...this.#outcomes.peek(), outcome] : this.#outcomes.peek();
    this.#tried.value = new Set([...this.#tried.peek()].filter((key) => key !== action.key));
    this.#set(rest, outcomes.slice(-mostOutcomes));
  }

  #try(key: string): void {
    if (!this.#tried.peek().has(key)) this.#tried.value = new Set(this.#tried.peek()).add(key);
  }

  #again(): void {
    const late = this.#waiting.peek().map((action) => (action.waited ? action : { ...action, waited: true }));
    this.#set(late, this.#outcomes.peek());
    const pause = pausesMs[Math.min(this.#failures, pausesMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#retry = setTimeout(() => void this.#send(), pause * (0.5 + Math.random()));
  }

  #set(waiting: readonly PendingAction[], outcomes: readonly Outcome[]): void {
    this.#waiting.value = waiting;
    this.#outcomes.value = outcomes;
    this.#safe.put({ waiting: [...waiting], outcomes: [...outcomes] });
  }
}

/** What was done in a page that is gone had to wait for this one. */
function ofBefore({ waiting, outcomes }: Kept): Kept {
  return { waiting: waiting.map((action) => ({ ...action, waited: true })), outcomes };
}

const unknown: Problem = { type: "about:blank", title: "This version of the page cannot do that", status: 400 };

/** A photo has been sent, or is not wanted: told of is only what was done with it. */
function withoutLarge(body: PendingAction["body"]): PendingAction["body"] {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => typeof value !== "string" || value.length < 500),
  );
}

/** Also who is not let in for now: the action waits until this device is let in again. */
function mayYetSucceed(status: number): boolean {
  return status === 401 || isPassing(status);
}
