import type { Point } from "../../contracts/point.ts";
import { metresBetween } from "../dispatch/travel.ts";

/** Where a phone is shown, out of what it has said; a phone errs by tens of metres, and at times by kilometres. */
export interface Trace {
  readonly point: Point;
  readonly at: number;
  /** How far off it may be (metres); null where the phone has not said. */
  readonly accuracy: number | null;
  /** Fixes in a row that were too far off to be believed. */
  readonly misses: number;
}

/** Metres a second; nobody who brings food is faster. */
const fastest = 45;
/** A fix so far off tells nothing. */
const uselessMetres = 500;
/** After so many that agree on a place nobody thought possible, it was the old one that was wrong. */
const mostMisses = 3;
/** An exact fix counts fully; one that may be this far off counts half as much, two seconds after the last. */
const halfMetres = 30;

/**
 * The trace with another fix: a weighted mean of both, by how exact the fix is and how long ago the last one was. A fix
 * that would need more than any vehicle's speed is passed over, unless it comes again and again. Phones that do not say
 * how exact they are are believed.
 */
export function smoothed(before: Trace | null, point: Point, at: number, accuracy: number | null): Trace {
  if (before === null || accuracy === null) return { point, at, accuracy, misses: 0 };
  if (before.accuracy !== null) {
    const seconds = Math.max(1, (at - before.at) / 1_000);
    const metres = metresBetween(before.point, point) - accuracy - before.accuracy;
    const isOff = accuracy > uselessMetres || metres / seconds > fastest;
    if (isOff && before.misses + 1 < mostMisses) return { ...before, misses: before.misses + 1 };
    if (isOff) return { point, at, accuracy, misses: 0 };
  }
  const seconds = Math.max(0.5, (at - before.at) / 1_000);
  const trust = (seconds / 2) * (halfMetres / Math.max(1, accuracy));
  const share = Math.min(1, trust / (1 + trust) + (accuracy <= 5 ? 1 : 0));
  return {
    point: {
      lat: before.point.lat + (point.lat - before.point.lat) * share,
      lng: before.point.lng + (point.lng - before.point.lng) * share,
    },
    at,
    accuracy,
    misses: 0,
  };
}
