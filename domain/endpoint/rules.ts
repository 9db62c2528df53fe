import { addressOf, parseAddress, type Address } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { EffectRequest, Recorded, Rules } from "../../contracts/rules.ts";
import { decide } from "./decide.ts";
import { reportIn, unknownEndpoint, type Endpoint } from "./endpoint.ts";
import type { EndpointCommand, EndpointEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { nextForgottenAt } from "./keeping.ts";
import { nextStartAt } from "./start.ts";

/** One attempt at one report: its effect's request. */
export interface Attempting {
  readonly report: string;
  readonly round: number;
  readonly tries: number;
}

/** The rules of the endpoint at this address. */
export function endpointRules(self: Address): Rules<Endpoint, EndpointCommand, EndpointEvent> {
  const { tenant } = parseAddress(self);
  return {
    initial: unknownEndpoint,
    decide,
    evolve,
    react: (fact) => (fact.type === "order.reported" ? { type: "report", data: fact.data } : null),
    publish: (_event, endpoint, before) => subscriptions(tenant, endpoint, before),
    effects,
    deadlines,
    timeout: (deadline) => ({ type: "time-out", deadline }),
  };
}

/** The venues that report here now, or no longer. */
function subscriptions(tenant: string, endpoint: Endpoint, before: Endpoint): Addressed[] {
  if (endpoint.venues === before.venues && endpoint.disabled === before.disabled) return [];
  const [was, is] = [listening(before), listening(endpoint)];
  const tell = (venues: readonly string[], type: "endpoint.opened" | "endpoint.closed"): Addressed[] =>
    venues.map((venue) => ({ to: addressOf("venue", tenant, venue), type, data: {} }));
  return [
    ...tell(without(is, was), "endpoint.opened"),
    ...tell(without(was, is), "endpoint.closed"),
  ]; // prettier-ignore
}

function listening({ venues, disabled }: Endpoint): readonly string[] {
  return disabled === null ? venues : [];
}

function without(venues: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return venues.filter((venue) => !known.has(venue));
}

function effects(event: Recorded<EndpointEvent>, endpoint: Endpoint): readonly EffectRequest[] {
  if (event.type !== "attempt-started") return [];
  const found = reportIn(endpoint, event.report)?.report;
  if (found === undefined) return [];
  const { id, round, tries } = found;
  const request: Attempting = { report: id, round, tries };
  return [{ key: `${id}/${round}/${tries}`, kind: "report", request }];
}

function deadlines(endpoint: Endpoint): Record<string, number> {
  const due: Record<string, number> = {};
  const start = nextStartAt(endpoint);
  if (start !== null) due["attempts"] = start;
  const forget = nextForgottenAt(endpoint);
  if (forget !== null) due["forget"] = forget;
  const ends = endpoint.secrets.flatMap(({ until }) => (until === null ? [] : [until]));
  if (ends.length > 0) due["secrets"] = Math.min(...ends);
  return due;
}
