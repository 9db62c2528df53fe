import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { EffectRequest, Recorded } from "../../contracts/rules.ts";
import { VenueSettings } from "../../contracts/venue.ts";
import { venueRules } from "./rules.ts";
import type { Venue, VenueCommand, VenueEvent } from "./venue.ts";

export const minute = 60_000;
/** A Saturday, 2026-11-14 18:00 UTC. */
export const start = 1_794_679_200_000;

export const settings = VenueSettings.parse({
  name: "Tasca da Esquina",
  timeZone: "Europe/Berlin",
  address: "Oderberger Straße 12",
});

/** A venue that lives: what it is told, what happens there, what it asks orders. */
export class Place {
  venue: Venue = venueRules.initial;
  now = start;
  readonly asked: EffectRequest[] = [];
  private seq = 0;

  /** Open, with a menu that counts this. */
  static counting(tracked: Record<string, number>): Place {
    const place = new Place();
    place.give({ type: "configure", settings });
    place.give({ type: "publish-menu", version: 1, tracked });
    return place;
  }

  give(command: VenueCommand): string[] | Refusal {
    const events = venueRules.decide(this.venue, command, { now: this.now, self: "venue/demo/demo-1", by: "crew" });
    if (isRefusal(events)) return events;
    for (const event of events) this.record(event);
    return events.map(({ type }) => type);
  }

  reserve(order: string, demand: Record<string, number>): string[] | Refusal {
    return this.give({
      type: "reserve",
      order,
      demand: Object.entries(demand).map(([key, quantity]) => ({ key, quantity })),
    });
  }

  /** Time passes; what is due happens. */
  after(ms: number): string[] {
    this.now += ms;
    const due = Object.entries(venueRules.deadlines(this.venue)).filter(([, at]) => at <= this.now);
    return due.flatMap(([name]) => {
      const events = this.give(venueRules.timeout(name));
      return isRefusal(events) ? [] : events;
    });
  }

  left(key: string): number | undefined {
    return this.venue.stock[key]?.left;
  }

  /** How much of a thing is held for orders that are not placed yet. */
  held(key: string): number {
    const demands = Object.values(this.venue.reservations).flatMap(({ demand }) => demand);
    return demands.reduce((sum, each) => sum + (each.key === key ? each.quantity : 0), 0);
  }

  private record(event: VenueEvent): void {
    this.seq += 1;
    const recorded: Recorded<VenueEvent> = { ...event, seq: this.seq, at: this.now, by: "crew" };
    const before = this.venue;
    this.venue = venueRules.evolve(before, recorded);
    this.asked.push(...venueRules.effects(recorded, this.venue, before));
  }
}
