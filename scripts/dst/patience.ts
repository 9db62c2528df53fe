import type { Place } from "./cloud.ts";

interface Breaker {
  readonly state: "closed" | "open" | "half-open";
}

/** Events that say that somebody outside was called, has answered, or has not; of which order. */
const words: Readonly<Record<string, { readonly began: string; readonly well: string; readonly ill: string }>> = {
  carrier: { began: "called", well: "answered", ill: "unanswered" },
  endpoint: { began: "attempt-started", well: "attempt-succeeded", ill: "attempt-failed" },
};
/** Whoever does not answer so often in a row, about so many orders, is left alone for a while. */
const enough: Readonly<Record<string, { readonly times: number; readonly orders: number }>> = {
  carrier: { times: 3, orders: 1 },
  endpoint: { times: 5, orders: 3 },
};

/** Whether carriers and the tenants' own systems are left alone while they do not answer: told of every event. */
export class Patience {
  private readonly failing = new Map<Place, string[]>();

  /** What is wrong with an event after which the object's state is this, or null. */
  judge(place: Place, event: { type: string; order?: string; report?: string }, state: object): string | null {
    const { namespace } = place;
    const [word, limit] = [words[namespace], enough[namespace]];
    if (word === undefined || limit === undefined || !("breaker" in state)) return null;
    const { breaker } = state as { breaker: Breaker };
    if (event.type === word.began && breaker.state === "open") return "calls while its breaker is open";
    if (event.type === word.well || event.type === "disabled" || event.type === "enabled") this.failing.delete(place);
    if (event.type !== word.ill) return null;
    const about = event.order ?? event.report?.replace(/_\d+$/, "") ?? "";
    const failing = [...(this.failing.get(place) ?? []), about].slice(-limit.times);
    this.failing.set(place, failing);
    const isEnough = failing.length === limit.times && new Set(failing).size >= limit.orders;
    return isEnough && breaker.state === "closed" ? "goes on calling whoever does not answer" : null;
  }
}
