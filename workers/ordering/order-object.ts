import type { EventView, OrderLive, OrderView, StatusView } from "../../contracts/order.ts";
import { Principal, principalHeader } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import type { NewSubscription } from "../../contracts/push.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { OrderCommand, OrderEvent } from "../../domain/order/events.ts";
import { erasedEvent } from "../../domain/order/erase.ts";
import { evolve } from "../../domain/order/evolve.ts";
import { hasEnded, nothing, type Order } from "../../domain/order/order.ts";
import { OrderPush } from "../../domain/order/notice.ts";
import { orderRules } from "../../domain/order/rules.ts";
import { eventViewOf, maySee, statusViewOf, viewOf } from "../../domain/order/view.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import type { Demand } from "../../domain/menu/demand.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import type { Viewer } from "../shared/live.ts";
import { problemResponse } from "../shared/problem.ts";
import { digestOf, parseEvent } from "../shared/storage.ts";
import type { OrderingEnv } from "./env.ts";
import { accountOf, type Account } from "./ledger/account.ts";
import { sendMail } from "./mail.ts";
import { tally } from "./observe.ts";
import { callProvider } from "./payments.ts";
import { PhotoShelf } from "./photo-shelf.ts";
import { PushBox } from "./push/push-box.ts";
import { sendPush } from "./push/push-call.ts";

type Viewing = Pick<Principal, "role" | "subject" | "venues">;
type PlaceCommand = Omit<Extract<OrderCommand, { type: "place" }>, "reservedUntil">;

const noSuchOrder = refuse("not-found", "No such order.");
const givenBack = refuse("conflict", "The stock held for this order has been given back meanwhile; try again.");
const noSuchPhoto = refuse("not-found", "No photo shows how it was handed over.");

/** One order: its log, its payment, the sockets of those who follow it. */
export class OrderObject extends Actor<OrderingEnv, Order, OrderCommand, OrderEvent> {
  protected readonly kind = "order";
  protected readonly layout = { collections: [] };
  private ruleset: Rules<Order, OrderCommand, OrderEvent> | undefined;
  private placing: Promise<unknown> = Promise.resolve();
  /** In memory, as is whoever waits for them. */
  private readonly disowned = new Set<number>();
  private readonly box = new PushBox(this.memory);
  private readonly shelf = new PhotoShelf(this.memory);

  protected get rules(): Rules<Order, OrderCommand, OrderEvent> {
    this.ruleset ??= orderRules(this.self);
    return this.ruleset;
  }

  view(viewer: Viewing): OrderView | Refusal {
    return this.sees(viewer) ? this.viewFor(this.state, viewer.role) : noSuchOrder;
  }

  /** The order as it was after its event number `at`, folded anew from its log. */
  viewAt(viewer: Viewing, at: number): OrderView | Refusal {
    if (!this.sees(viewer)) return noSuchOrder;
    if (at > this.seq) {
      return refuse("invalid-value", "The order has not come that far.", [
        { pointer: "/query/at", detail: `at most ${this.seq}` },
      ]);
    }
    const events = this.memory.eventsAfter(0).filter(({ seq }) => seq <= at);
    const order = events.reduce<Order>((was, { body }) => evolve(was, parseEvent(body)), nothing);
    return this.viewFor(order, viewer.role, order.updatedAt);
  }

  status(viewer: Viewing): StatusView | Refusal {
    return this.sees(viewer) ? statusViewOf(this.state, this.id, this.seq, quarterNow()) : noSuchOrder;
  }

  events(viewer: Viewing, after: number): EventView[] | Refusal {
    if (!this.sees(viewer)) return noSuchOrder;
    return this.memory.eventsAfter(after).map(({ body, hash }) => eventViewOf(parseEvent(body), hash, body, viewer));
  }

  /** What the order has said and asked for in its life. */
  account(viewer: Viewing): Account | Refusal {
    if (!this.sees(viewer)) return noSuchOrder;
    return accountOf(
      this.rules,
      this.memory.eventsAfter(0).map(({ body }) => parseEvent<OrderEvent>(body)),
    );
  }

  /** A browser of whoever the order is of is told how it goes. */
  subscribe(id: string, wanted: NewSubscription, viewer: Viewing, ask: Ask): Answer | Refusal {
    if (!this.sees(viewer) || this.state.owner !== viewer.subject) return noSuchOrder;
    const { topic, language, ...to } = wanted;
    const command = { type: "subscribe-push", subscription: id, language: language ?? null } as const;
    return this.execute(command, ask, () => ({ id, topic }), () => this.box.put(id, to)); // prettier-ignore
  }

