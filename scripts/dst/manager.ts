import { isRefusal } from "../../contracts/problem.ts";
import { hasEnded } from "../../domain/order/order.ts";
import type { StaffCommand, ZoneObject } from "../../workers/delivery/zone-object.ts";
import type { OrderObject } from "../../workers/ordering/order-object.ts";
import type { Cast } from "./agreement.ts";
import type { Chance } from "./chance.ts";
import type { Customer } from "./customer.ts";
import { insist } from "./insist.ts";
import { carriers } from "./partners.ts";
import { person, type Town } from "./town.ts";

const minute = 60_000;

/**
 * Now and then a manager meddles with a delivery: gives it to a driver or to another channel, calls it delivered, or
 * gives it up; pays a part back; and has the data of a customer erased whose order is over.
 */
export function manage(town: Town, { customers, drivers }: Cast, chance: Chance): void {
  for (const customer of customers) {
    if (chance.hits(0.1)) town.clock.in(chance.between(20, 300) * minute, () => erase(town, customer, chance));
    if (chance.hits(0.15)) town.clock.in(chance.between(5, 90) * minute, () => payBack(town, customer, chance));
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

/** Once or twice a part of what was taken, or all of it, whatever becomes of the order meanwhile. */
async function payBack(town: Town, { id, house }: Customer, chance: Chance): Promise<void> {
  const total = town.order(id)?.placed?.bill.total ?? 0;
  const object = town.cloud.namespace<OrderObject>("order", person("manager")).getByName(`${house.tenant}/${id}`);
  const principal = town.principal(house, "staff", "manager");
  for (let times = chance.between(1, 2); times > 0; times -= 1) {
    const amount = chance.hits(0.2) ? null : chance.between(1, Math.max(1, total));
    const command = { type: "refund", lines: null, amount, reason: "goodwill", detail: "" } as const;
    const answer = await insist(town, "manager", `refund ${amount ?? "all"} of ${id}`, async (ask) =>
      object.command(command, ask, principal),
    );
    if (!isRefusal(answer)) town.cloud.strike("paid back by hand");
  }
}

/** Tries some times: until the order is over and nobody has to be told of it any more. */
async function erase(town: Town, customer: Customer, chance: Chance, tries = 6): Promise<void> {
  const { id, house } = customer;
  const order = town.order(id);
  if (order?.erasedAt !== undefined || tries === 0) return;
  // Who still waits for an answer may ask for it again, and what was answered is erased with the rest.
  if (order !== null && hasEnded(order.stage) && order.updatedAt + 15 * minute < town.clock.now) {
    const object = town.cloud.namespace<OrderObject>("order", person("admin")).getByName(`${house.tenant}/${id}`);
    const refusal = await object.eraseNow(town.principal(house, "admin", "admin")).catch(() => undefined);
    const said = refusal === undefined ? "no answer" : (refusal?.detail ?? "done");
    town.story.tell(`admin: erase ${id} – ${said}`);
    if (refusal === null) return town.cloud.strike("order erased");
  }
  town.clock.in(chance.between(10, 60) * minute, () => erase(town, customer, chance, tries - 1));
}
