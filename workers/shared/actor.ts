import { homes, type Address } from "../../contracts/address.ts";
import type { Rehearsal } from "../../contracts/dead-letter.ts";
import type { Probed, Trace } from "../../contracts/desk.ts";
import { factIn, isTombstone, type Envelope, type Message } from "../../contracts/envelope.ts";
import type { BreakerState, Vitals } from "../../contracts/metrics.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { Origin, Recorded, Rules } from "../../contracts/rules.ts";
import { Answers, type Answer, type Ask } from "./answers.ts";
import type { Carriers, Receipt } from "./carriers.ts";
import { changedRows, stateOf, type Layout } from "./collections.ts";
import { Effects, type Attempt, type EffectRow } from "./effects.ts";
import { LiveSockets, refuseMessage, type Viewer } from "./live.ts";
import { patienceMs } from "./link.ts";
import { LinkEnd } from "./link-end.ts";
import { Messenger } from "./messenger.ts";
import type { HandOff } from "./metrics/tally.ts";
import { log } from "./log.ts";
import { during, Occasion, orderIn, traceNow } from "./occasion.ts";
import { rehearsed, traced } from "./probe.ts";
import { stepsOf } from "./steps.ts";
import { chained, parseEvent } from "./storage.ts";
import { Timers } from "./timers.ts";

export type { Answer, Ask } from "./answers.ts";

/** Whose news it is, what it came of and is about, and the trace it belongs to. */
interface News {
  readonly by: string;
  readonly origin: Origin;
  readonly about: string;
  readonly traceparent?: string | undefined;
}

/** Old events are trimmed so many at a time: a feed is not swept at every alarm. */
const sweepEvery = 100;
/** A viewer who missed more than this is better served by a snapshot. */
const mostReplayed = 500;
/** An alarm is followed by another no sooner than this, and after a fault in it much later. */
const soonestMs = 100;
const afterFaultMs = 60_000;
/** A feed that is trimmed at all keeps no event for longer, once it is over by a day. */
const dayMs = 24 * 3_600_000;
const keptMs = 12 * dayMs;

/**
 * One actor: a thread of its own with its own log. This shell loads, asks the rules, writes everything in one
 * transaction, and only then tells anybody: sockets, other actors, the outside.
 */
