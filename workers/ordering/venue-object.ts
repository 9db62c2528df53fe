import type { Recorded } from "../../contracts/rules.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { venueRules } from "../../domain/venue/rules.ts";
import type { Demand } from "../../domain/menu/demand.ts";
import type { Venue, VenueCommand, VenueEvent } from "../../domain/venue/venue.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import type { OrderingEnv } from "./env.ts";

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

  stock(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.state.stock).map(([key, { left }]) => [key, left]));
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

  protected override async perform(_kind: string, request: Question): Promise<Attempt<VenueCommand>> {
    const placed = await this.env.ORDER.getByName(`${this.tenant}/${request.order}`).isPlaced();
    return { done: { type: "answer-of-order", ...request, placed } };
  }

  protected carriers(): Carriers {
    return {
      queues: { ordering: this.env.ORDERING_INBOX },
      objects: { order: this.env.ORDER, endpoint: this.env.ENDPOINT },
    };
  }

  protected liveMessage(event: Recorded<VenueEvent>): object {
    return { type: "event", seq: event.seq, event: event.type };
  }
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
