import { hasEnded } from "../../domain/order/order.ts";
import { disagreements, type Cast } from "./agreement.ts";
import { Chance } from "./chance.ts";
import { Customer, secrets } from "./customer.ts";
import { warmMenus } from "./database.ts";
import { Driver } from "./driver.ts";
import { surround } from "./globals.ts";
import { manage } from "./manager.ts";
import { Kitchen } from "./kitchen.ts";
import { logFaults, owedBy, owesNothing } from "./records.ts";
import { hour, Town } from "./town.ts";
import { watch } from "./watch.ts";

/** How a town's day went. */
export interface Trial {
  readonly seed: number;
  /** What was wrong, in words; empty where all was well. */
  readonly found: readonly string[];
  readonly weather: readonly string[];
  readonly orders: number;
  /** How the orders that were placed ended. */
  readonly ends: readonly string[];
  readonly steps: number;
  readonly powerCuts: number;
  readonly letters: number;
  /** How often all parties' views were compared. */
  readonly looks: number;
  /** What happened, a line a step; null where all was well and nobody wanted to know. */
  readonly story: string | null;
}

const minute = 60_000;
/** By then everything has ended: what waits longest, 12 h, may wait several times. */
const longest = 80 * hour;
const names = ["Ada", "Ben", "Cleo", "Dan"];

/** Lives one day of the town of this seed, and judges it; `tells` wants the story of a good day, too. */
export async function live(seed: number, tells = false): Promise<Trial> {
  await warmMenus();
  const town = new Town(seed);
  const { clock, chance, cloud, story, provider, db } = town;
  db.fails = () => cloud.weather.database;
  const undo = surround({ clock, chance, fetch: provider.fetch, onLog: (_, line) => overhear(town, line) });
  try {
    await town.open();
    const cast = castOf(town, seed);
    const looks = watch(town, cast);
    town.storm();
    cast.kitchen.play();
    for (const driver of cast.drivers) void driver.play();
    for (const customer of cast.customers) void customer.play();
    manage(town, cast, new Chance("manager", seed));
    clock.in(town.forecast.lasts + 30 * minute, () => evening(town, cast));
    await clock.run(clock.now + longest);
    await closeLetters(town);
    const found = [...cloud.broken];
    if (found.length === 0) found.push(...atRest(town, cast));
    return {
      seed,
      found: found.map((fault) => story.named(fault)),
      weather: town.forecast.names,
      orders: cast.customers.length,
      ends: cast.customers.flatMap(({ id }) => town.order(id)?.stage.status ?? []),
      steps: clock.worked,
      powerCuts: cloud.powerCuts,
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
  const customers = names
    .slice(0, chance.of([1, 1, 2, 2, 3, 4]))
    .map((name, at) => new Customer(town, at + 1, name, new Chance(name, seed)));
  const drivers = ["driver-1", "driver-2"]
    .slice(0, chance.of([1, 2]))
    .map((id) => new Driver(town, id, new Chance(id, seed)));
  return { customers, drivers, kitchen: new Kitchen(town, new Chance("kitchen", seed)) };
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

/** Everything that is wrong now that nothing goes on any more. */
function atRest(town: Town, cast: Cast): string[] {
  const found: string[] = [];
  for (const { id, isPlaced, code } of cast.customers) {
    const order = town.order(id);
    if (isPlaced && order?.placed?.code !== code) found.push(`${id} was answered with another code than it has`);
    if (isPlaced && (order === null || order.placed === null)) found.push(`${id} was accepted and is lost`);
    if (order !== null && !hasEnded(order.stage)) found.push(`${id} hangs: it is ${order.stage.status}`);
  }
  for (const place of town.cloud.places.values()) {
    const who = `${place.namespace}/${place.name}`;
    if (!place.disk.hasTables) continue;
    if (!owesNothing(place)) found.push(`${who} still has ${JSON.stringify(owedBy(place))}`);
    if (place.alarm !== null) found.push(`${who} has an alarm for nothing`);
    found.push(...logFaults(place));
  }
  for (const { id, state, error } of town.db.letters())
    if (state !== "closed") found.push(`the dead letter of ${id} is ${state}: ${error}`);
  found.push(...disagreements(town, cast));
  return found;
}
