import type { ZoneState } from "../../domain/delivery/zone.ts";
import { hasEnded } from "../../domain/order/order.ts";
import { disagreements, type Cast } from "./agreement.ts";
import { aboutPartners } from "./bonds.ts";
import { Chance } from "./chance.ts";
import { Customer, secrets } from "./customer.ts";
import { warmMenus } from "./database.ts";
import { Driver } from "./driver.ts";
import { freeze, thaw, type Frozen } from "./frozen.ts";
import { surround } from "./globals.ts";
import { manage } from "./manager.ts";
import { operate } from "./operator.ts";
import { Kitchen } from "./kitchen.ts";
import { aboutNotices } from "./notices.ts";
import { isApplied, logFaults, owedBy, owesNothing, stateAt } from "./records.ts";
import { hour, Town } from "./town.ts";
import { watch } from "./watch.ts";

/** How a town's day went. */
export interface Trial {
  readonly seed: number;
  /** What was wrong, in words; empty where all was well. */
  readonly found: readonly string[];
  /** How often which fault struck. */
  readonly struck: Readonly<Record<string, number>>;
  readonly orders: number;
  /** How the orders that were placed ended. */
  readonly ends: readonly string[];
  readonly steps: number;
  readonly letters: number;
  /** How often all parties' views were compared. */
  readonly looks: number;
  /** What happened, a line a step; null where all was well and nobody wanted to know. */
  readonly story: string | null;
}

const minute = 60_000;
/** By then everything has ended: what waits longest, 12 h, may wait several times. */
const longest = 80 * hour;
/** A carrier that is silent for six days is waited for, and so are the days after. */
const longestWithPartners = 500 * hour;
/** The number of a customer who is new where others were before. */
const newcomer = 99;
/** They forget what is over only after weeks. */
const keepsForLater = new Set(["carrier", "endpoint"]);
const names = ["Ada", "Ben", "Cleo", "Dan"];

/** Lives one day of the town of this seed, and judges it; `tells` wants the story of a good day, too. */
export async function live(seed: number, tells = false): Promise<Trial> {
  await warmMenus();
  const town = new Town(seed);
  return spend(town, seed, tells, (begin) => dawn(town, seed, begin));
}

/** Lives the day of this seed until some time (ms) after its beginning, and hands over what stands there then. */
export async function freezeAt(seed: number, ms: number): Promise<Frozen> {
  await warmMenus();
  const town = new Town(seed);
  let frozen: Frozen | undefined;
  await spend(town, seed, false, async (begin) => {
    const cast = await dawn(town, seed, begin);
    town.clock.in(ms, () => {
      frozen = freeze(town, cast);
      town.clock.stop();
    });
    return cast;
  });
  if (frozen === undefined) throw new Error(`the day of ${seed} was over before that`);
  return frozen;
}

/** Lives on from where a town stood when it was frozen, with one more customer; `tells` wants the story, too. */
export async function goOn(frozen: Frozen, seed: number, tells = false): Promise<Trial> {
  await warmMenus();
  const { town, cast: old } = thaw(frozen, seed);
  return spend(town, seed, tells, async (begin) => {
    town.clock.in(0, () => void town.lookAround());
    const [house] = town.houses;
    const more = house === undefined ? [] : [new Customer(town, house, newcomer, "Eve", new Chance("Eve", seed))];
    const cast = { ...old, customers: [...old.customers, ...more] };
    begin(cast);
    town.storm();
    for (const { follower } of cast.kitchens) void follower.come();
    for (const driver of cast.drivers) driver.comeBack();
    for (const customer of old.customers) {
      const placed = town.order(customer.id)?.placed ?? null;
      if (placed !== null) customer.comeBack(placed.code);
    }
    for (const customer of more) void customer.play();
    town.clock.in(30 * minute, () => evening(town, cast));
    return cast;
  });
}

/** Opens the venues and lets everybody begin. */
async function dawn(town: Town, seed: number, begin: (cast: Cast) => void): Promise<Cast> {
  await town.open();
  const cast = castOf(town, seed);
  begin(cast);
  town.storm();
  for (const kitchen of cast.kitchens) kitchen.play();
  for (const driver of cast.drivers) void driver.play();
  for (const customer of cast.customers) void customer.play();
  manage(town, cast, new Chance("manager", seed));
  operate(town, new Chance("operator", seed));
  town.clock.in(town.forecast.lasts + 30 * minute, () => evening(town, cast));
  return cast;
}

/** Has a day go by in a town, from `open` on, and judges it. */
async function spend(
  town: Town,
  seed: number,
  tells: boolean,
  open: (begin: (cast: Cast) => void) => Promise<Cast>,
): Promise<Trial> {
  const { clock, chance, cloud, story, db } = town;
  db.fails = () => cloud.weather.database;
  db.onFailure = () => cloud.strike("database away");
  const undo = surround({ clock, chance, fetch: town.fetch, onLog: (_, line) => overhear(town, line) });
  try {
    let looks = (): number => 0;
    const cast = await open((here) => (looks = watch(town, here)));
    const isLong = town.partners.channels !== null || town.partners.hears;
    await clock.run(clock.now + (isLong ? longestWithPartners : longest));
    await closeLetters(town);
    const found = [...cloud.broken];
    if (found.length === 0) found.push(...atRest(town, cast));
    return {
      seed,
      found: found.map((fault) => story.named(fault)),
      struck: Object.fromEntries(cloud.struck),
      orders: cast.customers.length,
      ends: cast.customers.flatMap(({ id }) => town.order(id)?.stage.status ?? []),
      steps: clock.worked,
      letters: db.letters().length,
      looks: looks(),
      story: tells || found.length > 0 ? `${story.toString()}\n` : null,
    };
  } finally {
    undo();
    town.close();
  }
}

