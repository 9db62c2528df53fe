import { type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import type { RouteTo } from "./api.ts";
import { isPassing } from "./intent.ts";
import { serverNow } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { freshId, keep, kept } from "./storage.ts";

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

/** Something to be done, as people call it. */
export type Deed = Pick<PendingAction, "name" | "label" | "about" | "params"> & Partial<Pick<PendingAction, "body">>;

const Outcome = z.object({ action: PendingAction, problem: Problem.nullable() });
/** What became of an action: refused, or done though it had to wait. */
export type Outcome = z.infer<typeof Outcome>;

const Kept = z.object({ waiting: z.array(PendingAction), outcomes: z.array(Outcome) });

const pausesMs = [500, 1_000, 2_000, 5_000, 10_000];
const mostOutcomes = 50;
/** Whoever has not heard an answer for so long is told that there is none yet: some networks swallow all. */
const slowMs = 3_000;

/**
 * What people do on a device, sent one after the other in the order they did it. Without a connection it waits, also
 * through a reload, and is sent when the connection is back; each then has an outcome that somebody has to read.
 */
export class PendingActions {
  readonly #name: string;
  readonly #session: Session;
  readonly #routes: Readonly<Record<string, RouteTo<unknown>>>;
  readonly #answered: (value: unknown) => void;
  readonly #waiting = signal<readonly PendingAction[]>([]);
  readonly #outcomes = signal<readonly Outcome[]>([]);
  readonly #slow = signal(false);
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
    this.#name = `comanda.pending.${name}`;
    this.#session = session;
    this.#routes = routes;
    const before = kept(this.#name, Kept);
    this.#waiting.value = before?.waiting ?? [];
    this.#outcomes.value = before?.outcomes ?? [];
    addEventListener("online", this.hurry);
    void this.#send();
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

  do({ name, label, about, params, body = {} }: Deed): void {
    const of = about === undefined || about === "" ? {} : { about };
    // What is shown as not sent has its outcome told, also where the connection is back before anything was tried.
    const waited = !navigator.onLine;
    const action = { key: freshId(), name, label, ...of, params, body, at: serverNow(), waited };
    this.#set([...this.#waiting.peek(), action], this.#outcomes.peek());
    void this.#send();
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

  close(): void {
    removeEventListener("online", this.hurry);
    clearTimeout(this.#retry);
    this.#sending = true;
  }

  async #send(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#sending) return;
    this.#sending = true;
    for (let [next] = this.#waiting.peek(); next !== undefined; [next] = this.#waiting.peek()) {
      const route = this.#routes[next.name];
      const { params, body, key } = next;
      // Kept by an older version of the page.
      const slow = setTimeout(() => (this.#slow.value = true), slowMs);
      const problem = route === undefined ? unknown : await this.#ask(route, { params, body, key });
      clearTimeout(slow);
      if (problem !== null && mayYetSucceed(problem.status)) {
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
    const rest = this.#waiting.peek().filter(({ key }) => key !== action.key);
    const told = problem !== null || action.waited;
    const outcome = { action: { ...action, body: withoutLarge(action.body) }, problem };
    const outcomes = told ? [...this.#outcomes.peek(), outcome] : this.#outcomes.peek();
    this.#set(rest, outcomes.slice(-mostOutcomes));
  }

  #again(): void {
    const late = this.#waiting.peek().map((action) => ({ ...action, waited: true }));
    this.#set(late, this.#outcomes.peek());
    const pause = pausesMs[Math.min(this.#failures, pausesMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#retry = setTimeout(() => void this.#send(), pause * (0.5 + Math.random()));
  }

  #set(waiting: readonly PendingAction[], outcomes: readonly Outcome[]): void {
    this.#waiting.value = waiting;
    this.#outcomes.value = outcomes;
    keep(this.#name, waiting.length + outcomes.length === 0 ? null : { waiting, outcomes });
  }
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