export abstract class Actor<Env, State extends object, Command, Event extends { type: string }>
  extends LinkEnd<Env>
  implements Probed
{
  protected abstract readonly rules: Rules<State, Command, Event>;
  protected abstract readonly layout: Layout<State>;
  /** How many events the log keeps; null keeps all. */
  protected readonly retain: number | null = null;
  protected readonly sockets: LiveSockets;
  private readonly answers: Answers;
  private readonly effects: Effects;
  private readonly timers: Timers;
  private readonly messenger: Messenger;
  private loaded: { state: State; seq: number; hash: string } | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.answers = new Answers(this.memory);
    this.effects = new Effects(this.memory);
    this.timers = new Timers(ctx);
    this.messenger = new Messenger(
      ctx,
      () => this.outbox,
      () => this.carriers(),
    );
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
  /** In which state the circuit breakers are that this actor keeps, if it keeps any. */
  protected breakers(): readonly BreakerState[] {
    return [];
  }
  /** The actors beside its order that an event brings in, which know more of it. */
  protected partiesOf(_event: Recorded<Event>): readonly Address[] {
    return [];
  }
  /** Makes an outside call; a throw means: try again. */
  protected perform(kind: string, _request: unknown, _key: string): Promise<Attempt<Command>> {
    return Promise.reject(new Error(`no way to perform ${kind}`));
  }

  protected get state(): State {
    return this.load().state;
  }

  /** The number of the newest event. */
  protected get seq(): number {
    return this.load().seq;
  }

  /**
   * Decides a command and records what follows. The answer is made from the state after it and the number of its
   * newest event, and kept under its key. What the object keeps beside its log is written by `also`, with all that, or
   * alone where nothing follows.
   */
  protected execute(
    command: Command,
    ask: Ask,
    answer: (state: State, seq: number) => object,
    also?: () => void,
  ): Answer | Refusal {
    return during(this.occasion(ask.traceparent, orderIn(command)), () => this.carryOut(command, ask, answer, also));
  }

  private carryOut(
    command: Command,
    ask: Ask,
    answer: (state: State, seq: number) => object,
    also: (() => void) | undefined,
  ): Answer | Refusal {
    const before = this.answers.to(ask);
    if (before !== null) return before;
    const now = Date.now();
    const events = this.rules.decide(this.state, command, { now, self: this.self, by: ask.by });
    if (isRefusal(events)) return events;
    let body = "";
    const keep = (state: State, seq: number): void => {
      body = JSON.stringify(answer(state, seq));
      this.answers.keep(ask, body, now);
      also?.();
    };
    if (events.length === 0 && ask.key === null && also === undefined)
      body = JSON.stringify(answer(this.state, this.seq));
    else if (events.length === 0) this.memory.write(() => keep(this.state, this.seq));
    else this.record(events, { by: ask.by }, ask.traceparent, now, keep);
    this.tellOthers();
    return { body, replayed: false };
  }

  /** Records what a command of the object's own leads to, and `also` with it, as one; false where nothing follows. */
  protected amend(command: Command, by: string, also: () => void): boolean {
    return during(this.occasion(undefined, null), () => {
      const now = Date.now();
      const events = this.rules.decide(this.state, command, { now, self: this.self, by });
      if (isRefusal(events) || events.length === 0) return false;
      this.record(events, { by }, traceNow(), now, also);
      this.tellOthers();
      return true;
    });
  }

  /** What was answered under this key before, a refusal where it came with another request; null where nothing was. */
  protected answered(ask: Ask): Answer | Refusal | null {
    return this.answers.to(ask);
  }

  /** Waits until an actor of the same service has had the chance to apply what it was told. */
  protected told(to: Address): Promise<void> {
    return this.messenger.told(to);
  }

  /** Takes facts and acknowledgements from others: each stream in order, each fact once. */
  async receive(message: Message): Promise<Receipt> {
    const now = Date.now();
    this.outbox.hear(message.acks, now);
    const senders = Map.groupBy(message.facts, (fact) => fact.from);
    const handOffs: HandOff[] = [];
    const apply = (fact: Envelope): void => {
      during(this.occasion(fact.traceparent, fact.correlationid), () => this.apply(fact, now));
      handOffs.push([fact.type, now - Date.parse(fact.time)]);
    };
    const taken = [...senders].map(([from, facts]) => this.outbox.take(from, facts, apply));
    const positions = [...senders.keys()].map((from) => ({ from, to: this.self, upTo: this.outbox.appliedOf(from) }));
    this.tellOthers();
    return { positions, failures: taken.filter((failure) => failure !== null), handOffs };
  }

  /** How the actor fares. To ask changes nothing, and makes nothing of an object that never was. */
  vitals(): Vitals {
    const sockets = this.ctx.getWebSockets().length;
    return { waiting: this.outbox.depth(), owed: this.effects.owed(), sockets, breakers: this.breakers() };
  }

  /** What would follow from a fact if it came now. */
  rehearse(envelope: Envelope): Rehearsal {
    const at = { now: Date.now(), self: this.self, by: envelope.from };
    return rehearsed(this.rules, this.load(), envelope, this.outbox.appliedOf(envelope.from), at);
  }

  /** What is remembered here of an order. */
  traceOf(order: string): Trace {
    return traced<Event>(this.memory, this.self, order, (event) => this.partiesOf(event));
  }

  /** The one alarm: due timers, calls and retransmissions. It never throws, for the platform would give up on it. */
  override async alarm(): Promise<void> {
    during(this.occasion(undefined, null), () => this.ring(Date.now()));
  }

  private ring(now: number): void {
    this.timers.rang();
    // Each for itself: a fault in one rule must not keep what is owed to others from going out.
    const steps = [this.fireDue, this.retransmit, this.housekeep, this.tellOthers];
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
      ? events.flatMap(({ body }) => this.messages(parseEvent(body), this.state, viewer))
      : [{ type: "snapshot", seq: this.seq, ...snapshot() }];
    const offered = request.headers.get("sec-websocket-protocol");
    return this.sockets.accept(viewer, offered === null ? null : "comanda.v1", first);
  }

  /** An object that listens to its viewers says so; without this a word from one would throw here. */
  override webSocketMessage(socket: WebSocket, _raw: string | ArrayBuffer): void {
    refuseMessage(socket, "", "nothing but ping is taken here");
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.sockets.reciprocate(socket, code);
  }

  /** Takes in telemetry: state of which no event tells and whose newest part may be lost. `keep` writes it. */
  protected note(state: State, keep: boolean): void {
    const before = this.load();
    const rows = keep ? changedRows(this.layout, before.state, state) : [];
    if (rows.length > 0) this.memory.write(() => rows.forEach(({ key, body }) => this.memory.putState(key, body)));
    this.loaded = { ...before, state };
    if (keep) this.arm(Date.now());
  }

  private messages(event: Recorded<Event>, state: State, viewer: Viewer): object[] {
    const message = this.liveMessage(event, state, viewer);
    return message === null ? [] : [message];
  }

  private load(): { state: State; seq: number; hash: string } {
    this.loaded ??= { state: stateOf(this.layout, this.rules.initial, this.memory.stateRows()), ...this.memory.tip() };
    return this.loaded;
  }

  /** Writes events, state, facts, calls and whatever else belongs to them as one. */
  private record(
    events: readonly Event[],
    cause: { readonly by: string; readonly origin?: Origin },
    traceparent: string,
    now: number,
    also: (state: State, seq: number) => void,
  ): void {
    const before = this.load();
    const { state, steps } = stepsOf(this.rules, before, events, { at: now, ...cause });
    let { seq, hash } = before;
    const owes = steps.some(({ facts, calls }) => facts.length > 0 || calls.length > 0);
    // Armed before the write: an alarm too many does no harm, one too few would leave an order hanging.
    this.armFor(Math.min(this.timers.next(this.rules.deadlines(state)), owes ? now + patienceMs(0) : Infinity), now);
    const envelopes = this.memory.write(() => {
      this.outbox.settle(now);
      const written: Envelope[] = [];
      for (const { event, facts, calls } of steps) {
        seq = event.seq;
        const body = JSON.stringify(event);
        hash = chained(hash, body);
        this.memory.appendEvent(seq, body, hash);
        if (facts.length > 0) written.push(...this.outbox.put(facts, { event: seq, at: now, traceparent }));
        this.effects.put(calls, now);
      }
      for (const { key, body } of changedRows(this.layout, before.state, state)) this.memory.putState(key, body);
      also(state, seq);
      return written;
    });
    this.loaded = { state, seq, hash };
    this.messenger.add(envelopes);
    for (const { event } of steps) {
      this.sockets.broadcast((viewer) => this.messages(event, state, viewer), now, this.topicOf(event));
    }
  }

  /** Judges news; `also` is written with what follows from it, or alone where nothing does. */
  private judge(command: Command | null, news: News, now: number, also: () => void): void {
    const { by, origin, about, traceparent = traceNow() } = news;
    const events = command === null ? [] : this.rules.decide(this.state, command, { now, self: this.self, by });
    if (isRefusal(events)) log.info("news without effect", { actor: this.name, about, why: events.detail });
    if (isRefusal(events) || events.length === 0) this.memory.write(also);
    else this.record(events, { by, origin }, traceparent, now, also);
  }

  private apply(envelope: Envelope, now: number): void {
    const { from, id, traceparent } = envelope;
    const command = isTombstone(envelope) ? null : this.rules.react(factIn(envelope), from, this.state);
    const origin = { fact: envelope.sequence, type: envelope.type, writtenAt: Date.parse(envelope.time) };
    this.judge(command, { by: from, origin, about: id, traceparent }, now, () =>
      this.outbox.markApplied(envelope, now),
    );
  }

  private fireDue(now: number): void {
    const goOff = (name: string): void => {
      const events = this.rules.decide(this.state, this.rules.timeout(name), { now, self: this.self, by: "timer" });
      if (!isRefusal(events) && events.length > 0) this.record(events, { by: "timer" }, traceNow(), now, () => {});
    };
    this.timers.fire(() => this.rules.deadlines(this.state), now, goOff);
  }

  private retransmit(now: number): void {
    const overdue = this.outbox.overdue(now);
    this.messenger.sendAgain(overdue);
  }

  /** Right after the write: sends what is new and makes the calls that are due. */
  private tellOthers(): void {
    this.messenger.send();
    for (const row of this.effects.due(Date.now())) this.ctx.waitUntil(this.makeCall(row));
  }

  private async makeCall(row: EffectRow): Promise<void> {
    const { key, kind } = row;
    const origin = { call: key, attempts: row.attempts + 1 };
    const record = (command: Command): void =>
      this.judge(command, { by: kind, origin, about: key }, Date.now(), () => this.effects.settle(key));
    await this.effects.attempt<Command>(row, (...call) => this.perform(...call), record, Date.now);
    this.tellOthers();
    this.arm(Date.now());
  }

  private housekeep(now: number): void {
    if (this.retain === null) return;
    const many = this.seq - this.memory.oldestEvent() >= this.retain + sweepEvery;
    const old = (this.memory.oldestEventAt() ?? now) < now - keptMs - dayMs;
    if (!many && !old) return;
    // Feeds hold names and addresses too; they are gone long before a tenant may want those of its orders erased.
    this.memory.trimEvents(Math.max(this.seq - this.retain + 1, old ? this.memory.firstEventSince(now - keptMs) : 0));
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

  private occasion(traceparent: string | undefined, order: string | null): Occasion {
    const actor = this.name;
    const about = this.kind === "order" ? (actor.split("/")[1] ?? null) : order;
    return new Occasion(homes[this.kind], { traceparent, order: about, actor });
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
