import type { StaffCommand, ZoneObject } from "../../workers/delivery/zone-object.ts";
import type { Cast } from "./agreement.ts";
import type { Chance } from "./chance.ts";
import { insist } from "./insist.ts";
import { person, type Town } from "./town.ts";

const minute = 60_000;

/** Now and then a manager meddles with a delivery: gives it to a driver, calls it delivered, or gives it up. */
export function manage(town: Town, { customers, drivers }: Cast, chance: Chance): void {
  for (const { id: order, wanted, house } of customers) {
    if (wanted.fulfilment !== "delivery" || !chance.hits(0.12)) continue;
    const driver = chance.of(drivers.filter(({ tenant }) => tenant === house.tenant)).id;
    const command = chance.of<StaffCommand>([
      { type: "assign", order, driver },
      { type: "confirm", order },
      { type: "give-up", order, reason: "other", detail: "" },
    ]);
    // A manager may give a driver more than the zone would.
    if (command.type === "assign") town.seen.set(`${house.zoneName} assigned by hand`, town.clock.now);
    town.clock.in(chance.between(5 * minute, 60 * minute), async () => {
      const zone = town.cloud.namespace<ZoneObject>("zone", person("manager")).getByName(house.zoneName);
      const principal = town.principal(house, "staff", "manager");
      await insist(town, "manager", `${command.type} ${order}`, (ask) => zone.dispatch(command, principal, ask));
    });
  }
}
