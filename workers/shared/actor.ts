import { DurableObject } from "cloudflare:workers";
import { addressOf, parseAddress, type ActorKind, type Address } from "../../contracts/address.ts";
import { factIn, type Envelope, type Message } from "../../contracts/events.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import { carry, type Carriers, type Receipt, type Failure } from "./carriers.ts";
import { changedRows, stateOf, type Layout } from "./collections.ts";
import { Effects, type Attempt, type EffectRow } from "./effects.ts";
import { LiveSockets, type Viewer } from "./live.ts";
import { patienceMs } from "./link.ts";
import { log } from "./log.ts";
import { Outbox } from "./outbox.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { ActorStorage, chained, parseEvent } from "./storage.ts";
import { Timers } from "./timers.ts";
import { newTrace } from "./trace.ts";

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

const answersKeptMs = 48 * 3_600_000;
/** Old events are trimmed so many at a time: a feed is not swept at every alarm. */
const sweepEvery = 100;
/** A viewer who missed more than this is better served by a snapshot. */
const mostReplayed = 500;
/** An alarm is followed by another no sooner than this, and after a fault in it much later. */
const soonestMs = 100;
const afterFaultMs = 60_000;

/**
 * One actor: a thread of its own with its own log. This shell loads, asks the rules, writes everything in one
 * transaction, and only then tells anybody: sockets, other actors, the outside.
 */
export abstract class Actor<
  Env,
  State extends object,
  Command,
  Event extends { type: string },
