import { testEvent } from "../../contracts/webhook.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { afterFailure, afterStart, closed } from "./breaker.ts";
import {
  hasSettled, reportIdOf, reportIn, unknownEndpoint, type Endpoint, type OrderReport, type Report, type ReportAttempt, type ReportState,
} from "./endpoint.ts"; // prettier-ignore
import type { EndpointEvent } from "./events.ts";

/** As many attempts of a report are kept. */
const mostAttempts = 20;

export function evolve(endpoint: Endpoint, event: Recorded<EndpointEvent>): Endpoint {
  const { at } = event;
  switch (event.type) {
    case "configured":
      return { ...endpoint, settings: event.settings, venues: event.venues };
    case "venue-covered":
      return { ...endpoint, venues: [...endpoint.venues, event.venue] };
    case "secret-made": {
      const until = event.formerUntil;
      const former = endpoint.secrets.map((secret) => ({ ...secret, until: Math.min(secret.until ?? until, until) }));
      return { ...endpoint, secrets: [event.secret, ...former.filter((secret) => secret.until > at)] };
    }
    case "secrets-expired":
      return { ...endpoint, secrets: endpoint.secrets.filter(({ id }) => !event.ids.includes(id)) };
    case "disabled":
      return withAll({ ...endpoint, disabled: { reason: event.reason, at }, breaker: closed }, (report) =>
        report.state.status === "waiting" ? { ...report, state: { status: "failed", at } } : report,
      );
    case "enabled":
      return { ...endpoint, disabled: null, breaker: closed };
    case "deleted":
      return unknownEndpoint;
    case "reported": {
      const { data, dueAt } = event;
      const state: ReportState = dueAt === null ? { status: "failed", at } : { status: "waiting", dueAt };
      const report = {
        id: reportIdOf(data.order, data.seq),
        event: data.event,
        data,
        sequence: data.seq,
        at: data.at,
        state,
      };
      return withNew(endpoint, data.order, { ...report, ...untried }, at);
    }
    case "customer-erased":
      return withoutCustomer(endpoint, event.order);
    case "test-asked": {
      const state = { status: "waiting", dueAt: at } as const;
      const report = { id: event.id, event: testEvent, data: null, sequence: 0, at, state };
      return withNew(endpoint, event.id, { ...report, ...untried }, at);
    }
    case "alerted": {
      const { id, alert } = event;
      const state = { status: "waiting", dueAt: at } as const;
      const report = { id, event: "dead-letter.appeared", data: null, alert, sequence: 0, at: alert.at, state };
      return withNew(endpoint, id, { ...report, ...untried }, at);
    }
    case "attempt-started": {
      const started = { ...endpoint, breaker: afterStart(endpoint.breaker) };
      return changed(started, event.report, at, (report) => ({
        ...report,
        state: { status: "under-way", since: at },
        tries: report.tries + 1,
      }));
    }
    case "attempt-succeeded":
      return changed({ ...endpoint, breaker: closed, lastDeliveredAt: at }, event.report, at, (report) => ({
        ...report,
        state: { status: "delivered", at },
        attempts: attempted(report, event.attempt),
      }));
    case "attempt-failed": {
      const stream = reportIn(endpoint, event.report)?.stream ?? "";
      const breaker = endpoint.disabled === null ? afterFailure(endpoint.breaker, stream, at) : endpoint.breaker;
      const { dueAt } = event;
      return changed({ ...endpoint, breaker }, event.report, at, (report) => ({
        ...report,
        state: dueAt === null ? { status: "failed", at } : { status: "waiting", dueAt },
        attempts: attempted(report, event.attempt),
      }));
    }
    case "replayed":
      return event.reports.reduce(
        (was, id) =>
          changed(was, id, at, (report) => ({
            ...report,
            state: { status: "waiting", dueAt: at },
            round: report.round + 1,
            tries: 0,
          })),
        endpoint,
      );
    case "forgotten": {
      const kept = Object.entries(endpoint.streams).filter(([stream]) => !event.streams.includes(stream));
      return { ...endpoint, streams: Object.fromEntries(kept) };
    }
  }
}

const untried = { round: 1, tries: 0, attempts: [] } as const;

function attempted({ attempts }: Report, attempt: ReportAttempt): readonly ReportAttempt[] {
  return [...attempts, attempt].slice(-mostAttempts);
}

function withNew(endpoint: Endpoint, stream: string, report: Report, at: number): Endpoint {
  const reports = [...(endpoint.streams[stream]?.reports ?? []), report];
  return { ...endpoint, streams: { ...endpoint.streams, [stream]: { reports, touchedAt: at } } };
}

function changed(endpoint: Endpoint, id: string, at: number, change: (report: Report) => Report): Endpoint {
  const stream = reportIn(endpoint, id)?.stream;
  const { reports } = endpoint.streams[stream ?? ""] ?? {};
  if (stream === undefined || reports === undefined) return endpoint;
  const after = reports.map((report) => (report.id === id ? change(report) : report));
  return { ...endpoint, streams: { ...endpoint.streams, [stream]: { reports: after, touchedAt: at } } };
}

/** What was told of an order, without its customer and anybody's free words: they are not told again in a replay either. */
function withoutCustomer(endpoint: Endpoint, order: string): Endpoint {
  const stream = endpoint.streams[order];
  if (stream === undefined) return endpoint;
  const reports = stream.reports.map((report) => ({
    ...report,
    data: report.data === null ? null : anonymous(report.data),
    attempts: report.attempts.map((attempt) => ({ ...attempt, excerpt: "" })),
  }));
  return { ...endpoint, streams: { ...endpoint.streams, [order]: { ...stream, reports } } };
}

function anonymous({ ticket, end, carrier, ...data }: OrderReport): OrderReport {
  return {
    ...data,
    driver: null,
    end: end === null ? null : { ...end, detail: "" },
    ...(carrier === undefined ? {} : { carrier: { ...carrier, tracking: null } }),
    ticket: ticket === null ? null : withoutWords(ticket),
  };
}

function withoutWords({ note: _, ...ticket }: NonNullable<OrderReport["ticket"]>) {
  return { ...ticket, customer: "", lines: ticket.lines.map((line) => ({ ...line, note: null })) };
}

function withAll(endpoint: Endpoint, change: (report: Report) => Report): Endpoint {
  const streams = Object.entries(endpoint.streams).map(([id, stream]) =>
    stream.reports.every(hasSettled)
      ? ([id, stream] as const)
      : ([id, { ...stream, reports: stream.reports.map(change) }] as const),
  );
  return { ...endpoint, streams: Object.fromEntries(streams) };
}
