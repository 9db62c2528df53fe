import { addressOf, type ActorKind } from "../../contracts/address.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { zoneRules } from "../../domain/delivery/zone-rules.ts";
import { driverRules } from "../../domain/driver/driver-rules.ts";
import { orderRules } from "../../domain/order/rules.ts";
import { boardRules } from "../../domain/ticket/board.ts";
import { venueRules } from "../../domain/venue/rules.ts";
import { stateOf } from "../../workers/shared/collections.ts";
import { brokenAt } from "../../workers/shared/storage.ts";
import type { Place } from "./cloud.ts";
import { tenant, type Town } from "./town.ts";

type AnyRules = Rules<object, never, { readonly type: string }>;

const layouts: Readonly<Record<string, readonly string[]>> = {
  order: [],
  venue: ["soldOut", "stock", "reservations"],
  board: ["tickets"],
  zone: ["deliveries", "drivers", "presence"],
  driver: ["tasks"],
};

/** Telemetry: of which no event tells. */
const untold = ["presence", "position", "heardAt"];

function rulesOf({ namespace, name }: Pick<Place, "namespace" | "name">): AnyRules {
  const id = name.slice(tenant.length + 1);
  const rules = { order: orderRules(addressOf("order", tenant, id)), venue: venueRules, board: boardRules, zone: zoneRules, driver: driverRules }; // prettier-ignore
  return rules[namespace as keyof typeof rules] as unknown as AnyRules;
}

/** The state of an object as its rows have it; null where it never was. */
export function stateAt<State>(town: Town, kind: ActorKind, name: string): State | null {
  const place = town.cloud.places.get(`${kind}/${name}`);
  return place === undefined || !place.disk.hasTables ? null : (stateOn(place) as State);
}

export function seqOf(town: Town, kind: ActorKind, name: string): number {
  const [row] = town.cloud.places.get(`${kind}/${name}`)?.disk.rows<{ seq: number | null }>("SELECT max(seq) AS seq FROM events") ?? []; // prettier-ignore
  return row?.seq ?? 0;
}

const read = new WeakMap<Place, { readonly version: number; readonly state: object }>();

function stateOn(place: Place): object {
  const known = read.get(place);
  const { version } = place.disk;
  if (known?.version === version) return known.state;
  const state = stateRead(place);
  read.set(place, { version, state });
  return state;
}

function stateRead(place: Place): object {
  const rows = place.disk.rows<{ key: string; body: string }>("SELECT key, body FROM state");
  const collections = (layouts[place.namespace] ?? []) as never[];
  return stateOf({ collections }, rulesOf(place).initial, rows);
}

/** What is owed to others and to the outside. */
export function owedBy({ disk }: Place): Record<string, number> {
  const count = (table: string): number => disk.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0;
  return { outbox: count("outbox"), early: count("early"), effects: count("effects") };
}

/** Whether nothing at all is owed: to others, to the outside, or by anybody early. */
export function owesNothing({ disk }: Place): boolean {
  const query =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM early) OR EXISTS (SELECT 1 FROM effects)";
  return disk.rows(query).length === 0;
}

/** What is wrong with the log of an object: broken, or another story than its state tells. */
export function logFaults(place: Place): string[] {
  const who = `${place.namespace}/${place.name}`;
  const log = place.disk.rows<{ seq: number; body: string; hash: string }>(
    "SELECT seq, body, hash FROM events ORDER BY seq",
  );
  const found: string[] = [];
  const broken = brokenAt(log);
  if (broken !== null) found.push(`the log of ${who} is broken at ${broken}`);
  const rules = rulesOf(place);
  const told = log.reduce<object>((state, { body }) => rules.evolve(state, JSON.parse(body) as Recorded<{ type: string }>), rules.initial); // prettier-ignore
  if (canonical(told) !== canonical(stateOn(place))) found.push(`the state of ${who} is not what its log tells`);
  const { living } = place;
  const loaded: { state: object; seq: number } | undefined = living === undefined ? undefined : Reflect.get(living.object, "loaded"); // prettier-ignore
  if (loaded !== undefined && (canonical(loaded.state) !== canonical(stateOn(place)) || loaded.seq !== log.length))
    found.push(`${who} remembers another state than it has written`);
  return found;
}

function canonical(state: object): string {
  const kept = Object.entries(state).filter(([field]) => !untold.includes(field));
  return JSON.stringify(sorted(Object.fromEntries(kept)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