/** The product's log is part of the story; what is nobody's business must not be in it. */
function overhear({ story, cloud }: Town, line: string): void {
  story.tell(`  log: ${line}`);
  for (const secret of secrets) if (line.includes(secret)) cloud.broken.push(`the log tells ${secret}`);
}

function castOf(town: Town, seed: number): Cast {
  const chance = new Chance("cast", seed);
  const { houses } = town;
  const many = Math.max(chance.of([1, 1, 2, 2, 3, 4]), houses.length);
  // Everywhere somebody, and the rest where they like.
  const customers = names
    .slice(0, many)
    .map((name, at) => new Customer(town, houses[at] ?? chance.of(houses), at + 1, name, new Chance(name, seed)));
  const tenants = new Map(houses.map((house) => [house.tenant, house]));
  const drivers = [...tenants.keys()].flatMap((tenant) => {
    const own = houses.filter((house) => house.tenant === tenant);
    return ["driver-1", "driver-2"]
      .slice(0, chance.of([1, 2]))
      .map((id) => new Driver(town, new Chance("shift", id, seed).of(own), id, new Chance(tenant, id, seed)));
  });
  const kitchens = houses.map((house) => new Kitchen(town, house, new Chance("kitchen", house.venue, seed)));
  return { customers, drivers, kitchens };
}

/** Drivers go home when every order has come to its end. */
function evening(town: Town, cast: Cast): void {
  const isOpen = cast.customers.some(({ id }) => {
    const order = town.order(id);
    return order !== null && order.placed !== null && !hasEnded(order.stage);
  });
  if (isOpen) town.clock.in(10 * minute, () => evening(town, cast));
  else for (const driver of cast.drivers) void driver.goHome();
}

/** Letters whose facts were applied by another copy are closed by the sweep, which waits until they are quiet. */
async function closeLetters(town: Town): Promise<void> {
  for (let tries = 0; tries < 12 && town.db.hasOpenLetters(); tries += 1) {
    town.clock.in(15 * minute, () => {});
    await town.clock.run(town.clock.now + hour);
  }
}

/** What is left of a customer in an order that is erased, and in its line of the list. */
function afterErasure(town: Town, { id, house }: Customer): string[] {
  if (town.order(id)?.erasedAt === undefined) return [];
  const kept = town.cloud.places.get(`order/${house.tenant}/${id}`)?.disk.image();
  const isListed = town.seen.has(`${id} erased`);
  const line = isListed ? town.db.lines().find((one) => one["tenant"] === house.tenant && one["id"] === id) : undefined;
  const traced = line?.["traces"] ?? null;
  return [
    ...secrets
      .filter((one) => JSON.stringify([kept, line]).includes(one))
      .map((one) => `${id} is erased and has ${one}`),
    ...(traced === null && (line?.["customer"] ?? "") === "" ? [] : [`${id} is erased, and found by its customer`]),
  ];
}

/** Everything that is wrong now that nothing goes on any more. */
function atRest(town: Town, cast: Cast): string[] {
  const found: string[] = [];
  for (const { id, isPlaced, code } of cast.customers) {
    const order = town.order(id);
    if (isPlaced && order?.placed?.code !== code) found.push(`${id} was answered with another code than it has`);
    if (isPlaced && (order === null || order.placed === null)) found.push(`${id} was accepted and is lost`);
    if (order !== null && !hasEnded(order.stage)) found.push(`${id} hangs: it is ${order.stage.status}`);
  }
  for (const customer of cast.customers) found.push(...afterErasure(town, customer), ...aboutNotices(town, customer));
  for (const place of town.cloud.places.values()) {
    const who = `${place.namespace}/${place.name}`;
    if (!place.disk.hasTables) continue;
    if (!owesNothing(place)) found.push(`${who} still has ${JSON.stringify(owedBy(place))}`);
    if (place.namespace === "zone") found.push(...awayFrom(who, stateAt<ZoneState>(town, "zone", place.name)));
    if (place.alarm !== null && !keepsForLater.has(place.namespace)) found.push(`${who} has an alarm for nothing`);
    found.push(...logFaults(place));
  }
  for (const { id, state, error, closed_at } of town.db.letters()) {
    if (state === "open" || closed_at === null) found.push(`the dead letter of ${id} is ${state}: ${error}`);
    if (!isApplied(town, id)) found.push(`the dead letter of ${id} is closed, and its fact was never applied`);
  }
  for (const { follower } of [...cast.customers, ...cast.kitchens, ...cast.drivers])
    if (!follower.seesOrGaveUp) found.push(`${follower.name} does not see anything any more`);
  found.push(...disagreements(town, cast), ...aboutPartners(town, cast));
  return found;
}

/** Who has not come back from next door. */
function awayFrom(who: string, zone: ZoneState | null): string[] {
  const away = Object.keys(zone?.loans ?? {}).map((id) => `${who} has lent ${id} for good`);
  const kept = Object.values(zone?.drivers ?? {}).flatMap(({ id, borrowed }) =>
    borrowed ? [`${who} has kept ${id}`] : [],
  );
  return [...away, ...kept];
}
