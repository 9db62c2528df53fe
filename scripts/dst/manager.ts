import { isRefusal } from "../../contracts/problem.ts";
import { hasEnded } from "../../domain/order/order.ts";
import type { RefundedLine } from "../../domain/order/refund.ts";
import type { StaffCommand, ZoneObject } from "../../workers/delivery/zone-object.ts";
import type { EndpointObject } from "../../workers/ordering/endpoint-object.ts";
import { eraseOrder } from "../../workers/ordering/erasure.ts";
import type { OrderObject } from "../../workers/ordering/order-object.ts";
import type { Cast } from "./agreement.ts";
import type { Chance } from "./chance.ts";
import type { Customer } from "./customer.ts";
import { insist } from "./insist.ts";
import { carriers, endpointName } from "./partners.ts";
import { person, type Town } from "./town.ts";

const minute = 60_000;

/**
 * Now and then a manager meddles with a delivery: gives it to a driver or to another channel, calls it delivered, or
 * gives it up; pays a part back; and has the data of a customer erased whose order is over.
 */
export function manage(town: Town, { customers, drivers }: Cast, chance: Chance): void {
  if (town.partners.hears)
    for (const tenant of new Set(town.houses.map(({ tenant }) => tenant)))
      if (chance.hits(0.4)) town.clock.in(chance.between(30, 400) * minute, () => replay(town, tenant, chance));
  for (const customer of customers) {
    if (chance.hits(0.1)) town.clock.in(chance.between(20, 300) * minute, () => erase(town, customer, chance));
    if (chance.hits(0.3)) town.clock.in(chance.between(5, 90) * minute, () => payBack(town, customer, chance));
    const { id: order, wanted, house } = customer;
    if (wanted.fulfilment !== "delivery" || !chance.hits(town.partners.channels === null ? 0.12 : 0.5)) continue;
    const driver = chance.of(drivers.filter(({ tenant }) => tenant === house.tenant)).id;
    const to = chance.of(["own", ...(town.partners.channels === null ? [] : carriers)]);
    const command = chance.of<StaffCommand>([
      { type: "assign", order, driver },
      { type: "confirm", order },
      { type: "give-up", order, reason: "other", detail: "" },
      { type: "move", order, to },
      ...(town.partners.channels === null
        ? []
        : [{ type: "move", order, to } as const, { type: "move", order, to } as const]),
    ]);
    // A manager may give a driver more than the zone would.
    if (command.type === "assign") town.seen.set(`${house.zoneName} assigned by hand`, town.clock.now);
    town.clock.in(chance.between(5 * minute, 60 * minute), async () => {
      const zone = town.cloud.namespace<ZoneObject>("zone", person("manager")).getByName(house.zoneName);
      const principal = town.principal(house, "staff", "manager");
      await insist(town, "manager", `${command.type} ${order}`, (ask) =>
        command.type === "move" ? zone.move(order, command.to, principal, ask) : zone.dispatch(command, principal, ask),
      );
    });
  }
}

/** Some times a part of what was taken, or all of it, some parts twice, whatever becomes of the order meanwhile. */
async function payBack(town: Town, { id, house }: Customer, chance: Chance): Promise<void> {
  const bill = town.order(id)?.placed?.bill;
  const total = bill?.total ?? 0;
  const again = chance.between(1, Math.max(1, Math.floor(total / 3)));
  const object = town.cloud.namespace<OrderObject>("order", person("manager")).getByName(`${house.tenant}/${id}`);
  const principal = town.principal(house, "staff", "manager");
  let portions: RefundedLine[] | null = null;
  for (let times = chance.between(1, 3); times > 0; times -= 1) {
    const isSame = portions !== null && chance.hits(0.6);
    if (!isSame) portions = bill !== undefined && chance.hits(0.6) ? [{ line: chance.of([0, bill.lines.length - 1]), quantity: chance.of([1, 1, 2]) }] : null; // prettier-ignore
    const amount = portions !== null || chance.hits(0.2) ? null : chance.of([again, chance.between(1, Math.max(1, total))]); // prettier-ignore
    const command = { type: "refund", lines: portions, amount, reason: "goodwill", detail: "" } as const;
    const what = portions === null ? (amount ?? "all") : `${portions[0]?.quantity} of line ${portions[0]?.line}`;
    const answer = await insist(town, "manager", `refund ${what} of ${id}`, async (ask) =>
      object.command(command, ask, principal),
    );
    if (!isRefusal(answer)) town.cloud.strike("paid back by hand");
    // What is asked for next finds the first under way, or done.
    await town.clock.sleep(chance.of([0, 10 * minute]));
  }
}

/** Tries some times: until the order is over, nobody has to be told of it any more, and all of it was done. */
async function erase(town: Town, customer: Customer, chance: Chance, tries = 6): Promise<void> {
  const { id, house } = customer;
  const order = town.order(id);
  if (tries === 0) return;
  // Who still waits for an answer may ask for it again, and what was answered is erased with the rest.
  if (order !== null && hasEnded(order.stage) && order.updatedAt + 15 * minute < town.clock.now) {
    const admin = town.principal(house, "admin", "admin");
    const env = town.env(person("admin"));
    const refusal = await eraseOrder(env, admin, id, town.clock.now).catch(() => undefined);
    const said = refusal === undefined ? "no answer" : (refusal?.detail ?? "done");
    town.story.tell(`admin: erase ${id} – ${said}`);
    if (refusal === null) {
      town.seen.set(`${id} erased`, town.clock.now);
      return town.cloud.strike("order erased");
    }
  }
  town.clock.in(chance.between(10, 60) * minute, () => erase(town, customer, chance, tries - 1));
}

/** On some days the reports of the day are sent once more, all or those that failed. */
async function replay(town: Town, tenant: string, chance: Chance): Promise<void> {
  const endpoint = town.cloud.namespace<EndpointObject>("endpoint", person("admin")).getByName(endpointName(tenant));
  const range = { from: 0, until: town.clock.now, status: chance.of(["all", "failed"] as const) };
  const answer = await insist(town, "admin", `replay of ${tenant}`, (ask) => {
    // From here on older ones may come after newer ones, once.
    town.listener.expectReplay(tenant);
    return endpoint.replayRange(range, ask);
  });
  if (!isRefusal(answer)) town.cloud.strike("reports replayed");
}
