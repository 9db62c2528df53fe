import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { fileText } from "../../domain/menu/file-text.ts";
import type { SimulateArgs } from "./command-line.ts";
import { asRecorded, atRandom, type Coming, ofEverything } from "./coming.ts";
import type { RunSettings } from "./run.ts";
import { isWeekday } from "./schedule.ts";
import { Shop } from "./shop.ts";
import { readTakeaway } from "./takeaway.ts";
import { numberOf } from "./text-options.ts";
import { newFounder, openRestaurants, openWithMenu } from "./venue-setup.ts";
import { describe, type World } from "./world.ts";

const usage =
  "Say what is ordered: --orders FILE, or --rate R with --minutes M or --count N, or --every-item. See --help.";

const mostShown = 20;

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
  const days = { date, weekday, count: numberOf(args.days, "days", 1) };
  const file = found(args, name);
  const text = fileText(readFileSync(file))?.text;
  if (text === undefined) throw new Error(`${file} is no text.`);
  const takeaway = readTakeaway(text, days);
  for (const left of takeaway.leftOut.slice(0, mostShown))
    console.error(`Left out, since no shop could sell it: ${left}`);
  const more = takeaway.leftOut.length - mostShown;
  if (more > 0) console.error(`… and ${more} more like these.`);
  if (takeaway.orders.length === 0) throw new Error(`${name} has no orders on ${date ?? weekday ?? "any day"}.`);
  const venue = args.venues ?? `${world.tenant}-takeaway`;
  await openWithMenu(newFounder(world), venue, "Recorded takeaway", takeaway.menu);
  const orders = asRecorded(await Shop.at(world.api, venue), takeaway, days, speed, args.seed);
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
    const opened = await openRestaurants(newFounder(world), venues ?? tenant, paths, args.currency);
    for (const { venue, reports, refused } of opened) {
      // The others are played all the same, but this is not what was asked for.
      for (const words of refused) {
        console.error(`  ${words}`);
        world.findings.add("refused", words, { venue });
      }
      if (reports.length === 0) continue;
      const { counts, faults } = reports.at(-1) ?? { counts: undefined, faults: [] };
      console.error(
        `  ${venue}: ${counts?.items ?? 0} items, ${counts?.options ?? 0} options, ${faults.length} faults told`,
      );
    }
    const selling = opened.filter(({ reports }) => reports.length > 0).map(({ venue }) => venue);
    if (selling.length === 0) throw new Error("None of the menus could be imported.");
    return selling;
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
  if (existsSync(name)) return name;
  if (isAbsolute(name)) throw new Error(`There is no ${name}.`);
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
