/**
 * Everything that is measured, as a scraper reads it. Dashboard and alert rules may name these and no others; a test
 * holds them to it.
 */
export const metrics = {
  comanda_up: { type: "gauge", labels: ["worker"], help: "Whether the worker answered this scrape." },
  comanda_sources_failed: {
    type: "gauge",
    labels: ["worker"],
    help: "Parts of this scrape that could not be had and are left out, such as those read from D1 while it is away.",
  },
  comanda_orders: { type: "gauge", labels: ["worker", "state"], help: "Open orders by state, from the read model." },
  comanda_orders_ended_total: { type: "counter", labels: ["worker", "state"], help: "Orders that came to an end." },
  comanda_handoff_seconds: {
    type: "histogram",
    labels: ["worker", "fact"],
    help: "From the write of a fact at its sender to its application here, by the kind of fact.",
  },
  comanda_retransmissions_total: {
    type: "counter",
    labels: ["worker"],
    help: "Facts that arrived here by a retransmission, because the first copy was not acknowledged in time.",
  },
  comanda_dead_letters: {
    type: "gauge",
    labels: ["worker", "consumer"],
    help: "Open dead letters, by the consumer that gave their facts up.",
  },
  comanda_dead_letters_oldest_seconds: {
    type: "gauge",
    labels: ["worker", "consumer"],
    help: "Since when the oldest fact of an open dead letter waits.",
  },
  comanda_queue_messages: { type: "gauge", labels: ["worker", "queue"], help: "Messages that wait on a queue." },
  comanda_queue_bytes: { type: "gauge", labels: ["worker", "queue"], help: "Bytes that wait on a queue." },
  comanda_queue_oldest_seconds: {
    type: "gauge",
    labels: ["worker", "queue"],
    help: "Age of the oldest message that waits on a queue; 0 where none does.",
  },
  comanda_objects: { type: "gauge", labels: ["worker", "kind"], help: "Objects in use, as far as D1 knows of them." },
  comanda_objects_asked: {
    type: "gauge",
    labels: ["worker", "kind"],
    help: "Objects of which this scrape tells: all in use, or as many by lot as one scrape may ask.",
  },
  comanda_objects_silent: {
    type: "gauge",
    labels: ["worker", "kind"],
    help: "Objects that were asked and did not answer.",
  },
  comanda_outbox_facts: {
    type: "gauge",
    labels: ["worker", "kind"],
    help: "Facts the asked objects have said and not heard acknowledged.",
  },
  comanda_effects_owed: {
    type: "gauge",
    labels: ["worker", "kind"],
    help: "Outside calls the asked objects owe: not made yet, or not answered.",
  },
  comanda_sockets: { type: "gauge", labels: ["worker", "kind"], help: "Live sockets on the asked objects." },
  comanda_breakers: {
    type: "gauge",
    labels: ["worker", "kind", "state"],
    help: "Circuit breakers of the asked objects, by state.",
  },
  comanda_crons_total: {
    type: "counter",
    labels: ["worker", "outcome"],
    help: "Jobs of the minute's cron, done or failed.",
  },
} as const satisfies Readonly<Record<string, Metric>>;

interface Metric {
  readonly type: "gauge" | "counter" | "histogram";
  readonly labels: readonly string[];
  readonly help: string;
}

export type MetricName = keyof typeof metrics;

/** Upper bounds (seconds, inclusive) of a histogram's buckets, beside the one without a bound. */
export const buckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600] as const;

/** One value. A histogram's samples are those of its buckets (label `le`, each with all below it), sum and count. */
export interface Sample {
  readonly metric: MetricName;
  /** A histogram's part. */
  readonly part?: "bucket" | "sum" | "count";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** How an actor fares. */
export interface Vitals {
  /** Facts not acknowledged. */
  readonly waiting: number;
  /** Outside calls owed. */
  readonly owed: number;
  readonly sockets: number;
  readonly breakers: readonly BreakerState[];
}

export type BreakerState = "closed" | "open" | "half-open";

/** What is wrong with one part of the installation; never says more than whoever runs it has to know. */
export interface Ailment {
  /** E.g. `/database`, or `/kitchen/queues` behind the front door. */
  readonly pointer: string;
  readonly detail: string;
}

/** What a service behind the front door tells it of itself. */
export interface Observed {
  measure(): Promise<Sample[]>;
  ail(): Promise<Ailment[]>;
}
