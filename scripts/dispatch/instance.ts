import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A day of the benchmark. Metres, and whole minutes from opening. */
export interface Instance {
  readonly name: string;
  readonly restaurants: ReadonlyMap<string, Place>;
  readonly orders: readonly DayOrder[];
  readonly couriers: readonly DayCourier[];
  readonly metresPerMinute: number;
  readonly pickupService: number;
  readonly dropoffService: number;
  readonly target: number;
  readonly payPerOrder: number;
  readonly payPerHour: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface DayOrder extends Place {
  readonly order: string;
  readonly placed: number;
  readonly restaurant: string;
  readonly ready: number;
}

export interface DayCourier extends Place {
  readonly courier: string;
  readonly on: number;
  readonly off: number;
}

/** Reads a day's folder. */
export function readInstance(root: string, name: string): Instance {
  const read = (file: string) => table(readFileSync(join(root, name, file), "utf8"), `${name}/${file}`);
  const [parameters] = read("instance_parameters.txt");
  if (parameters === undefined) throw new Error(`${name} has no parameters`);
  return {
    name,
    restaurants: new Map(read("restaurants.txt").map((row) => [row.text("restaurant"), place(row)])),
    orders: read("orders.txt").map((row) => ({
      order: row.text("order"),
      ...place(row),
      placed: row.number("placement_time"),
      restaurant: row.text("restaurant"),
      ready: row.number("ready_time"),
    })),
    couriers: read("couriers.txt").map((row) => ({
      courier: row.text("courier"),
      ...place(row),
      on: row.number("on_time"),
      off: row.number("off_time"),
    })),
    metresPerMinute: parameters.number("meters_per_minute"),
    pickupService: parameters.number("pickup service minutes"),
    dropoffService: parameters.number("dropoff service minutes"),
    target: parameters.number("target click-to-door"),
    payPerOrder: parameters.number("pay per order"),
    payPerHour: parameters.number("guaranteed pay per hour"),
  };
}

/** Whole minutes from one place to another. */
export function travel({ metresPerMinute }: Instance, from: Place, to: Place): number {
  const x = from.x - to.x;
  const y = from.y - to.y;
  return Math.ceil(Math.sqrt(x * x + y * y) / metresPerMinute);
}

interface Row {
  text(name: string): string;
  number(name: string): number;
}

function place(row: Row): Place {
  return { x: row.number("x"), y: row.number("y") };
}

function table(text: string, name: string): Row[] {
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  const columns = new Map(head.split("\t").map((title, index) => [title, index]));
  return lines.map((line) => {
    const cells = line.split("\t");
    const cell = (title: string): string => {
      const value = cells[columns.get(title) ?? -1];
      if (value === undefined) throw new Error(`${name} has no ${title} in “${line}”`);
      return value;
    };
    return {
      text: cell,
      number(title) {
        const value = Number(cell(title));
        if (!Number.isFinite(value)) throw new Error(`${name}: ${title} is no number in “${line}”`);
        return value;
      },
    };
  });
}
