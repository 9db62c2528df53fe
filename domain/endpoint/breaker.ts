import type { Breaker } from "./endpoint.ts";

/** So many failures in a row, of so many orders, open it: one order that is not digested does not stop the others. */
const failuresToOpen = 5;
const ordersToOpen = 3;
const firstWaitMs = 30_000;
const longestWaitMs = 10 * 60_000;
/** After so long without a single success the endpoint is disabled. */
export const givenUpAfterMs = 5 * 86_400_000;

export const closed: Breaker = { state: "closed", failing: [], since: null };

/** What a failed attempt makes of the breaker; `probe`: it was the one let through. */
export function afterFailure(breaker: Breaker, stream: string, now: number): Breaker {
  switch (breaker.state) {
    case "closed": {
      const failing = [...breaker.failing, stream].slice(-failuresToOpen);
      const since = breaker.since ?? now;
      const opens = failing.length === failuresToOpen && new Set(failing).size >= ordersToOpen;
      return opens
        ? { state: "open", until: now + firstWaitMs, waitMs: firstWaitMs, since }
        : { state: "closed", failing, since };
    }
    case "half-open": {
      const waitMs = Math.min(breaker.waitMs * 2, longestWaitMs);
      return { state: "open", until: now + waitMs, waitMs, since: breaker.since };
    }
    // One that was under way when the breaker opened.
    case "open":
      return breaker;
  }
}

/** What letting an attempt through makes of it. */
export function afterStart(breaker: Breaker): Breaker {
  return breaker.state === "open" ? { state: "half-open", waitMs: breaker.waitMs, since: breaker.since } : breaker;
}
