import { parseAddress } from "../../contracts/address.ts";
import type { Delivery } from "../../domain/delivery/delivery.ts";
import type { ZoneState } from "../../domain/delivery/zone.ts";
import type { DriverState } from "../../domain/driver/driver.ts";
import { hasEnded, type Order } from "../../domain/order/order.ts";
import type { Driver } from "./driver.ts";
import { zonesOf } from "./houses.ts";
import { stateAt } from "./records.ts";
import type { Town } from "./town.ts";

type Status = Order["stage"]["status"];

const fetching = ["waiting", "offered", "assigned", "at-venue", "with-carrier"];
const deliveryOf: Readonly<Record<Status, readonly (string | undefined)[]>> = {
  nothing: [undefined],
  basket: [undefined],
  placed: [undefined],
  scheduled: [undefined],
  sent: [undefined],
  accepted: fetching,
  preparing: fetching,
  ready: fetching,
  "out-for-delivery": ["picked-up", "with-carrier"],
  collected: [undefined],
  delivered: ["delivered", undefined],
  rejected: [undefined],
  // What was delivered before the zone heard of the end stays so.
  cancelled: ["called-off", "failed", "returning", "returned", "delivered", undefined],
  failed: ["called-off", "failed", "returning", "returned", "delivered", undefined],
};

/** Where food is that could not be handed over. */
const foodOf: Readonly<Record<string, Order["food"]>> = { returning: "returning", returned: "returned" };

/** The zone has of an order what the order has of it. */
export function aboutDelivery(id: string, order: Order, delivery: Delivery | undefined): string[] {
  const { status } = order.stage;
  const has = delivery?.stage.status;
  if (!deliveryOf[status].includes(has)) return [`${id} is ${status}, and its delivery: ${has ?? "gone"}`];
  // An order that ended before it heard that the food was fetched is not told that it comes back: the zone's list has it.
  const isKnown = order.food !== undefined || order.delivery?.pickedUp === true;
  if (
    delivery !== undefined &&
    status === "failed" &&
    isKnown &&
    order.food !== foodOf[has ?? ""] &&
    order.food !== "unaccounted"
  )
    return [`${id}: its food is ${order.food}, and its delivery ${has}`];
  if (delivery !== undefined && status === "cancelled" && order.food === "returning" && has !== "returning")
    return [`${id}: its food is on its way back, and its delivery ${has}`];
  if (delivery === undefined || hasEnded(order.stage)) return [];
  const found: string[] = [];
  const holder = "driver" in delivery.stage && has !== "offered" ? (delivery.stage.driver?.id ?? null) : null;
  const known = order.delivery?.driver?.id ?? null;
  const { placed } = order;
  const cash = placed?.payment.method === "cash" ? placed.bill.total : undefined;
  if (delivery.job.cash?.amount !== cash)
    found.push(`${id}: the driver asks for ${delivery.job.cash?.amount}, and ${cash} is owed at the door`);
  const carrier = delivery.stage.status === "with-carrier" ? delivery.stage.carrier : undefined;
  if (JSON.stringify(carrier) !== JSON.stringify(order.delivery?.carrier))
    found.push(
      `${id} is with the carrier ${JSON.stringify(order.delivery?.carrier)}, and the zone says ${JSON.stringify(carrier)}`,
    );
  if (order.delivery?.atVenue !== (has === "at-venue"))
    found.push(`${id}: the driver is ${has}, and the order does not know`);
  if (holder !== known) found.push(`${id} is with ${known}, and the zone says ${holder}`);
  const isFetched = status === "out-for-delivery";
  if (!isFetched && fetching.includes(has ?? "") && delivery.ready !== (status === "ready"))
    found.push(`${id} is ${status}, and the zone thinks it is ${delivery.ready ? "" : "not "}ready`);
  if (!isFetched && delivery.readyAt !== readyAtOf(order))
    found.push(`${id} will be ready at ${readyAtOf(order)}, and the zone thinks at ${delivery.readyAt}`);
  return found;
}

/** What is promised (epoch ms), or null where nothing is. */
export function readyAtOf({ stage }: Pick<Order, "stage">): number | null {
  return "readyAt" in stage ? stage.readyAt : null;
}

const taskOf: Readonly<Record<string, string>> = {
  assigned: "to-venue",
  "at-venue": "at-venue",
  "picked-up": "to-customer",
  returning: "returning",
};

/** A driver's phone has what the zone has given the driver. */
export function aboutDriver(town: Town, { id, tenant, zone: home }: Driver): string[] {
  const twin = stateAt<DriverState>(town, "driver", `${tenant}/${id}`);
  if (twin === null) return [];
  const zones = zonesOf(town.houses, tenant).map((name) => ({ name, zone: stateAt<ZoneState>(town, "zone", `${tenant}/${name}`) })); // prettier-ignore
  const mine = zones
    .flatMap(({ zone }) => Object.values(zone?.deliveries ?? {}))
    .filter(({ stage }) => "driver" in stage && stage.driver?.id === id);
  const tasks = mine.flatMap(({ job, stage, readyAt, ready }) => {
    const task = taskOf[stage.status];
    return task === undefined ? [] : [`${job.order} ${task}, ${ready ? "ready" : `for ${readyAt}`}`];
  });
  const shown = Object.values(twin.tasks).map(
    ({ order, stage, readyAt, ready }) => `${order} ${stage}, ${ready ? "ready" : `for ${readyAt}`}`,
  );
  const offered = mine.find(({ stage }) => stage.status === "offered")?.job.order ?? null;
  const found: string[] = [];
  if (tasks.toSorted().join() !== shown.toSorted().join())
    found.push(`${id} sees the tasks ${shown.join()}, the zone ${tasks.join()}`);
  if (offered !== (twin.offer?.order ?? null))
    found.push(`${id} is offered ${offered}, and sees ${twin.offer?.order ?? null}`);
  const isOn = zones.find(({ name }) => name === home)?.zone?.drivers[id] !== undefined;
  if (isOn !== (twin.shift.status === "on"))
    found.push(`${id} is ${twin.shift.status} shift, and the zone thinks ${isOn}`);
  const lent = zones.flatMap(({ name, zone }) => {
    const loan = zone?.loans?.[id];
    return loan === undefined ? [] : [`${name} > ${parseAddress(loan.to).id} ${loan.no}`];
  });
  const borrowed = zones.flatMap(({ name, zone }) => {
    const loan = zone?.drivers[id]?.borrowed;
    return loan === undefined ? [] : [`${parseAddress(loan.from).id} > ${name} ${loan.loan}`];
  });
  // Whoever has given a fact up has to wait until the lender asks.
  if (lent.join() !== borrowed.join() && town.givenUp.size === 0)
    found.push(`${id} is lent ${lent.join() || "to nobody"}, and borrowed ${borrowed.join() || "by nobody"}`);
  return found;
}
