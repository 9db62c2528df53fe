import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { StaffDelivery } from "../../contracts/delivery.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderSummary, OrderView } from "../../contracts/order.ts";
import type { Reply } from "../client/api.ts";
import { stockOf } from "./shelves.ts";
import type { Crew } from "../simulate/crew.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import type { Audience } from "./audience.ts";
import type { AtRest } from "./last-look.ts";
import { missing, takenBy } from "./shelf.ts";
import type { Excuse } from "./told.ts";

/** What was there before the first order, by venue and stock key. */
export type Shelves = ReadonlyMap<string, Readonly<Record<string, number>>>;

export interface Surroundings {
  readonly world: World;
  readonly crew: Crew;
  readonly shops: readonly Shop[];
  readonly shelves: Shelves;
  readonly orders: readonly AtRest[];
  readonly audience: Audience;
  readonly excuse: Excuse;
}

/** Where those around the orders do not say what the orders say, in words; it may only be on its way to them. */
export async function disagreeing(around: Surroundings): Promise<string[]> {
  const looks = [
    onBoards(around),
    inZones(around),
    onPhones(around),
    onShelves(around),
    inList(around),
    deadLetters(around),
    around.audience.faults(around.orders, around.excuse),
  ];
  return (await Promise.all(looks)).flat();
}

async function onBoards({ world, shops, orders }: Surroundings): Promise<string[]> {
  const boards = shops.map(async ({ id }) => {
    const reply = must(await world.api.call(kitchenRoutes.tickets, { as: world.admin, params: { venue: id } }));
    return reply.tickets.filter(({ status }) => status !== "withdrawn" && status !== "rejected");
  });
  const open = (await Promise.all(boards)).flat();
  const known = new Map(orders.map(({ view }) => [view.id, view.status]));
  return open.map(
    ({ order, status }) => `${order}'s ticket is still ${status}, the order is ${known.get(order) ?? "nobody's"}`,
  );
}

async function inZones({ world, shops, orders }: Surroundings): Promise<string[]> {
  const zones = [...new Set(shops.map(({ settings }) => settings.zone))];
  const all = await Promise.all(
    zones.map(async (zone) => {
      const query = { status: "all" };
      return must(await world.api.call(deliveryRoutes.zoneDeliveries, { as: world.admin, params: { zone }, query }))
        .deliveries;
    }),
  );
  const deliveries = new Map(all.flat().map((delivery) => [delivery.order, delivery]));
  const wrong = orders.flatMap(({ view }) => deliveryFault(view, deliveries.get(view.id)));
  const known = new Set(orders.map(({ view }) => view.id));
  const strangers = [...deliveries.keys()].filter((id) => !known.has(id));
  return [...wrong, ...strangers.map((id) => `${id} is a delivery of no order`)];
}

function deliveryFault(view: OrderView, delivery: StaffDelivery | undefined): string[] {
  if (delivery === undefined)
    return view.status === "delivered" ? [`${view.id} is delivered, its zone does not know it`] : [];
  const fits = view.status === "delivered" ? ["delivered"] : ["called-off", "failed"];
  return fits.includes(delivery.status) ? [] : [`${view.id} is ${view.status}, to its zone ${delivery.status}`];
}

async function onPhones({ crew }: Surroundings): Promise<string[]> {
  return crew.drivers.flatMap(({ name, view }) => {
    const held = [...(view?.tasks ?? []), ...(view?.offer ? [view.offer] : [])].map(({ order }) => order);
    return held.map((order) => `${name}'s phone still shows ${order}`);
  });
}

async function onShelves({ world, shelves, orders }: Surroundings): Promise<string[]> {
  const venues = [...shelves].map(async ([venue, before]) => {
    const taken = orders.filter(({ view }) => view.venue === venue).map(({ events }) => takenBy(events));
    return missing(before, await stockOf(world, venue), taken).map((words) => `${venue}: ${words}`);
  });
  return (await Promise.all(venues)).flat();
}

async function inList({ world, orders, audience }: Surroundings): Promise<string[]> {
  const listed: OrderSummary[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: "100", ...(cursor === undefined ? {} : { cursor }) };
    const page = must(await world.api.call(orderRoutes.list, { as: world.admin, query }));
    listed.push(...page.orders);
    cursor = page.next;
  }
  const rows = new Map(listed.map((row) => [row.id, row]));
  const known = new Set([...orders.map(({ view }) => view.id), ...audience.unattended.orders]);
  const strangers = [...rows.keys()]
    .filter((id) => !known.has(id))
    .map((id) => `${id} is listed, nobody was told of it`);
  const stale = orders.flatMap(({ view }) => {
    const row = rows.get(view.id);
    return row?.status === view.status && row.total === view.bill?.total
      ? []
      : [`${view.id} is ${view.status}, listed as ${row?.status ?? "nothing"}`];
  });
  return [...strangers, ...stale];
}

async function deadLetters({ world }: Surroundings): Promise<string[]> {
  const { deadLetters: open } = must(await world.api.call(operationRoutes.deadLetters, { as: world.admin }));
  return open.map(
    ({ type, receiver, error, attempts }) => `dead letter: ${type} to ${receiver}, ${attempts} times ${error}`,
  );
}

function must<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`At the end: ${describe(reply)}`);
}