  unsubscribe(id: string, subject: string, ask: Ask): void {
    if (this.state.owner !== subject || this.state.push?.subscriptions[id] === undefined) return;
    this.execute({ type: "unsubscribe-push", subscription: id }, ask, () => ({}), () => this.box.remove(id)); // prettier-ignore
  }

  /** Keeps a driver's photo of the hand-over, or says why not. A newer one takes its place. */
  keepProof(photo: Uint8Array, digest: string, by: string, traceparent: string): Refusal | null {
    const ask = { by, key: null, fingerprint: null, traceparent };
    const kept = this.execute(
      { type: "keep-proof", digest, bytes: photo.byteLength },
      ask,
      () => ({}),
      () => this.shelf.put(photo),
    );
    return isRefusal(kept) ? kept : null;
  }

  /** The photo by which the hand-over was shown. */
  proof(viewer: Viewing): Uint8Array | Refusal {
    if (!this.sees(viewer)) return noSuchOrder;
    return (this.state.provedBy === "photo" ? this.shelf.get() : null) ?? noSuchPhoto;
  }

  /** Whether the order exists for the viewer. A link's is the one whose id it names, once it is placed. */
  private sees(viewer: Viewing): boolean {
    return viewer.role === "watcher" ? viewer.subject === this.id && this.isPlaced() : maySee(this.state, viewer);
  }

  /** For a list of the crew's: null where it is erased, or not theirs to see. */
  customerName(viewer: Viewing): string | null {
    const { placed, erasedAt } = this.state;
    return maySee(this.state, viewer) && erasedAt === undefined ? (placed?.customer.name ?? null) : null;
  }

  /**
   * `until` names the reservation a venue asks about. With a no it gives the portions back, so that whoever here still
   * waits to hear of it must not place on it, whatever the clocks of the two say.
   */
  isPlaced(until?: number): boolean {
    const isPlaced = this.state.placed !== null;
    if (!isPlaced && until !== undefined) this.disowned.add(until);
    return isPlaced;
  }

  /** The zone that delivers it, for those who may follow the delivery; null where it is no delivery. */
  deliveredFrom(viewer: Viewing): string | null | Refusal {
    if (!this.sees(viewer)) return noSuchOrder;
    return this.state.fulfilment === "delivery" ? (this.state.placed?.terms.zone ?? null) : null;
  }

  command(command: OrderCommand, ask: Ask, viewer: Viewing): Answer | Refusal {
    const opens = command.type === "open" && this.state.stage.status === "nothing";
    if (!opens && !this.sees(viewer)) return noSuchOrder;
    return this.execute(command, ask, (order) => this.viewFor(order, viewer.role));
  }

  /**
   * Places the order: first the venue holds its stock, then it is written. One at a time, so that a repeated request
   * finds the answer of the first and nothing is held twice.
   */
  place(
    command: PlaceCommand,
    demand: readonly Demand[],
    revision: number,
    ask: Ask,
    viewer: Viewing,
  ): Promise<Answer | Refusal | { moved: VenueSnapshot }> {
    const next = this.placing.then(() => this.placeAlone(command, demand, revision, ask, viewer));
    this.placing = next.catch(() => {});
    return next;
  }

  /** What was answered under this key before, so that a repetition is not judged by today's menu. */
  replay(ask: Ask): Answer | Refusal | null {
    return this.answered(ask);
  }

  /** For an order that is placed already: the answer of the request that placed it, or a refusal. */
  placedBefore(ask: Ask): Answer | Refusal {
    return this.answered(ask) ?? refuse("conflict", `The order is ${this.state.stage.status} already.`);
  }

  /**
   * Erases what is personal of an order that is over, in its state and its log, with the answers that were kept. The
   * log's chain stays whole: `erased` says which texts are new, and the hashes are those of what was.
   */
  erase(): void {
    const { owner } = this.state;
    const rewritten = this.memory.eventsAfter(0).flatMap(({ seq, body }) => {
      const text = JSON.stringify(erasedEvent(parseEvent(body), owner));
      return text === body ? [] : [{ seq, text }];
    });
    const events = rewritten.map(({ seq, text }) => ({ seq, digest: digestOf(text) }));
    this.amend({ type: "erase", events }, "erasure", () => {
      for (const { seq, text } of rewritten) this.memory.rewriteEvent(seq, text);
      this.box.clear();
      this.shelf.clear();
      this.memory.forgetAnswers(Infinity);
    });
  }

