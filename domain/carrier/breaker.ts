import { backoffMs } from "./backoff.ts";

/**
 * Whether a carrier is called at all.
 *
 *   closed ──three calls in a row unanswered──► open ──its time is over──► half-open ──answered──► closed
 *                                                ▲                            │
 *                                                └────────unanswered──────────┘  and twice as long
 */
export type Breaker =
  | { readonly state: "closed"; readonly failures: number }
  | { readonly state: "open"; readonly failures: number; readonly until: number }
  /** One call is under way, by which it is seen whether the carrier answers again. */
  | { readonly state: "half-open"; readonly failures: number };

export const closed: Breaker = { state: "closed", failures: 0 };

/** Calls in a row that are not answered before the carrier is left alone for a while. */
export const trippedBy = 3;
const firstMs = 4_000;
const longestMs = 10 * 60_000;

export function afterSilence(breaker: Breaker, now: number): Breaker {
  const failures = breaker.failures + 1;
  if (failures < trippedBy) return { state: "closed", failures };
  // What was already under way when it opened does not keep it open for longer.
  if (breaker.state === "open") return { ...breaker, failures };
  return { state: "open", failures, until: now + backoffMs(failures - trippedBy + 1, "breaker", firstMs, longestMs) };
}

/** From when a call may be made (epoch ms): 0 for at once; Infinity while it is being seen whether it answers again. */
export function callableFrom(breaker: Breaker): number {
  switch (breaker.state) {
    case "closed":
      return 0;
    case "open":
      return breaker.until;
    case "half-open":
      return Infinity;
  }
}
