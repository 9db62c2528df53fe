import type { ZoneState } from "../../domain/delivery/zone.ts";
import type { DriverState } from "../../domain/driver/driver.ts";
import { hasEnded, type Order } from "../../domain/order/order.ts";
import { viewOf } from "../../domain/order/view.ts";
import type { Board } from "../../domain/ticket/board.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { customerView } from "../../workers/delivery/delivery-view.ts";
import { twinView } from "../../workers/delivery/driver-view.ts";
import { ticketView } from "../../workers/kitchen/ticket-view.ts";
import { aboutMoney, aboutPrice, aboutStock } from "./accounts.ts";
import type { Customer } from "./customer.ts";
import type { Driver } from "./driver.ts";
import { aboutDelivery, aboutDriver, readyAtOf } from "./errands.ts";
import type { Kitchen } from "./kitchen.ts";
import { seqOf, stateAt } from "./records.ts";
import type { House } from "./houses.ts";
import type { Town } from "./town.ts";

export interface Cast {
  readonly customers: readonly Customer[];
  readonly drivers: readonly Driver[];
  readonly kitchens: readonly Kitchen[];
}

type Status = Order["stage"]["status"];

const ticketOf: Readonly<Record<Status, readonly (string | undefined)[]>> = {
  nothing: [undefined],
  basket: [undefined],
  placed: [undefined],
  scheduled: [undefined],
  sent: ["waiting"],
  accepted: ["accepted"],
  preparing: ["preparing"],
  ready: ["ready"],
  "out-for-delivery": ["handed-over", undefined],
  collected: ["handed-over", undefined],
  delivered: ["handed-over", undefined],
  rejected: ["rejected", undefined],
  // What the kitchen handed over or rejected before it heard of the end stays so.
  cancelled: ["withdrawn", "handed-over", "rejected", undefined],
  failed: ["withdrawn", "handed-over", "rejected", undefined],
};

/** What parties disagree about while nothing is on its way between them, in words. */
export function disagreements(town: Town, cast: Cast): string[] {
  return [
    ...town.houses.flatMap((house) => [...aboutHouse(town, cast, house), ...aboutStock(town, cast, house)]),
    ...cast.drivers.flatMap((driver) => aboutDriver(town, driver)),
    ...strangers(town, cast),
    ...aboutScreens(town, cast),
  ];
}

function aboutHouse(town: Town, { customers }: Cast, house: House): string[] {
  const found: string[] = [];
  const board = stateAt<Board>(town, "board", house.venueName)?.tickets ?? {};
  const zone = stateAt<ZoneState>(town, "zone", house.zoneName);
  const mine = customers.filter((customer) => customer.house === house);
  for (const { id } of mine) {
    const order = town.order(id);
    if (order === null || order.placed === null) continue;
    const { status } = order.stage;
    const ticket = board[id];
    const disagree = (who: string, what: unknown): void => void found.push(`${id} is ${status}, and ${who}: ${JSON.stringify(what)}`); // prettier-ignore
    const delivery = zone?.deliveries[id];
    const isTold = !town.givenUp.has(id);
    if (isTold && !ticketOf[status].includes(ticket?.status)) disagree("its ticket", ticket?.status ?? "gone");
    if (isTold && ticket !== undefined) found.push(...aboutTicket(id, order, ticket));
    if (isTold && order.fulfilment === "delivery") found.push(...aboutDelivery(id, order, delivery));
    else if (isTold && delivery !== undefined) disagree("there is a delivery", delivery.stage);
    const line = town.db.line(house.tenant, id);
    const isLine = line?.status === status && (line.open === 1) !== hasEnded(order.stage);
    if (!isLine || line.total !== order.placed.bill.total) disagree("its line in the list", line ?? "missing");
    found.push(...aboutMoney(town, id, order), ...aboutPrice(town, id, order));
  }
  const known = new Set(mine.map(({ id }) => id));
  for (const id of Object.keys(board)) if (!known.has(id)) found.push(`${house.venue} cooks for ${id}, which is not its order`); // prettier-ignore
  return found;
}

