const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Before each attempt of a report; Standard Webhooks' own. Ten attempts over 75 h 35 min. */
export const waitsMs = [
  0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour,
] as const; // prettier-ignore
/** An answer may ask for more time than the schedule gives, up to this. */
export const longestRetryAfterMs = 24 * hour;

/**
 * When to try again after `tries` attempts of which the last ended now, or null: it is given up. Up to a tenth is added,
 * by the report's own key, so that reports which failed together do not come back together.
 */
export function nextTryAt(key: string, tries: number, now: number, retryAfterMs: number | null): number | null {
  const wait = waitsMs[tries];
  if (wait === undefined) return null;
  const spread = Math.floor((wait / 10) * fraction(`${key}/${tries}`));
  return now + Math.max(wait + spread, Math.min(retryAfterMs ?? 0, longestRetryAfterMs));
}

/** From 0 until before 1, the same for the same text: FNV-1a. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