  /** The same at somebody's word, before its time: not as long as anything with a name in it is still to be said. */
  eraseNow(viewer: Viewing): Refusal | null {
    if (!this.sees(viewer)) return noSuchOrder;
    if (this.state.placed === null)
      return refuse("conflict", "A basket has nobody's name, and is forgotten by itself.");
    if (!hasEnded(this.state.stage))
      return refuse("conflict", `The order is ${this.state.stage.status}, and not over.`);
    const { waiting, owed } = this.vitals();
    if (this.state.erasedAt === undefined && waiting + owed > 0) {
      return refuse("conflict", "Others are still being told of it; try again in a few minutes.");
    }
    this.erase();
    return null;
  }

  /** Called by the sweep: whatever is due is done, should the alarm have died. */
  async wake(): Promise<void> {
    await this.alarm();
  }

  /** Closes a subject's sockets. The zone that delivers the order, where the subject may be following it as well. */
  dismiss(subject: string): string | null {
    this.sockets.dismiss(subject);
    return this.state.delivery === null ? null : (this.state.placed?.terms.zone ?? null);
  }

  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const principal = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    if (!this.sees(principal)) return problemResponse(noSuchOrder, request);
    const after = url.searchParams.get("after");
    const { subject, role, expiresAt } = principal;
    const viewer: Viewer = { subject, role, expiresAt, topic: "order" };
    return this.accept(viewer, request, after === null ? null : Number(after), () => ({
      order: this.viewFor(this.state, viewer.role),
    }));
  }

  private async placeAlone(
    command: PlaceCommand,
    demand: readonly Demand[],
    revision: number,
    ask: Ask,
    viewer: Viewing,
  ) {
    const before = this.answered(ask);
    if (before !== null) return before;
    const { status } = this.state.stage;
    if (status !== "nothing" && !this.sees(viewer)) return noSuchOrder;
    if (status !== "nothing" && status !== "basket") return refuse("conflict", `The order is ${status} already.`);
    const venue = this.env.VENUE.getByName(`${this.tenant}/${command.venue}`);
    const hold = await venue.hold(this.id, demand, revision, ask.traceparent);
    // A copy: what a call returns may not be returned from another without being disposed of.
    if (isRefusal(hold) || "moved" in hold) return { ...hold };
    if (hold.reservedUntil !== null && this.disowned.has(hold.reservedUntil)) return givenBack;
    return this.execute({ ...command, reservedUntil: hold.reservedUntil }, ask, (order) =>
      this.viewFor(order, viewer.role),
    );
  }

  protected override perform(kind: string, request: object, key: string): Promise<Attempt<OrderCommand>> {
    if (kind === "mail") return sendMail(this.env, this.tenant, request, key);
    if (kind === "push") return this.push(request, key);
    return callProvider(this.env, this.tenant, kind, request, key);
  }

  private async push(request: object, key: string): Promise<Attempt<OrderCommand>> {
    const pushed = OrderPush.parse(request);
    const tried = await sendPush(this.env, this.box, pushed, key);
    if (!("end" in tried)) return tried;
    const { about, of, subscription } = pushed;
    if (tried.end.result === "gone") this.box.remove(subscription);
    return { done: { type: "push-outcome", about, of, subscription, end: tried.end } };
  }

  protected carriers(): Carriers {
    const { KITCHEN_INBOX, DELIVERY_INBOX, ORDERING_INBOX, OUTLET, VENUE, ENDPOINT, DB: db } = this.env;
    return {
      queues: { kitchen: KITCHEN_INBOX, delivery: DELIVERY_INBOX, ordering: ORDERING_INBOX, outlet: OUTLET },
      objects: { venue: VENUE, endpoint: ENDPOINT },
      counts: { tally, db },
    };
  }

  protected liveMessage(event: Recorded<OrderEvent>, order: Order, viewer: Viewer): OrderLive {
    return {
      type: "event",
      seq: event.seq,
      event: event.type,
      at: rfc3339(event.at),
      order: this.viewFor(order, viewer.role),
    };
  }

  private viewFor(order: Order, role: Principal["role"], now = quarterNow()): OrderView {
    // Within one command the log's tip is not moved yet when the answer is made; the timeline has every event.
    const seq = order.timeline.at(-1)?.seq ?? 0;
    return viewOf(order, { tenant: this.tenant, id: this.id, seq }, role, now);
  }
}

/** The quarter of a minute we are in, so that all who ask are promised the same. */
function quarterNow(): number {
  const now = Date.now();
  return now - (now % 15_000);
}
