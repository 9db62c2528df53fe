import type { CarrierState } from "../../domain/carrier/carrier.ts";
import { isOver } from "../../domain/carrier/booking.ts";
import type { Endpoint } from "../../domain/endpoint/endpoint.ts";
import type { Board } from "../../domain/ticket/board.ts";
import type { Venue } from "../../domain/venue/venue.ts";
import { carriers, endpointName } from "./partners.ts";
import { stateAt } from "./records.ts";
import type { Town } from "./town.ts";

const minute = 60_000;
/** What was put off once, after a fault, is looked at again after a minute. */
const putOff = 2 * minute;
/** After so long without a tablet nothing gets any louder. */
const loudestAfter = minute;
/** After so long without an answer a carrier is said to be silent; the partners have agreed on it. */
const silentAfter = minute;
/** Nobody outside is left alone for longer than this, and a tenth, before it is tried again. */
const longestPause = 11 * minute;

/** What should have happened long ago by its time, in words: as the rules are told, not as they are written. */
export function overdue(town: Town): string[] {
  const { alarmLate, skew } = town.forecast.weather;
  const now = town.clock.now - alarmLate - 2 * skew - putOff;
  const tenants = new Set(town.houses.map(({ tenant }) => tenant));
  return [
    ...town.houses.flatMap(({ venueName }) => [...ofVenue(town, venueName, now), ...ofBoard(town, venueName, now)]),
    ...[...tenants].flatMap((tenant) => [...ofCarriers(town, tenant, now), ...ofEndpoint(town, tenant, now)]),
  ];
}

function ofVenue(town: Town, name: string, now: number): string[] {
  const { paused, soldOut } = stateAt<Venue>(town, "venue", name) ?? { paused: null, soldOut: {} };
  const found = Object.entries(soldOut).flatMap(([key, { until }]) =>
    until !== null && until < now ? [`${key} is still sold out at ${name}`] : [],
  );
  if (paused !== null && paused.until !== null && paused.until < now) found.push(`${name} still makes its pause`);
  return found;
}

function ofBoard(town: Town, name: string, now: number): string[] {
  const tickets = Object.values(stateAt<Board>(town, "board", name)?.tickets ?? {});
  return tickets.flatMap((ticket) =>
    ticket.status === "waiting" && ticket.seenAt === null && ticket.receivedAt + loudestAfter < now && ticket.escalated !== 3
      ? [`nobody sees ${ticket.order.order}, and the alarm is at ${ticket.escalated ?? 0}`]
      : [],
  ); // prettier-ignore
}

function ofCarriers(town: Town, tenant: string, now: number): string[] {
  if (town.partners.channels === null) return [];
  return carriers.flatMap((carrier) => {
    const state = stateAt<CarrierState>(town, "carrier", `${tenant}/${carrier}`);
    if (state === null) return [];
    const open = Object.entries(state.bookings).filter(([, { stage }]) => !isOver(stage));
    // While it does not answer, one at a time is tried, and each gets its turn.
    const turns = state.breaker.state === "closed" ? 1 : open.length;
    return open.flatMap(([order, { silent, owedSince, callAt, calling }]) => {
      const isLeft = owedSince !== null && !silent && owedSince + silentAfter < now;
      return [
        ...(isLeft ? [`${carrier} does not answer about ${order}, and nobody is told`] : []),
        ...(calling === null && callAt + longestPause * turns < now
          ? [`${carrier} is not asked about ${order} any more`]
          : []),
      ];
    });
  });
}

function ofEndpoint(town: Town, tenant: string, now: number): string[] {
  const endpoint = stateAt<Endpoint>(town, "endpoint", endpointName(tenant));
  if (endpoint === null || endpoint.disabled !== null) return [];
  const { breaker, streams } = endpoint;
  const heads = Object.values(streams).flatMap(({ reports }) => reports.find(({ state }) => !("at" in state)) ?? []);
  const left = heads.filter(({ state }) => state.status === "waiting" && state.dueAt + longestPause < now);
  if (left.length === 0) return [];
  // While it does not answer, one at a time is tried, and another's turn may come first.
  const isTried = breaker.state === "open" ? breaker.until + longestPause >= now : breaker.state === "half-open";
  return isTried ? [] : left.map(({ id }) => `the endpoint of ${tenant} is not told ${id} any more`);
}
