import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { SimulateArgs } from "./command-line.ts";
import { asRecorded, atRandom, type Coming, ofEverything } from "./coming.ts";
import type { RunSettings } from "./run.ts";
import { isWeekday } from "./schedule.ts";
import { Shop } from "./shop.ts";
import { readTakeaway } from "./takeaway.ts";
import { numberOf } from "./text-options.ts";
import { openRestaurants, openWithMenu } from "./venue-setup.ts";
import { describe, type World } from "./world.ts";

const usage =
  "Say what is ordered: --orders FILE, or --rate R with --minutes M or --count N, or --every-item. See --help.";

/** The orders the command line asks for, with the venues they need opened. Throws with words for the user. */
export async function ordersFor(world: World, args: SimulateArgs): Promise<Coming[]> {
  if (args.orders !== undefined) return recorded(world, args, args.orders);
  if (args.rate === undefined && args["every-item"] !== true) throw new Error(usage);
  const rate = numberOf(args.rate ?? "2", "rate", 0.001);
  const shops = await shopsFor(world, args);
  if (args["every-item"] === true) return ofEverything(shops, args.seed, rate);
  if ((args.minutes === undefined) === (args.count === undefined)) throw new Error(usage);
  const count =
    args.count === undefined
      ? rate * 60 * numberOf(args.minutes ?? "", "minutes", 0)
      : numberOf(args.count, "count", 0);
  return atRandom(shops, args.seed, rate, Math.round(count));
}

async function recorded(world: World, args: SimulateArgs, name: string): Promise<Coming[]> {
  const { date, day: weekday } = args;
  if (weekday !== undefined && !isWeekday(weekday)) throw new Error(`--day ${weekday} is no weekday: write saturday.`);
  const speed = numberOf(args.speed, "speed", 0.001);
  const takeaway = readTakeaway(readFileSync(found(args, name), "utf8"));
  for (const left of takeaway.leftOut) console.error(`Left out, since no shop could sell it: ${left}`);
  const venue = args.venues ?? `${world.tenant}-takeaway`;
  await openWithMenu(world.api, world.admin, venue, "Recorded takeaway", takeaway.menu);
  const orders = asRecorded(
    await Shop.at(world.api, venue),
    takeaway,
    { date, weekday, count: numberOf(args.days, "days", 1) },
    speed,
    args.seed,
  );
  if (orders.length === 0) throw new Error(`${name} has no orders on ${date ?? weekday ?? "any day"}.`);
  return args.count === undefined ? orders : orders.slice(0, numberOf(args.count, "count", 1));
}

async function shopsFor(world: World, args: SimulateArgs): Promise<Shop[]> {
  const ids = await venuesFor(world, args);
  if (ids.length === 0) throw new Error(`The tenant ${world.tenant} has no venues.`);
  return Promise.all(ids.map((id) => Shop.at(world.api, id)));
}

async function venuesFor(world: World, { venues, menus, ...args }: SimulateArgs): Promise<string[]> {
  const { tenant } = world;
  if (menus !== undefined) {
    const paths = menus.split(",").map((path) => found(args, path));
    const opened = await openRestaurants(world.api, world.admin, venues ?? tenant, paths, args.currency);
    for (const { venue, reports } of opened) {
      const { counts, faults } = reports.at(-1) ?? { counts: undefined, faults: [] };
      console.error(
        `  ${venue}: ${counts?.items ?? 0} items, ${counts?.options ?? 0} options, ${faults.length} faults told`,
      );
    }
    return opened.map(({ venue }) => venue);
  }
  const most = venues === undefined ? Infinity : Number(venues);
  if (venues !== undefined && Number.isNaN(most)) return venues.split(",");
  const reply = await world.api.call(venueRoutes.list, { params: { tenant } });
  if (!reply.ok) throw new Error(`The venues of ${tenant} cannot be listed: ${describe(reply)}`);
  const open = reply.value.venues.filter(({ menuVersion, paused }) => menuVersion !== null && paused === null);
  return open.map(({ id }) => id).slice(0, most);
}

/** A file as it is named, or below the folder of real data. */
function found(args: { data?: string | undefined }, name: string): string {
  if (isAbsolute(name) || existsSync(name)) return name;
  const data = args.data ?? process.env["COMANDA_DATA"] ?? join("..", "shared", "data");
  const path = resolve(data, name);
  if (existsSync(path)) return path;
  throw new Error(
    `There is no ${name}, nor ${path}. Real data is looked for in --data DIR, $COMANDA_DATA or ../shared/data.`,
  );
}

const fewestDrivers = 4;
const mostDrivers = 60;

/** How many drivers: those asked for, or one and a half times as many as are busy at once. */
export function driversFor(
  orders: readonly Coming[],
  { delays, shares }: RunSettings,
  asked: string | undefined,
): number {
  if (asked !== undefined) return numberOf(asked, "drivers", 0);
  const { cook, think, travel } = delays;
  const busySeconds = (think.to + Math.max(cook.to, travel.to) + travel.to) / 1000 + 1;
  const lastsSeconds = Math.max(10, (orders.at(-1)?.at ?? 0) / 1000);
  const deliveriesPerSecond = ((1 - shares.pickup) * orders.length) / lastsSeconds;
  return Math.round(Math.min(mostDrivers, Math.max(fewestDrivers, 1.5 * deliveriesPerSecond * busySeconds)));
}