> extends DurableObject<Env> {
  protected abstract readonly kind: ActorKind;
  protected abstract readonly rules: Rules<State, Command, Event>;
  protected abstract readonly layout: Layout<State>;
  /** How many events the log keeps; null keeps all. */
  protected readonly retain: number | null = null;
  protected readonly memory: ActorStorage;
  protected readonly sockets: LiveSockets;
  private readonly effects: Effects;
  private readonly timers: Timers;
  private loaded: { state: State; seq: number; hash: string } | undefined;
  private link: Outbox | undefined;
  private unsent: Envelope[] = [];

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.memory = new ActorStorage(ctx.storage);
    this.effects = new Effects(this.memory);
    this.timers = new Timers(ctx);
    this.sockets = new LiveSockets(ctx);
  }

  /** Where facts for others go: a queue per service, or straight to an object of the same service. */
  protected abstract carriers(): Carriers;
  /** What a viewer's socket is told of an event; null when it does not concern what the viewer follows. */
  protected abstract liveMessage(event: Recorded<Event>, state: State, viewer: Viewer): object | null;
  /** The topic whose followers an event concerns; undefined where it concerns everybody. */
  protected topicOf(_event: Recorded<Event>): string | undefined {
    return undefined;
  }
  /** Makes an outside call; a throw means: try again. */
  protected perform(kind: string, _request: unknown, _key: string): Promise<Attempt<Command>> {
    return Promise.reject(new Error(`no way to perform ${kind}`));
  }

  protected get self(): Address {
    const name = this.ctx.id.name;
    if (name === undefined) throw new Error("an actor is reached by its name only");
    const [tenant = "", id = ""] = name.split("/");
    return addressOf(this.kind, tenant, id);
  }

  protected get tenant(): string {
    return parseAddress(this.self).tenant;
  }

  protected get id(): string {
    return parseAddress(this.self).id;
  }

  /** The object's name for the log; unlike `self` it never throws. */
  private get name(): string {
    return this.ctx.id.name ?? this.ctx.id.toString();
  }

  protected get state(): State {
    return this.load().state;
  }

  /** The number of the newest event. */
  protected get seq(): number {
    return this.load().seq;
  }

  protected get outbox(): Outbox {
    this.link ??= new Outbox(this.memory, this.self);
    return this.link;
  }

  /** Decides a command and records what follows; the answer is made from the state after it, and kept under its key. */
  protected execute(command: Command, ask: Ask, answer: (state: State) => object): Answer | Refusal {
    const before = this.answered(ask);
    if (before !== null) return before;
    const now = Date.now();
    const events = this.rules.decide(this.state, command, { now, self: this.self, by: ask.by });
    if (isRefusal(events)) return events;
    let body = "";
    const keep = (state: State): void => {
      body = JSON.stringify(answer(state));
      if (ask.key !== null) this.memory.putAnswer(scoped(ask.by, ask.key), ask.fingerprint ?? "", body, now);
    };
    if (events.length === 0 && ask.key === null) body = JSON.stringify(answer(this.state));
    else if (events.length === 0) this.memory.write(() => keep(this.state));
    else this.record(events, ask.by, ask.traceparent, now, keep);
    this.tellOthers();
    return { body, replayed: false };
  }

  /** What was answered under this key before, a refusal where it came with another request; null where nothing was. */
  protected answered(ask: Ask): Answer | Refusal | null {
    const before = ask.key === null ? undefined : this.memory.answer(scoped(ask.by, ask.key));
    if (before === undefined) return null;
    if (before.fingerprint === (ask.fingerprint ?? "")) return { body: before.body, replayed: true };
    return refuse("idempotency-key-reused", "This Idempotency-Key came with another request before; use a new one.");
  }

  /** Takes facts and acknowledgements from others: each stream in order, each fact once. */
  async receive(message: Message): Promise<Receipt> {
    const now = Date.now();
    if (message.acks.length > 0 && this.memory.exists)
      this.memory.write(() => this.outbox.acknowledge(message.acks, now));
    const failures: Failure[] = [];
    const senders = Map.groupBy(message.facts, (fact) => fact.from);
    for (const [from, arrived] of senders) {
      const { apply, hold } = this.outbox.sort(from, arrived);
      let waiting = hold;
      for (const [at, envelope] of apply.entries()) {
        try {
          this.apply(envelope, now);
        } catch (error) {
          failures.push({ envelope, error: String(error), stack: error instanceof Error ? (error.stack ?? "") : "" });
          this.outbox.drop(envelope);
          waiting = [...apply.slice(at + 1), ...hold];
          break;
        }
      }
      if (waiting.length > 0) this.memory.write(() => this.outbox.hold(waiting));
    }
    const positions = [...senders.keys()].map((from) => ({ from, to: this.self, upTo: this.outbox.appliedOf(from) }));
    this.tellOthers();
    return { positions, failures };
  }

  /** The one alarm: due timers, calls and retransmissions. It never throws, for the platform would give up on it. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.timers.rang();
    // Each for itself: a fault in one rule must not keep what is owed to others from going out.
    const steps = [this.fireTimers, this.retransmit, this.housekeep, this.tellOthers];
    const well = steps.map((step) => this.survive(() => step.call(this, now))).every(Boolean);
    const armed = this.survive(() => this.arm(now, well ? soonestMs : afterFaultMs));
    if (!armed) this.timers.arm(now + afterFaultMs);
  }

  /** Opens a socket: what was missed since event `after`, or a snapshot where that cannot be told. */
  protected accept(viewer: Viewer, request: Request, after: number | null, snapshot: () => object): Response {
    const near = after !== null && after <= this.seq && this.seq - after <= mostReplayed;
    const events = near ? this.memory.eventsAfter(after) : [];
    const whole = near && events.length === this.seq - after;
    const first = whole
      ? events.flatMap(({ body }) => this.liveMessage(parseEvent(body), this.state, viewer) ?? [])
      : [{ type: "snapshot", seq: this.seq, ...snapshot() }];
    const offered = request.headers.get("sec-websocket-protocol");
    return this.sockets.accept(viewer, offered === null ? null : "comanda.v1", first);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 say that no code was given; they may not be sent.
    socket.close(code === 1005 || code === 1006 ? 1000 : code, "closed");
  }

  /** Takes in telemetry: state of which no event tells and whose newest part may be lost. `keep` writes it. */
  protected note(state: State, keep: boolean): void {
    const before = this.load();
    const rows = keep ? changedRows(this.layout, before.state, state) : [];
    if (rows.length > 0) this.memory.write(() => rows.forEach(({ key, body }) => this.memory.putState(key, body)));
    this.loaded = { ...before, state };
    if (keep) this.arm(Date.now());
  }

  private load(): { state: State; seq: number; hash: string } {
    this.loaded ??= { state: stateOf(this.layout, this.rules.initial, this.memory.stateRows()), ...this.memory.tip() };
    return this.loaded;
  }

  /** Writes events, state, facts, calls and whatever else belongs to them as one. */
  private record(
    events: readonly Event[],
    by: string,
    traceparent: string,
    now: number,
    also: (state: State) => void,
  ): void {
    const before = this.load();
    let { state, seq, hash } = before;
    const recorded: Recorded<Event>[] = [];
    const steps = events.map((event) => {
      seq += 1;
      const step: Recorded<Event> = { ...event, seq, at: now, by };
      const was = state;
      state = this.rules.evolve(was, step);
      recorded.push(step);
      return { step, facts: this.rules.publish(step, state, was), calls: this.rules.effects(step, state, was) };
    });
    const owes = steps.some(({ facts, calls }) => facts.length > 0 || calls.length > 0);
    // Armed before the write: an alarm too many does no harm, one too few would leave an order hanging.
    this.armFor(Math.min(this.timers.next(this.rules.deadlines(state)), owes ? now + patienceMs(0) : Infinity), now);
    const envelopes = this.memory.write(() => {
      const written: Envelope[] = [];
      for (const { step, facts, calls } of steps) {
        const body = JSON.stringify(step);
        hash = chained(hash, body);
        this.memory.appendEvent(step.seq, body, hash);
        if (facts.length > 0) written.push(...this.outbox.put(facts, { event: step.seq, at: now, traceparent }));
        this.effects.put(calls, now);
      }
      for (const { key, body } of changedRows(this.layout, before.state, state)) this.memory.putState(key, body);
      also(state);
      return written;
    });
    this.loaded = { state, seq, hash };
    this.unsent.push(...envelopes);
    for (const [topic, about] of Map.groupBy(recorded, (event) => this.topicOf(event))) {
      this.sockets.broadcast((viewer) => about.flatMap((event) => this.liveMessage(event, state, viewer) ?? []), now, topic);
    }
  }

  /** Applies one fact and its place in the stream together. */
  private apply(envelope: Envelope, now: number): void {
    const command = this.rules.react(factIn(envelope), envelope.from, this.state);
    const events =
      command === null ? [] : this.rules.decide(this.state, command, { now, self: this.self, by: envelope.from });
    const mark = (): void => this.outbox.markApplied(envelope, now);
    if (isRefusal(events))
      log.info("late fact", { actor: this.self, fact: envelope.id, type: envelope.type, why: events.detail });
    if (isRefusal(events) || events.length === 0) this.memory.write(mark);
    else this.record(events, envelope.from, envelope.traceparent ?? newTrace(), now, mark);
  }

  /** Lets every due timer go off once, the most overdue first; what one changes may make the next needless. */
  private fireTimers(now: number): void {
    const tried = new Set<string>();
    for (;;) {
      const due = this.timers.due(this.rules.deadlines(this.state), now, tried);
      if (due === undefined) return;
      tried.add(due.name);
      this.survive(() => this.fire(due.name, now));
      if (this.rules.deadlines(this.state)[due.name] !== due.at) continue;
      this.timers.putOff(due.name, due.at, now);
      log.error("timer without effect", { actor: this.name, timer: due.name });
    }
  }

  private fire(name: string, now: number): void {
    const events = this.rules.decide(this.state, this.rules.timeout(name), { now, self: this.self, by: "timer" });
    if (!isRefusal(events) && events.length > 0) this.record(events, "timer", newTrace(), now, () => {});
  }

  private retransmit(now: number): void {
    const overdue = this.outbox.overdue(now);
    if (overdue.length > 0) this.ctx.waitUntil(this.carry(overdue, "by queue"));
  }

  /** Right after the write: sends what is new and makes the calls that are due. */
  private tellOthers(): void {
    const fresh = this.unsent;
    this.unsent = [];
    if (fresh.length > 0) this.ctx.waitUntil(this.carry(fresh, "directly"));
    for (const row of this.effects.due(Date.now())) this.ctx.waitUntil(this.makeCall(row));
  }

  private async makeCall(row: EffectRow): Promise<void> {
    const command = await this.effects.attempt<Command>(
      row,
      (kind, request, key) => this.perform(kind, request, key),
      Date.now,
    );
    const now = Date.now();
    // A given-up attempt may answer after a later one: what is recorded is not recorded again.
    if (command === null || !this.effects.owes(row.key)) return this.arm(now);
    try {
      this.settle(row, command, now);
    } catch (error) {
      this.effects.putOff(row, String(error), now);
      log.error("outcome not recorded", { actor: this.name, effect: row.key, error: String(error) });
      this.arm(now);
    }
    this.tellOthers();
  }

  /** Records the outcome of a call together with what follows from it. */
  private settle(row: EffectRow, command: Command, now: number): void {
    const events = this.rules.decide(this.state, command, { now, self: this.self, by: row.kind });
    const settle = (): void => this.effects.settle(row.key);
    if (isRefusal(events)) log.info("late outcome", { actor: this.name, effect: row.key, why: events.detail });
    if (isRefusal(events) || events.length === 0) this.memory.write(settle);
    else this.record(events, row.kind, newTrace(), now, settle);
  }

  private async carry(envelopes: readonly Envelope[], way: "directly" | "by queue"): Promise<void> {
    const acks = await carry(this.carriers(), envelopes, way);
    if (acks.length > 0) this.memory.write(() => this.outbox.acknowledge(acks, Date.now()));
  }

  private housekeep(now: number): void {
    if (this.retain === null || this.seq - this.memory.oldestEvent() < this.retain + sweepEvery) return;
    this.memory.trimEvents(this.seq - this.retain + 1);
    this.memory.forgetAnswers(now - answersKeptMs);
    this.outbox.forgetStill(now);
  }

  private survive(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      log.error("alarm failed", { actor: this.name, error: String(error) });
      return false;
    }
  }

  /** Sees to it that the alarm goes off at `at` or before; the first time after waking, at the earliest of all. */
  private armFor(at: number, now: number): void {
    this.timers.arm(this.timers.known ? at : Math.min(at, this.owedAt(now)));
  }

  private arm(now: number, soonest = soonestMs): void {
    const at = Math.min(this.owedAt(now), this.timers.next(this.rules.deadlines(this.state)));
    this.timers.arm(Math.max(at, now + soonest));
  }

  /** When a call or a retransmission is next due (epoch ms), or Infinity. */
  private owedAt(now: number): number {
    return Math.min(this.outbox.nextRetryAt() ?? Infinity, this.effects.nextAt(now) ?? Infinity);
  }
}

/** A key is its giver's own: nobody is answered what another was. */
function scoped(by: string, key: string): string {
  return `${by} ${key}`;
}
