import type { FactData } from "../../contracts/events.ts";
import type { EndpointSettings, LetterAlert } from "../../contracts/webhook.ts";

/**
 * An endpoint: an address of a tenant's own system that is told of its orders. A report's life:
 *
 *   waiting → under-way → delivered
 *      ↑          │
 *      └──────────┴→ failed     (both can be replayed: waiting again)
 *
 * Reports of one order go in order, one at a time; orders do not wait for each other. Times are epoch milliseconds.
 */
export interface Endpoint {
  readonly settings: EndpointSettings | null;
  /** The venues that report here, all of them where the settings name none. */
  readonly venues: readonly string[];
  /** Newest first; those with an `until` sign until then. Sealed: nobody can read one here. */
  readonly secrets: readonly Secret[];
  readonly disabled: Disabled | null;
  readonly breaker: Breaker;
  /** Reports by order, oldest first; a test or an alert is a stream of its own. */
  readonly streams: Readonly<Record<string, Stream>>;
  readonly lastDeliveredAt: number | null;
}

export interface Secret {
  readonly id: string;
  readonly sealed: string;
  readonly createdAt: number;
  readonly until: number | null;
}

export interface Disabled {
  readonly reason: "switched-off" | "gone" | "unreachable" | "too-far-behind";
  readonly at: number;
}

/** `failing`: the streams of the failures in a row. `since`: when the first of them was, with nothing delivered after. */
export type Breaker =
  | { readonly state: "closed"; readonly failing: readonly string[]; readonly since: number | null }
  | { readonly state: "open"; readonly until: number; readonly waitMs: number; readonly since: number }
  | { readonly state: "half-open"; readonly waitMs: number; readonly since: number };

export interface Stream {
  readonly reports: readonly Report[];
  /** When it last changed. */
  readonly touchedAt: number;
}

export type ReportState =
  | { readonly status: "waiting"; readonly dueAt: number }
  | { readonly status: "under-way"; readonly since: number }
  | { readonly status: "delivered" | "failed"; readonly at: number };

export type OrderReport = FactData<"order.reported">;

export interface Report {
  readonly id: string;
  readonly event: string;
  /** What is told of an order; null for a test, and for an alert, which has it beside. */
  readonly data: OrderReport | null;
  readonly alert?: LetterAlert;
  /** The order's event it tells of, and when that was. */
  readonly sequence: number;
  readonly at: number;
  readonly state: ReportState;
  /** 1, and one more with every replay. */
  readonly round: number;
  /** Attempts of this round, the one under way included. */
  readonly tries: number;
  /** The last ones of all rounds. */
  readonly attempts: readonly ReportAttempt[];
}

export interface ReportAttempt {
  readonly at: number;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly excerpt: string;
}

export const unknownEndpoint: Endpoint = {
  settings: null,
  venues: [],
  secrets: [],
  disabled: null,
  breaker: { state: "closed", failing: [], since: null },
  streams: {},
  lastDeliveredAt: null,
};

export function hasSettled({ state }: Report): boolean {
  return state.status === "delivered" || state.status === "failed";
}

/** The report whose turn it is: the oldest that has not ended; null where all have. */
export function headOf(stream: Stream): Report | null {
  return stream.reports.find((report) => !hasSettled(report)) ?? null;
}

/** A report by its id, and the stream it is in. */
export function reportIn(endpoint: Endpoint, id: string): { stream: string; report: Report } | null {
  const stream = streamOf(id);
  const report = endpoint.streams[stream]?.reports.find((one) => one.id === id);
  return report === undefined ? null : { stream, report };
}

/** `rep_{order}_{event's number}`: the same for every endpoint, so that a program behind two of them sees it is one. */
export function reportIdOf(order: string, sequence: number): string {
  return `rep_${order}_${sequence}`;
}

function streamOf(report: string): string {
  return /^rep_(ord_[0-9a-z]+)_\d+$/.exec(report)?.[1] ?? report;
}
