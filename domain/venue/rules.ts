import { parseAddress } from "../../contracts/address.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context, Recorded, Rules } from "../../contracts/rules.ts";
import type { Demand } from "../menu/demand.ts";
import { decideWatch, unseenPushes, watchersAfter } from "./watch.ts";
import { unknownVenue, type Reservation, type Venue, type VenueCommand, type VenueEvent } from "./venue.ts";

/** How long an order has to be placed on what is reserved for it. */
const reservedForMs = 60_000;
/** After that, how long until the order is asked whether it was placed: clocks differ, messages take their time. */
const graceMs = 30_000;

const changedMeanwhile = refuse(
  "stale",
  "The settings have been changed meanwhile. Read them again and repeat your change.",
);

/** As many as `PUT …/stock` takes. */
const mostCounted = 1_000_000;

/** What the menu gave to begin with, where it is not the menu but the crew that counts. */
const byHand = -1;

export const venueRules: Rules<Venue, VenueCommand, VenueEvent> = {
  initial: unknownVenue,
  decide,
  evolve,
  react: (fact, from) => {
    if (fact.type === "reservation.kept") return { type: "keep", order: parseAddress(from).id };
    if (fact.type === "reservation.released") return { type: "give-back", demand: fact.data.demand };
    if (fact.type === "endpoint.opened") return { type: "report-to", endpoint: parseAddress(from).id, on: true };
    if (fact.type === "endpoint.closed") return { type: "report-to", endpoint: parseAddress(from).id, on: false };
    if (fact.type === "ticket.unseen") return { type: "note-unseen", ...fact.data, tenant: parseAddress(from).tenant };
    return null;
  },
  publish: () => [],
  effects: (event, venue) => {
    if (event.type === "ticket-unseen") return unseenPushes(event, venue);
    if (event.type !== "reservation-questioned") return [];
    const { order, until } = event;
    return [{ key: `${order}/placed/${until}`, kind: "ask-order", request: { order, until } }];
  },
  deadlines: (venue) => {
    const due: Record<string, number> = {};
    if (venue.paused !== null && venue.paused.until !== null) due["pause"] = venue.paused.until;
    for (const [key, { until }] of Object.entries(venue.soldOut)) if (until !== null) due[`sold-out ${key}`] = until;
    for (const [order, { until, asking }] of Object.entries(venue.reservations)) {
      if (!asking) due[`reservation ${order}`] = until + graceMs;
    }
    return due;
  },
  timeout: (deadline) => ({ type: "time-out", deadline }),
};

function decide(venue: Venue, command: VenueCommand, { now }: Context): readonly VenueEvent[] | Refusal {
  switch (command.type) {
    case "configure":
      if ((venue.settingsRevision ?? 0) > (command.over ?? Infinity)) return changedMeanwhile;
      return same(venue.settings, command.settings) ? [] : [{ type: "configured", settings: command.settings }];
    case "publish-menu":
      return publishMenu(venue, command.version, command.tracked);
    case "pause":
      return [{ type: "paused", until: command.until, reason: command.reason }];
    case "resume":
      return venue.paused === null ? [] : [{ type: "resumed" }];
    case "set-busy":
      return venue.busyMinutes === command.minutes ? [] : [{ type: "busy-set", minutes: command.minutes }];
    case "sell-out":
      return [{ type: "sold-out", key: command.key, until: command.until }];
    case "make-available":
      return Object.hasOwn(venue.soldOut, command.key) ? [{ type: "available-again", key: command.key }] : [];
    case "set-stock":
      return venue.stock[command.key]?.left === (command.left ?? undefined)
        ? []
        : [{ type: "stock-set", key: command.key, left: command.left }];
    case "adjust-stock":
      return adjustStock(venue, command.key, command.by);
    case "reserve":
      return reserve(venue, command.order, command.demand, now);
    case "keep":
      return Object.hasOwn(venue.reservations, command.order)
        ? [{ type: "reservation-kept", order: command.order }]
        : [];
    case "give-back":
      return [{ type: "given-back", demand: command.demand }];
    case "answer-of-order":
      // Reserved anew since it was asked: the order may be placed on that this very moment.
      if (venue.reservations[command.order]?.until !== command.until) return [];
      return [{ type: command.placed ? "reservation-kept" : "reservation-lapsed", order: command.order }];
    case "report-to": {
      const { endpoint, on } = command;
      if (venue.endpoints.includes(endpoint) === on) return [];
      return [{ type: on ? "endpoint-opened" : "endpoint-closed", endpoint }];
    }
    case "subscribe-push":
    case "unsubscribe-push":
    case "push-outcome":
    case "note-unseen":
      return decideWatch(venue, command);
    case "time-out":
      return timeOut(venue, command.deadline);
  }
}

/** Counts that the menu gives anew are set; counts the venue has kept since, or made itself, stay as they are. */
function publishMenu(venue: Venue, version: number, tracked: Readonly<Record<string, number>>): readonly VenueEvent[] {
  if (venue.menuVersion !== null && version <= venue.menuVersion) return [];
  const counts = Object.fromEntries(
    Object.entries(tracked).filter(([key, first]) => venue.stock[key]?.first !== first),
  );
  const uncounted = Object.keys(venue.stock).filter(
    (key) => !Object.hasOwn(tracked, key) && venue.stock[key]?.first !== byHand,
  );
  return [{ type: "menu-published", version, counts, uncounted }];
}

