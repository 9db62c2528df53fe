import { addressOf, type ActorKind } from "../../contracts/address.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { carrierRules } from "../../domain/carrier/carrier-rules.ts";
import { zoneRules } from "../../domain/delivery/zone-rules.ts";
import { driverRules } from "../../domain/driver/driver-rules.ts";
import { endpointRules } from "../../domain/endpoint/rules.ts";
import { orderRules } from "../../domain/order/rules.ts";
import { boardRules } from "../../domain/ticket/board.ts";
import { venueRules } from "../../domain/venue/rules.ts";
import { stateOf } from "../../workers/shared/collections.ts";
import { brokenAt, chained } from "../../workers/shared/storage.ts";
import type { Place } from "./cloud.ts";
import type { Written } from "./disk.ts";
import type { Town } from "./town.ts";

type AnyRules = Rules<object, never, { readonly type: string }>;

const layouts: Readonly<Record<string, readonly string[]>> = {
  order: [],
  venue: ["soldOut", "stock", "reservations"],
  board: ["tickets"],
  zone: ["deliveries", "drivers", "presence"],
  driver: ["tasks"],
  carrier: ["bookings"],
  endpoint: ["streams"],
};

/** Telemetry: of which no event tells. */
const untold = ["presence", "position", "heardAt"];
/** What is only estimated from the log, and by another version otherwise: what it came to then is as good. */
const estimated = ["slack"];

const known = new WeakMap<Place, AnyRules>();

function rulesOf(place: Place): AnyRules {
  const rules = known.get(place) ?? rulesFor(place);
  known.set(place, rules);
  return rules;
}

function rulesFor({ namespace, name }: Place): AnyRules {
  const [tenant = "", id = ""] = name.split("/");
  const rules = { order: orderRules(addressOf("order", tenant, id)), venue: venueRules, board: boardRules, zone: zoneRules, driver: driverRules, carrier: carrierRules, endpoint: endpointRules(addressOf("endpoint", tenant, id)) }; // prettier-ignore
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

/** What the log of an object has told so far: its newest number, the hash up to it, and the state it comes to. */
export interface Told {
  seq: number;
  hash: string;
  state: object;
}

export function initialOf(place: Place): object {
  return rulesOf(place).initial;
}

/** As the log on the disk has it now. */
export function toldBy(place: Place): Told {
  const rules = rulesOf(place);
  const log = place.disk.rows<{ seq: number; body: string; hash: string }>("SELECT seq, body, hash FROM events ORDER BY seq"); // prettier-ignore
  const told = () => log.reduce<object>((before, { body }) => rules.evolve(before, JSON.parse(body) as Recorded<{ type: string }>), rules.initial); // prettier-ignore
  const state = place.isOld ? stateOn(place) : told();
  return { seq: log.at(-1)?.seq ?? 0, hash: log.at(-1)?.hash ?? "", state };
}

/** Takes in an event that was written; answers what is wrong with it, or null. */
export function tell(told: Told, place: Place, { body, hash }: Written): string | null {
  const event = JSON.parse(body) as Recorded<{ type: string }>;
  const { seq } = told;
  told.seq = event.seq;
  told.state = rulesOf(place).evolve(told.state, event);
  told.hash = chained(told.hash, body);
  if (event.seq !== seq + 1) return `wrote event ${event.seq} where ${seq + 1} was due`;
  return hash === told.hash ? null : `wrote event ${seq + 1} under a hash that does not follow`;
}

/** Whether what stands in the rows of the state is what the log has told. */
export function isAsTold(place: Place, { state }: Told): boolean {
  return tellSame(state, stateOn(place));
}

const read = new WeakMap<Place, { readonly version: number; readonly state: object }>();

function stateOn(place: Place): object {
  const before = read.get(place);
  const { version } = place.disk;
  if (before?.version === version) return before.state;
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

/** Whether the fact of this id, `{sender}>{receiver}#{number}`, was applied; a line of the list may have been overtaken. */
export function isApplied(town: Town, id: string): boolean {
  const [, from = "", to = "", number = ""] = /^(.+)>(.+)#(\d+)$/.exec(id) ?? [];
  if (to.startsWith("outlet/")) return true;
  const [row] = town.cloud.places.get(to)?.disk.rows<{ applied: number }>("SELECT applied FROM peers WHERE peer = ?", from) ?? []; // prettier-ignore
  return row !== undefined && row.applied >= Number(number);
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
  const [first] = log;
  // A feed forgets its oldest events; what it told until then was compared whenever all was quiet.
  const isWhole = first === undefined || first.seq === 1;
  const broken = isWhole ? brokenAt(log) : brokenAt(log.slice(1), first);
  if (broken !== null) found.push(`the log of ${who} is broken at ${broken}`);
  const rules = rulesOf(place);
  const told = log.reduce<object>((state, { body }) => rules.evolve(state, JSON.parse(body) as Recorded<{ type: string }>), rules.initial); // prettier-ignore
  const kept = stateOn(place);
  const known = place.isOld ? asLongAgo(told, kept) : told;
  if (isWhole && !tellSame(known, kept)) found.push(`the state of ${who} is not what its log tells`);
  const { living } = place;
  const loaded: { state: object; seq: number } | undefined = living === undefined ? undefined : Reflect.get(living.object, "loaded"); // prettier-ignore
  if (loaded !== undefined && (!tellSame(loaded.state, stateOn(place)) || loaded.seq !== (log.at(-1)?.seq ?? 0)))
    found.push(`${who} remembers another state than it has written`);
  return found;
}

/** What a log tells as far as an earlier version could have known it. */
function asLongAgo(told: object, kept: object): object {
  const there = Object.entries(told).filter(([field]) => field in kept);
  return Object.fromEntries(there.map(([field, is]) => [field, estimated.includes(field) ? Reflect.get(kept, field) : is])); // prettier-ignore
}

/** Whether two states tell the same, telemetry left out. */
function tellSame(one: object, other: object): boolean {
  return sameFields(one, other, untold);
}

/** As JSON would tell them: what is undefined is not there, and the order of fields is nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((part, at) => isSame(part, other[at]));
  const areObjects = typeof one === "object" && one !== null && typeof other === "object" && other !== null;
  return areObjects && !Array.isArray(other) && sameFields(one, other, []);
}

function sameFields(one: object, other: object, but: readonly string[]): boolean {
  const is: Readonly<Record<string, unknown>> = { ...one };
  const was: Readonly<Record<string, unknown>> = { ...other };
  for (const field in is) if (!but.includes(field) && !isSame(is[field], was[field])) return false;
  for (const field in was) if (!(field in is) && was[field] !== undefined && !but.includes(field)) return false;
  return true;
}
