import { basename, dirname, resolve } from "node:path";
import type { Point } from "../../contracts/point.ts";
import { readInstance } from "../dispatch/instance.ts";

/** Where doors are as seen from a venue, and where drivers begin: those of a recorded day, made to fit. */
export interface Geography {
  door(venue: Point, number: number): Point;
  start(venue: Point, number: number): Point;
}

/** Farther than this from the venue nothing is (metres): a venue delivers only so far. */
const farthestMetres = 1_500;
const metresADegree = 111_195;

/** Reads a day of the benchmark (`npm run bench:dispatch`): its doors and couriers, each as seen from its restaurant. */
export function geographyIn(folder: string): Geography {
  const path = resolve(folder);
  const { orders, couriers, restaurants } = readInstance(dirname(path), basename(path));
  const places = [...restaurants.values()];
  const doors = orders.flatMap(({ restaurant, x, y }) => {
    const from = restaurants.get(restaurant);
    return from === undefined ? [] : [{ x: x - from.x, y: y - from.y }];
  });
  const starts = couriers.flatMap(({ x, y }, at) => {
    const from = places[at % places.length];
    return from === undefined ? [] : [{ x: x - from.x, y: y - from.y }];
  });
  return { door: shiftedBy(doors), start: shiftedBy(starts) };
}

function shiftedBy(ways: readonly { readonly x: number; readonly y: number }[]): Geography["door"] {
  const farthest = ways.reduce((most, { x, y }) => Math.max(most, Math.hypot(x, y)), 1);
  const scale = Math.min(1, farthestMetres / farthest) / metresADegree;
  return ({ lat, lng }, number) => {
    const { x, y } = ways[number % ways.length] ?? { x: 0, y: 0 };
    return { lat: lat + y * scale, lng: lng + (x * scale) / Math.cos((lat * Math.PI) / 180) };
  };
}
