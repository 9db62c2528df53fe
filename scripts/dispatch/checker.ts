import type { Instance } from "./instance.ts";
import type { Day, Move, Run } from "./replay.ts";

/**
 * What in a day breaks a rule of the benchmark, in words. Works every time out anew from the instance, and trusts
 * nothing of the replay but what was decided when, and the times it claims.
 */
export function broken(instance: Instance, { runs, moves }: Day): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const orders = new Map(instance.orders.map((order) => [order.order, order]));
  const couriers = new Map(instance.couriers.map((courier) => [courier.courier, courier]));
  const minutes = (fromX: number, fromY: number, toX: number, toY: number) =>
    Math.ceil(Math.sqrt((fromX - toX) ** 2 + (fromY - toY) ** 2) / instance.metresPerMinute);

  const deeds = Map.groupBy<string, Run | Move>([...runs, ...moves], ({ courier }) => courier);
  for (const [name, own] of deeds) {
    const courier = couriers.get(name);
    if (courier === undefined) {
      faults.push(`${name} is no courier of ${instance.name}`);
      continue;
    }
    let { x, y, on: freeAt } = courier;
    // A move to where the courier already is takes no time, and so can begin in the same minute as a run.
    for (const deed of own.toSorted((a, b) => a.sent - b.sent || Number("orders" in a) - Number("orders" in b))) {
      const fault = (text: string) => faults.push(`${name}, sent at ${deed.sent}: ${text}`);
      if (deed.sent < freeAt) fault(`is busy until ${freeAt}`);
      if (!("orders" in deed)) {
        if (deed.arrival < deed.sent + minutes(x, y, deed.to.x, deed.to.y)) fault("moves too fast");
        if (![...instance.restaurants.values()].some((one) => one.x === deed.to.x && one.y === deed.to.y)) {
          fault("moves to where no restaurant is");
        }
        ({ x, y } = deed.to);
        freeAt = deed.arrival;
        continue;
      }
      const place = instance.restaurants.get(deed.restaurant);
      if (place === undefined) {
        fault(`there is no ${deed.restaurant}`);
        continue;
      }
      const arrival = deed.sent + minutes(x, y, place.x, place.y);
      if (deed.arrival < arrival) fault(`is at ${deed.restaurant} before ${arrival}`);
      if (deed.pickup < arrival + instance.pickupService / 2) fault("picks up before it can be there");
      if (deed.pickup > courier.off) fault(`picks up at ${deed.pickup}, off since ${courier.off}`);
      if (deed.orders.length === 0) fault("brings nothing");
      ({ x, y } = place);
      let time = deed.pickup + instance.pickupService / 2;
      for (const [index, number] of deed.orders.entries()) {
        const order = orders.get(number);
        if (order === undefined) {
          fault(`there is no ${number}`);
          continue;
        }
        if (seen.has(number)) fault(`${number} is assigned twice`);
        seen.add(number);
        const decided = deed.decided[index] ?? NaN;
        if (!(decided >= order.placed)) fault(`${number} is assigned at ${decided}, before it is placed`);
        if (!(decided >= deed.sent && decided < Math.max(deed.pickup, deed.sent + 1))) {
          fault(`${number} is assigned at ${decided}, not between leaving and pickup`);
        }
        if (order.restaurant !== deed.restaurant) fault(`${number} is not of ${deed.restaurant}`);
        if (deed.pickup < order.ready) fault(`${number} is picked up before it is ready`);
        time += minutes(x, y, order.x, order.y) + instance.dropoffService / 2;
        if (!((deed.dropoffs[index] ?? NaN) >= time)) fault(`${number} is at the door before ${time}`);
        time = Math.max(time, deed.dropoffs[index] ?? time) + instance.dropoffService / 2;
        ({ x, y } = order);
      }
      freeAt = time;
    }
  }
  return faults;
}