/** Nobody delivers, and no list shows, what another tenant's customer has ordered. */
function strangers(town: Town, { customers }: Cast): string[] {
  const found: string[] = [];
  const tenants = new Map(customers.map(({ id, house }) => [id, house.tenant]));
  for (const { tenant, zoneName } of town.houses) {
    const deliveries = stateAt<ZoneState>(town, "zone", zoneName)?.deliveries ?? {};
    for (const id of Object.keys(deliveries))
      if (tenants.get(id) !== tenant) found.push(`${tenant} delivers ${id} of another tenant`);
  }
  for (const { namespace, name } of town.cloud.places.values()) {
    const [tenant, id = ""] = name.split("/");
    if (namespace === "order" && tenants.get(id) !== tenant) found.push(`${name} is an order of another tenant`);
  }
  return found;
}

/** The kitchen cooks what was ordered, for when it was promised, and knows who fetches it. */
function aboutTicket(id: string, order: Order, ticket: Ticket): string[] {
  const { status } = order.stage;
  const found: string[] = [];
  // A wish is erased with its customer, and in the kitchen some days later.
  if (order.erasedAt === undefined && !same(ticket.order.lines, order.placed?.bill.lines))
    found.push(`${id}: the kitchen cooks something else`);
  if (ticket.seenAt !== null && ticket.escalated !== undefined) found.push(`${id} was seen, and is alarmed for`);
  if (hasEnded(order.stage) || status === "out-for-delivery") return found;
  const isPromised = status === "accepted" || status === "preparing";
  if (isPromised && "readyAt" in ticket && ticket.readyAt !== readyAtOf(order))
    found.push(`${id} is promised for ${readyAtOf(order)}, and the kitchen thinks for ${ticket.readyAt}`);
  if ((ticket.seenAt === null) !== (order.seenAt === null)) found.push(`${id} was seen at ${ticket.seenAt}, and the order knows ${order.seenAt}`); // prettier-ignore
  const { driver = null, atVenue = false, pickupAt = null } = order.delivery ?? {};
  const arrives = pickupAt === null ? {} : { arrivesAt: pickupAt };
  const known = driver === null ? null : { id: driver.id, name: driver.name, atVenue, ...arrives };
  if (!same(ticket.driver, known))
    found.push(`${id}: the kitchen waits for ${ticket.driver?.id}, and ${driver?.id} comes`);
  return found;
}

/** Whoever is connected sees what is. */
function aboutScreens(town: Town, { customers, drivers, kitchens }: Cast): string[] {
  const found: string[] = [];
  for (const { id, name, follower, principal, map, house } of customers) {
    const { tenant, zoneName } = house;
    const zone = stateAt<ZoneState>(town, "zone", zoneName);
    const delivery = zone?.deliveries[id];
    if (
      map.isConnected &&
      zone !== null &&
      delivery !== undefined &&
      map.last !== undefined &&
      "delivery" in map.last
    ) {
      // A promise moves with the time it is looked at.
      const is = { ...customerView(zone, delivery, town.clock.now), position: null, eta: null };
      if (!same({ ...map.last.delivery, position: null, eta: null }, is)) found.push(`${name} sees the delivery ${map.last.delivery.status}, it is ${is.status}`); // prettier-ignore
    }
    const order = town.order(id);
    if (!follower.isConnected || order === null || follower.last === undefined || !("order" in follower.last)) continue;
    const seq = seqOf(town, "order", `${tenant}/${id}`);
    const is = { ...viewOf(order, { tenant, id, seq }, principal.role, town.clock.now), eta: null };
    if (!same({ ...follower.last.order, eta: null }, is)) found.push(`${name} sees ${id} ${follower.last.order.status} at ${follower.seq}, it is ${is.status} at ${seq}`); // prettier-ignore
  }
  for (const { id, tenant, follower, shown } of drivers) {
    const twin = stateAt<DriverState>(town, "driver", `${tenant}/${id}`);
    if (!follower.isConnected || twin === null || shown === undefined) continue;
    const is = twinView(id, seqOf(town, "driver", `${tenant}/${id}`), twin);
    if (!same({ ...shown, position: null }, { ...is, position: null }))
      found.push(`${id}'s phone shows something else than is`);
  }
  for (const { house, follower, shown } of kitchens) {
    if (!follower.isConnected) continue;
    const is = Object.values(stateAt<Board>(town, "board", house.venueName)?.tickets ?? {}).map(ticketView);
    if (!same(is.map(({ order }) => shown.get(order)), is) || shown.size !== is.length) found.push(`${house.venue}'s tablet shows other tickets than there are`); // prettier-ignore
  }
  return found;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
