import { useEffect, useRef, useState } from "preact/hooks";
import type { DispatchView } from "../../contracts/dispatch.ts";

interface Spot {
  readonly lat: number;
  readonly lng: number;
}

const edge = 40;

interface DispatchMapProps {
  readonly dispatch: DispatchView;
  readonly title: string;
  /** What a venue is called. */
  nameOf(venue: string): string;
}

/** A sketch of the zone without streets: north is up, and all that is known fits. */
export function DispatchMap({ dispatch, title, nameOf }: DispatchMapProps) {
  const { drivers, deliveries } = dispatch;
  const [frame, width] = useWidth();
  const height = Math.max(320, Math.round(0.56 * width));
  const spots: Spot[] = [
    ...drivers.flatMap(({ position }) => (position === null ? [] : [position])),
    ...deliveries.flatMap(({ pickup, dropoff }) => [pickup, dropoff].filter((spot) => spot !== null)),
  ];
  if (spots.length === 0) return null;
  const place = onto(spots, width, height);
  const placeOfDriver = new Map(
    drivers.flatMap(({ id, position }) => (position === null ? [] : [[id, place(position)]])),
  );
  return (
    <svg ref={frame} class="dispatch-map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {deliveries.map(({ order, pickup, dropoff, driver, status }) => {
        const from = driver === null ? undefined : placeOfDriver.get(driver.id);
        const next = status === "picked-up" ? dropoff : pickup;
        if (from === undefined || next === null) return null;
        const to = place(next);
        return (
          <line key={order} class={`dispatch-way dispatch-${status}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        );
      })}
      {deliveries.map(({ order, code, dropoff, why }) => {
        if (dropoff === null) return null;
        const { x, y } = place(dropoff);
        return (
          <circle key={order} class={`dispatch-door dispatch-why-${why}`} cx={x} cy={y} r={9}>
            <title>{code}</title>
          </circle>
        );
      })}
      {[...new Map(deliveries.map(({ venue, pickup }) => [venue, pickup]))].map(([venue, pickup]) => {
        if (pickup === null) return null;
        const { x, y } = place(pickup);
        return (
          <rect key={venue} class="dispatch-venue" x={x - 9} y={y - 9} width={18} height={18} rx={3}>
            <title>{nameOf(venue)}</title>
          </rect>
        );
      })}
      {drivers.map(({ id, name, deliveries: held }) => {
        const at = placeOfDriver.get(id);
        if (at === undefined) return null;
        return (
          <g key={id} class={held.length === 0 ? "dispatch-driver" : "dispatch-driver dispatch-busy"}>
            <title>{name}</title>
            <circle cx={at.x} cy={at.y} r={16} />
            <text x={at.x} y={at.y}>
              {initials(name)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** How wide the sketch is: a unit is a pixel, so that what is written grows with the page's text, not with the page. */
function useWidth() {
  const frame = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(1_000);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const sized = new ResizeObserver(() => setWidth(Math.max(240, Math.round(current.clientWidth))));
    sized.observe(current);
    return () => sized.disconnect();
  });
  return [frame, width] as const;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return `${first.charAt(0)}${last.charAt(0)}`.toUpperCase();
}

/** Where places are on the sketch; a degree of longitude is shorter than one of latitude. */
function onto(spots: readonly Spot[], width: number, height: number): (spot: Spot) => { x: number; y: number } {
  const lats = spots.map(({ lat }) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const wides = spots.map(({ lng }) => lng * narrow);
  const [west, east] = [Math.min(...wides), Math.max(...wides)];
  const scale = Math.min(
    (width - 2 * edge) / Math.max(0.002, east - west),
    (height - 2 * edge) / Math.max(0.002, north - south),
  );
  return ({ lat, lng }) => ({
    x: width / 2 + (lng * narrow - (west + east) / 2) * scale,
    y: height / 2 - (lat - (south + north) / 2) * scale,
  });
}
