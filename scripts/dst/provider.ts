import { isRefusal, problemOf } from "../../contracts/problem.ts";
import { authorise, begin, decide, evolve, mannerOf, type Command } from "../../workers/sandbox/payments/ledger.ts";
import { Authorisation, Refund, statementOf, type Payment } from "../../workers/sandbox/payments/payment.ts";
import type { Cloud } from "./cloud.ts";

interface Reply {
  readonly status: number;
  readonly body: object;
}

/** A step that was booked: which one, and for how much (minor units). */
export interface Booking {
  readonly kind: string;
  readonly amount: number;
}

const neverMs = 60_000;

/** All that the provider's books hold. */
export interface Books {
  readonly payments: readonly Payment[];
  readonly bookings: readonly (readonly [string, Booking[]])[];
  readonly answers: readonly (readonly [string, { fingerprint: string; reply: Reply }])[];
  readonly asked: readonly string[];
}

/** The payment provider: the sandbox's own books, behind a connection that may be as bad as connections are. */
export class Provider {
  readonly payments = new Map<string, Payment>();
  /** By the order they are for. */
  readonly bookings = new Map<string, Booking[]>();
  isDown = false;
  /** Told of every step that was booked. */
  onBooked: (reference: string, booking: Booking) => void = () => {};
  private readonly answers = new Map<string, { fingerprint: string; reply: Reply }>();
  private readonly asked = new Set<string>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  get books(): Books {
    const { payments, bookings, answers, asked } = this;
    return { payments: [...payments.values()], bookings: [...bookings], answers: [...answers], asked: [...asked] };
  }

  open({ payments, bookings, answers, asked }: Books): void {
    for (const payment of payments) this.payments.set(payment.id, payment);
    for (const [reference, booked] of bookings) this.bookings.set(reference, booked);
    for (const [key, answer] of answers) this.answers.set(key, answer);
    for (const what of asked) this.asked.add(what);
  }

  /** Stands in for `fetch`. */
  readonly fetch = async (url: string, init: RequestInit): Promise<unknown> => {
    const { chance, weather, clock, story } = this.cloud;
    const strike = (fault: string): void => this.cloud.strike(`provider: ${fault}`);
    const { pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const key = headers.get("idempotency-key") ?? "";
    const command = commandOf(pathname, JSON.parse(init.body as string));
    this.cloud.ask(key);
    const silence = (why: string, fault = why): Promise<never> => {
      strike(fault);
      story.tell(`${key} → provider ✗ ${why}`);
      return new Promise((_, reject) => {
        const abort = (): void => reject(new Error("no answer in time"));
        init.signal?.addEventListener("abort", abort);
        clock.in(neverMs, abort);
      });
    };
    await clock.sleep(chance.between(5, 200));
    init.signal?.throwIfAborted();
    if (this.isDown && chance.hits(0.5)) return silence("it is down", "down");
    if (this.isDown) {
      strike("down");
      return refused(503);
    }
    if (chance.hits(weather.providerErrs)) {
      strike("busy");
      story.tell(`${key} → provider ✗ it is busy`);
      return refused(chance.of([500, 502, 503, 429, 408]));
    }
    if (chance.hits(weather.providerSilent / 2)) return silence("the request is lost", "request lost");
    const isNew = !this.answers.has(key);
    const { status, body } = this.act(key, command);
    story.tell(`${key} → provider: ${status}${isNew ? "" : ", as before"}`);
    if (isNew && mannerOf(command) === "never") return silence("done, and no answer", "done without an answer");
    if (chance.hits(weather.providerSilent / 2))
      return silence("done, and the answer is lost", "done without an answer");
    if (mannerOf(command) === "slowly") await clock.sleep(3_000);
    const isSlow = chance.hits(weather.providerSlow);
    if (isSlow) strike("slow");
    if (isSlow) await clock.sleep(chance.between(1_000, 15_000));
    init.signal?.throwIfAborted();
    const isCutOff = chance.hits(weather.providerErrs / 4);
    const json = (): Promise<object> =>
      isCutOff ? Promise.reject(new SyntaxError("cut off")) : Promise.resolve(structuredClone(body));
    return { ok: status < 300, status, json };
  };

  /** Does a command once for its key, as the sandbox's ledger does. */
  private act(key: string, command: Command): Reply {
    const fingerprint = JSON.stringify(command);
    const known = this.answers.get(key);
    if (known !== undefined) {
      return known.fingerprint === fingerprint ? known.reply : { status: 422, body: { detail: "key reused" } };
    }
    // A refund in part has its number in its key, and each is a step of its own.
    const part = /\/refund\/(\d+)$/.exec(key)?.[1] ?? "";
    const what = `${command.type} ${part} of ${command.type === "authorise" ? command.body.reference : command.payment}`;
    if (this.asked.has(what)) this.cloud.broken.push(`the ${what} was asked for under a second key, ${key}`);
    this.asked.add(what);
    const reply = this.perform(key, command);
    this.answers.set(key, { fingerprint, reply });
    return reply;
  }

  private perform(key: string, command: Command): Reply {
    if (command.type === "authorise") {
      const movement = authorise(command.body);
      const id = `pay_${this.payments.size + 1}`;
      const payment = begin(id, command.body, movement, this.cloud.clock.now);
      this.payments.set(id, payment);
      this.book(payment.reference, movement);
      return { status: 201, body: statementOf(payment) };
    }
    const before = this.payments.get(command.payment);
    if (before === undefined) return { status: 404, body: { detail: `no payment ${command.payment} for ${key}` } };
    const verdict = decide(before, command);
    if (isRefusal(verdict)) return { status: problemOf(verdict).status, body: problemOf(verdict) };
    if ("status" in verdict) return { status: verdict.status, body: verdict };
    const after = evolve(before, verdict);
    this.payments.set(after.id, after);
    this.book(after.reference, verdict);
    return { status: 200, body: statementOf(after) };
  }

  private book(reference: string, { kind, amount }: Booking): void {
    const before = this.bookings.get(reference) ?? [];
    if (kind !== "refunded" && before.some((booking) => booking.kind === kind))
      this.cloud.broken.push(`${reference} was ${kind} twice`);
    this.bookings.set(reference, [...before, { kind, amount }]);
    this.onBooked(reference, { kind, amount });
    this.cloud.story.tell(`provider: ${reference} ${kind} ${amount}`);
  }
}

function commandOf(pathname: string, body: unknown): Command {
  const [, , payment = "", step] = pathname.split("/");
  if (payment === "authorisations") return { type: "authorise", body: Authorisation.parse(body) };
  if (step === "capture") return { type: "capture", payment, body: {} };
  if (step === "void") return { type: "void", payment };
  if (step === "refund") return { type: "refund", payment, body: Refund.parse(body) };
  throw new Error(`the provider has no ${pathname}`);
}

function refused(status: number): object {
  return { ok: false, status, json: () => Promise.resolve({ title: "not now" }) };
}
