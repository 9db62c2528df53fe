import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { Checkout, OrderView } from "../../contracts/order.ts";
import { Tokens } from "../client/tokens.ts";
import { type Coming, wantedOf } from "./coming.ts";
import type { Crew } from "./crew.ts";
import { place, playCustomer } from "./customer.ts";
import type { Geography } from "./geography.ts";
import { type Delays, planOrder, type Shares, type Wanted } from "./order-plan.ts";
import { PlayedOrder } from "./played-order.ts";
import { poll } from "./poller.ts";
import { pick, type Random, randomFrom } from "./random.ts";
import { describe, type World } from "./world.ts";

export interface RunSettings {
  readonly seed: string;
  readonly shares: Shares;
  readonly delays: Delays;
  /** So many guests share all orders; null: a new guest for each. */
  readonly guests: number | null;
  readonly pollsPerSecond: number;
  /** Cuts one tablet's or driver's connection every so often (ms); 0 never. */
  readonly cutCrewEvery: number;
}

/** How one coming order came out before it had a life: placed, or why not. */
export type Placing = "placed" | "sold-out" | "nothing-left" | "refused";

export interface Run {
  /** Resolves when every order has ended or was given up. */
  readonly done: Promise<void>;
  readonly placings: Readonly<Record<Placing, number>>;
  /** Places no more orders; those placed go on to their end. */
  stopPlacing(): void;
}

/** So often a customer tries who finds things sold out. */
const mostTries = 3;

/** Lets the orders come at their times, whatever has become of those before. */
export function run(world: World, crew: Crew, orders: readonly Coming[], settings: RunSettings): Run {
  const placings: Record<Placing, number> = { placed: 0, "sold-out": 0, "nothing-left": 0, refused: 0 };
  const guests = Array.from({ length: settings.guests ?? 0 }, () => Tokens.ofGuest(world.api, world.tenant));
  const stopped = new AbortController();

  async function everything(): Promise<void> {
    const stopPolling = poll(world, settings.pollsPerSecond, settings.seed);
    const sweep = setInterval(() => endHung(world), 1_000);
    const cuts = cutNowAndThen(crew, settings);
    const began = performance.now();
    const lives: Promise<void>[] = [];
    for (const [number, coming] of orders.entries()) {
      const wait = coming.at - (performance.now() - began);
      if (wait > 1) await sleep(wait, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) break;
      const guest = guests[number % guests.length] ?? Tokens.ofGuest(world.api, world.tenant);
      lives.push(live(number, coming, guest));
    }
    await Promise.all(lives);
    for (const timer of [sweep, cuts]) clearInterval(timer);
    stopPolling();
  }

  async function live(number: number, coming: Coming, guest: Tokens): Promise<void> {
    const random = randomFrom(settings.seed, "order", number);
    const plan = planOrder(random, settings.shares, settings.delays);
    const order = new PlayedOrder(number, coming.shop.id, plan, (handOff, ms) => world.latencies.add(handOff, ms));
    try {
      const placed = await tryToPlace(order, coming, guest, random);
      if (typeof placed === "string") return void (placings[placed] += 1);
      placings.placed += 1;
      world.journal.add(order);
      order.heard();
      await playCustomer(world, order, guest, placed.view, placed.wanted);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      world.findings.add("simulator", detail, { order: order.id, venue: order.venue });
    }
  }

  /** Of what has run out others buy something else; of what was recorded nothing else will do. */
  async function tryToPlace(
    order: PlayedOrder,
    coming: Coming,
    guest: Tokens,
    random: Random,
  ): Promise<{ view: OrderView; wanted: Wanted } | Exclude<Placing, "placed">> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const wanted = wantedOf(coming, random, settings.shares, tries > 0);
      if (wanted === null) return "nothing-left";
      const reply = await place(
        world,
        order,
        guest,
        wanted,
        checkoutOf(order, coming, wanted, random, world.geography),
      );
      if (reply.ok) return { view: reply.value, wanted };
      await coming.shop.refresh();
      if (!reply.problem.type.endsWith("/sold-out") || !coming.shop.mayRunOut(wanted.lines)) {
        world.findings.add("refused", `placing: ${describe(reply)}`, { venue: order.venue });
        return "refused";
      }
      world.latencies.add("soldOut", reply.ms);
      if (coming.lines !== undefined) return "sold-out";
    }
    return "sold-out";
  }

  return { done: everything(), placings, stopPlacing: () => stopped.abort() };
}

/** Nobody hears anything of it any more: that is the worst an order can do. */
function endHung(world: World): void {
  const now = performance.now();
  for (const order of world.journal.all) {
    if (order.over || order.atRest || now - order.heardAt <= world.hungAfter) continue;
    const where = `${order.view?.status ?? "placed"}, payment ${order.view?.payment?.status ?? "unknown"}, ticket ${order.ticket?.status ?? "none"}`;
    world.findings.add("hung", `nothing for ${Math.round(world.hungAfter / 1000)} s: ${where}`, {
      order: order.id,
      venue: order.venue,
    });
    order.giveUp();
  }
}

function cutNowAndThen({ kitchens, drivers }: Crew, { seed, cutCrewEvery }: RunSettings): NodeJS.Timeout | undefined {
  if (cutCrewEvery <= 0) return undefined;
  const random = randomFrom(seed, "cuts");
  return setInterval(() => pick([...kitchens, ...drivers], random).cutSocket(), cutCrewEvery);
}

const firstNames = [
  "Ada",
  "Björn",
  "Chidi",
  "Dolores",
  "Eun-ji",
  "Fátima",
  "Giuseppe",
  "Hồng",
  "Ines",
  "Jürgen",
] as const;
const lastNames = [
  "Abara",
  "Brandt",
  "Çelik",
  "Da Silva",
  "Eriksen",
  "Fischer",
  "Gómez",
  "Haddad",
  "Ito",
  "Jansen",
] as const;

/** What a customer of that plan says at the checkout. */
export function checkoutOf(
  { number, plan }: PlayedOrder,
  { shop }: Coming,
  { fulfilment }: Wanted,
  random: Random,
  geography?: Geography,
): z.input<typeof Checkout> {
  const { lat, lng } = shop.point;
  const anywhere = { lat: lat + (random() - 0.5) * 0.03, lng: lng + (random() - 0.5) * 0.03 };
  const door = geography?.door(shop.point, number) ?? anywhere;
  const address = { line1: `${1 + (number % 200)} Market Street`, city: "Simulated", ...door };
  return {
    customer: {
      name: `${pick(firstNames, random)} ${pick(lastNames, random)}`,
      phone: `+4420${String(70000000 + number)}`,
      ...(plan.email === undefined ? {} : { email: plan.email }),
    },
    payment:
      plan.payment === "cash"
        ? { method: "cash" }
        : { method: "card", token: plan.payment === "card" ? "card_ok" : "card_declined" },
    address: fulfilment === "delivery" ? address : null,
  };
}
