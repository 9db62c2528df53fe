import { Principal, principalHeader } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { StockLive, StockView } from "../../contracts/venue.ts";
import type { NewSubscription, Pushed } from "../../contracts/push.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { venueRules } from "../../domain/venue/rules.ts";
import type { Demand } from "../../domain/menu/demand.ts";
import type { Venue, VenueCommand, VenueEvent } from "../../domain/venue/venue.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";
import { tally } from "./observe.ts";
import { PushBox } from "./push/push-box.ts";
import { sendPush } from "./push/push-call.ts";

/** What the venue says to an order that wants to be placed on what it knew of the venue. */
export type Hold =
  /** Held until then (epoch ms), or null where nothing it wants is counted. */
  | { readonly reservedUntil: number | null }
  /** The venue has changed since: look again. */
  | { readonly moved: VenueSnapshot };

interface Question {
  readonly order: string;
  readonly until: number;
}

/** A venue: stock and its reservations, open or paused, the published menu's version. */
export class VenueObject extends Actor<OrderingEnv, Venue, VenueCommand, VenueEvent> {
  protected readonly kind = "venue";
  protected readonly rules = venueRules;
  protected readonly layout = { collections: ["soldOut", "stock", "reservations"] as const };
  protected override readonly retain = 5_000;
  private readonly box = new PushBox(this.memory);

  snapshot(): VenueSnapshot {
    return snapshotOf(this.state);
  }

  command(command: VenueCommand, ask: Ask): Answer | Refusal {
    if (this.state.settings === null && command.type !== "configure") return refuse("not-found", "No such venue.");
    return this.execute(command, ask, snapshotOf);
  }

  /** What was answered under this key before. */
  replay(ask: Ask): Answer | Refusal | null {
    return this.answered(ask);
  }

  stock(): StockView {
    return stockOf(this.state);
  }

  /** Counts more or fewer of a thing; the answer is the stock. */
  adjustStock(key: string, by: number, ask: Ask): Answer | Refusal {
    return this.execute({ type: "adjust-stock", key, by }, ask, stockOf);
  }

  /** The stock's socket, for the crew: who asks is in the front door's header, whether they may was judged there. */
  override async fetch(request: Request): Promise<Response> {
    const { subject, role, expiresAt } = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    const after = new URL(request.url).searchParams.get("after");
    const viewer = { subject, role, expiresAt, topic: "stock" };
    return this.accept(viewer, request, after === null ? null : Number(after), () => liveOf(this.state));
  }

  dismiss(subject: string): void {
    this.sockets.dismiss(subject);
  }

  /** A browser of the crew's is told of tickets nobody looks at. */
  subscribe(id: string, { topic, language, ...to }: NewSubscription, ask: Ask): Answer | Refusal {
    if (this.state.settings === null) return refuse("not-found", "No such venue.");
    const command = { type: "subscribe-push", subscription: id, language: language ?? null } as const;
    return this.execute(command, ask, () => ({ id, topic }), () => this.box.put(id, to)); // prettier-ignore
  }

  unsubscribe(id: string, ask: Ask): void {
    if (this.state.watchers?.[id] === undefined) return;
    this.execute({ type: "unsubscribe-push", subscription: id }, ask, () => ({}), () => this.box.remove(id)); // prettier-ignore
  }

  /** Holds portions for an order, if what it knew of the venue (`revision`) still stands. */
  hold(order: string, demand: readonly Demand[], revision: number, traceparent: string): Hold | Refusal {
    if (this.state.revision !== revision) return { moved: snapshotOf(this.state) };
    // What was held for an earlier try must be let go even where this one needs nothing.
    if (demand.length === 0 && this.state.reservations[order] === undefined) return { reservedUntil: null };
    const ask = { by: order, key: null, fingerprint: null, traceparent };
    const outcome = this.execute({ type: "reserve", order, demand }, ask, snapshotOf);
    return isRefusal(outcome) ? outcome : { reservedUntil: this.state.reservations[order]?.until ?? null };
  }

  protected override async perform(
    kind: string,
    request: Question | Pushed,
    key: string,
  ): Promise<Attempt<VenueCommand>> {
    if ("subscription" in request) {
      const tried = await sendPush(this.env, this.box, request, key);
      if (!("end" in tried)) return tried;
      const { subscription } = request;
      if (tried.end.result === "gone") this.box.remove(subscription);
      return { done: { type: "push-outcome", subscription, end: tried.end } };
    }
    const placed = await this.env.ORDER.getByName(`${this.tenant}/${request.order}`).isPlaced(request.until);
    return { done: { type: "answer-of-order", ...request, placed } };
  }

  protected carriers(): Carriers {
    return {
      queues: { ordering: this.env.ORDERING_INBOX },
      objects: { order: this.env.ORDER, endpoint: this.env.ENDPOINT },
      counts: { tally, db: this.env.DB },
    };
  }

  protected liveMessage(event: Recorded<VenueEvent>, venue: Venue): StockLive {
    return { type: "event", seq: event.seq, event: event.type, ...liveOf(venue) };
  }
}

function stockOf({ stock, soldOut }: Venue): StockView {
  const untils = Object.entries(soldOut).map(([key, { until }]) => [key, until === null ? null : rfc3339(until)]);
  return {
    stock: Object.fromEntries(Object.entries(stock).map(([key, { left }]) => [key, left])),
    soldOut: Object.fromEntries(untils),
  };
}

function liveOf(venue: Venue) {
  return { ...stockOf(venue), menuVersion: venue.menuVersion };
}

function snapshotOf({
  settings,
  revision,
  menuVersion,
  paused,
  busyMinutes,
  soldOut,
  stock,
  endpoints,
}: Venue): VenueSnapshot {
  return {
    settings,
    revision,
    menuVersion,
    paused,
    busyMinutes,
    soldOut: Object.keys(soldOut),
    counted: Object.keys(stock),
    ...(endpoints.length === 0 ? {} : { endpoints }),
  };
}