function adjustStock(venue: Venue, key: string, by: number): readonly VenueEvent[] | Refusal {
  const counted = Object.hasOwn(venue.stock, key) ? venue.stock[key] : undefined;
  if (counted === undefined) return refuse("conflict", `${key} is not counted: say first how many there are.`);
  const left = Math.max(0, Math.min(mostCounted, counted.left + by));
  return left === counted.left ? [] : [{ type: "stock-set", key, left }];
}

function reserve(venue: Venue, order: string, demand: readonly Demand[], now: number): readonly VenueEvent[] | Refusal {
  const held = venue.reservations[order];
  const counted = demand.filter(({ key }) => Object.hasOwn(venue.stock, key));
  const mine = new Map(held?.demand.map(({ key, quantity }) => [key, quantity]));
  const short = counted.filter(({ key, quantity }) => (venue.stock[key]?.left ?? 0) + (mine.get(key) ?? 0) < quantity);
  if (short.length > 0) {
    const faults = short.map(({ key, quantity }) => ({
      pointer: `/stock/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      detail: `${quantity} wanted, ${(venue.stock[key]?.left ?? 0) + (mine.get(key) ?? 0)} left`,
    }));
    return refuse("sold-out", "There is not enough left of what you want.", faults);
  }
  return counted.length === 0 && held === undefined
    ? []
    : [{ type: "reserved", order, demand: counted, until: now + reservedForMs }];
}

function timeOut(venue: Venue, deadline: string): readonly VenueEvent[] {
  const [what, of = ""] = deadline.split(" ");
  if (what === "pause") return [{ type: "resumed" }];
  if (what === "sold-out") return Object.hasOwn(venue.soldOut, of) ? [{ type: "available-again", key: of }] : [];
  const held = venue.reservations[of];
  return held === undefined ? [] : [{ type: "reservation-questioned", order: of, until: held.until }];
}

function evolve(venue: Venue, event: Recorded<VenueEvent>): Venue {
  const revision = venue.revision + 1;
  switch (event.type) {
    case "configured":
      return { ...venue, revision, settingsRevision: revision, settings: event.settings };
    case "menu-published": {
      const fresh = Object.entries(event.counts).map(([key, first]) => [key, { left: first, first }] as const);
      const stock = { ...without(venue.stock, event.uncounted), ...Object.fromEntries(fresh) };
      return { ...venue, revision, menuVersion: event.version, stock };
    }
    case "paused":
      return { ...venue, revision, paused: { until: event.until, reason: event.reason } };
    case "resumed":
      return { ...venue, revision, paused: null };
    case "busy-set":
      return { ...venue, revision, busyMinutes: event.minutes };
    case "sold-out":
      return { ...venue, revision, soldOut: { ...venue.soldOut, [event.key]: { until: event.until } } };
    case "available-again":
      return { ...venue, revision, soldOut: without(venue.soldOut, [event.key]) };
    case "stock-set": {
      const first = venue.stock[event.key]?.first ?? byHand;
      const rest = without(venue.stock, [event.key]);
      return {
        ...venue,
        revision,
        stock: event.left === null ? rest : { ...rest, [event.key]: { left: event.left, first } },
      };
    }
    case "reserved": {
      const before = venue.reservations[event.order]?.demand ?? [];
      const reservation: Reservation = { demand: event.demand, until: event.until, asking: false };
      return {
        ...venue,
        stock: moved(moved(venue.stock, before, 1), event.demand, -1),
        reservations: { ...venue.reservations, [event.order]: reservation },
      };
    }
    case "reservation-kept":
      return { ...venue, reservations: without(venue.reservations, [event.order]) };
    case "reservation-questioned":
      return { ...venue, reservations: mapped(venue.reservations, event.order, (held) => ({ ...held, asking: true })) };
    case "reservation-lapsed":
      return {
        ...venue,
        stock: moved(venue.stock, venue.reservations[event.order]?.demand ?? [], 1),
        reservations: without(venue.reservations, [event.order]),
      };
    case "given-back":
      return { ...venue, stock: moved(venue.stock, event.demand, 1) };
    case "push-subscribed":
    case "push-unsubscribed":
    case "push-failed":
    case "ticket-unseen":
      return { ...venue, watchers: watchersAfter(venue, event) };
    // The revision rises, so that an order on its way to be placed looks again and knows of it.
    case "endpoint-opened":
      return { ...venue, revision, endpoints: [...venue.endpoints, event.endpoint] };
    case "endpoint-closed":
      return { ...venue, revision, endpoints: venue.endpoints.filter((endpoint) => endpoint !== event.endpoint) };
  }
}

/** What is no longer counted is not given back to. */
function moved(stock: Venue["stock"], demand: readonly Demand[], sign: 1 | -1): Venue["stock"] {
  const next = { ...stock };
  for (const { key, quantity } of demand) {
    const entry = next[key];
    if (entry !== undefined) next[key] = { ...entry, left: entry.left + sign * quantity };
  }
  return next;
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function mapped<T>(record: Readonly<Record<string, T>>, key: string, change: (value: T) => T): Record<string, T> {
  const value = record[key];
  return value === undefined ? { ...record } : { ...record, [key]: change(value) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
