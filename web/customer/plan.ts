import type { Point } from "../../contracts/point.ts";

/** A point of the plan, in its own units: x to the east, y to the south. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How a piece of the earth is put on a sheet of `width` by `height`. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  /** Units of the sheet for a metre. */
  readonly scale: number;
  spotOf(point: Point): Spot;
}

const metresPerDegree = 111_320;
/** However near all of it is, no less than this is shown: a plan of a doorstep shows nothing. */
const leastMetres = 300;
/** Round the outermost marks: below them stand their names, and the scale. */
const edge = { side: 60, top: 44, bottom: 84 };

/** A plan on which all the points have room. On so few kilometres the earth is flat (equirectangular projection). */
export function planOf(points: readonly Point[], width: number, height: number): Plan {
  const lats = points.map(({ lat }) => lat);
  const lngs = points.map(({ lng }) => lng);
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lng: (Math.min(...lngs) + Math.max(...lngs)) / 2 };
  const narrowing = Math.max(0.01, Math.cos((middle.lat * Math.PI) / 180));
  const metres = ({ lat, lng }: Point): Spot => ({
    x: (lng - middle.lng) * metresPerDegree * narrowing,
    y: (middle.lat - lat) * metresPerDegree,
  });
  const spots = points.map(metres);
  const wide = Math.max(leastMetres, 2 * Math.max(...spots.map(({ x }) => Math.abs(x))));
  const high = Math.max(leastMetres / 2, 2 * Math.max(...spots.map(({ y }) => Math.abs(y))));
  const scale = Math.min((width - 2 * edge.side) / wide, (height - edge.top - edge.bottom) / high);
  return {
    width,
    height,
    scale,
    spotOf(point) {
      const { x, y } = metres(point);
      return { x: round(width / 2 + x * scale), y: round((height + edge.top - edge.bottom) / 2 + y * scale) };
    },
  };
}

/** A round number of metres for which a tenth to a quarter of the sheet's width stands. */
export function scaleBarOf({ width, scale }: Plan): { readonly metres: number; readonly length: number } {
  const most = (width * 0.25) / scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((step) => step <= most) ?? power;
  return { metres, length: round(metres * scale) };
}

/** A path through the spots that is bent where they turn: what a phone reports is a corner where the street is a curve. */
export function trailOf(spots: readonly Spot[]): string {
  const [first, ...rest] = spots;
  const last = spots.at(-1);
  if (first === undefined || last === undefined || rest.length === 0) return "";
  const bends = rest.slice(0, -1).map((spot, at) => {
    const next = rest[at + 1] ?? spot;
    return `Q${spot.x} ${spot.y} ${round((spot.x + next.x) / 2)} ${round((spot.y + next.y) / 2)}`;
  });
  return `M${first.x} ${first.y}${bends.join("")}L${last.x} ${last.y}`;
}

/** Degrees clockwise from north by which one goes from one spot to another. */
export function headingOf(from: Spot, to: Spot): number {
  return Math.round((Math.atan2(to.x - from.x, from.y - to.y) * 180) / Math.PI);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
