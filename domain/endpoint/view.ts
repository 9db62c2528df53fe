import { rfc3339 } from "../../contracts/time.ts";
import type { EndpointView, ReportView, WholeReport } from "../../contracts/webhook.ts";
import { bodyOf } from "./body.ts";
import type { Endpoint, Report } from "./endpoint.ts";
import { waitingIn } from "./start.ts";

/** An endpoint as its tenant's admins see it: no secret, but which there are. Null where there is none. */
export function endpointView(endpoint: Endpoint, id: string): EndpointView | null {
  const { settings, disabled, breaker, secrets, streams, lastDeliveredAt } = endpoint;
  if (settings === null) return null;
  const reports = Object.values(streams).flatMap((stream) => stream.reports);
  return {
    id,
    ...settings,
    enabled: disabled === null,
    disabled: disabled === null ? null : { reason: disabled.reason, at: rfc3339(disabled.at) },
    breaker: {
      state: breaker.state,
      until: breaker.state === "open" ? rfc3339(breaker.until) : null,
      since: instant(breaker.since),
    },
    secrets: secrets.map((secret) => ({
      id: secret.id,
      createdAt: rfc3339(secret.createdAt),
      until: instant(secret.until),
    })),
    waiting: waitingIn(endpoint),
    failed: reports.filter(({ state }) => state.status === "failed").length,
    lastDeliveredAt: instant(lastDeliveredAt),
  };
}

export function reportView({ id, event, data, sequence, at, state, tries, attempts }: Report): ReportView {
  return {
    id,
    event,
    order: data?.order ?? null,
    venue: data?.venue ?? null,
    sequence,
    at: rfc3339(at),
    status: state.status,
    tries,
    nextAttemptAt: state.status === "waiting" ? rfc3339(state.dueAt) : null,
    endedAt: state.status === "delivered" || state.status === "failed" ? rfc3339(state.at) : null,
    attempts: attempts.map((attempt) => ({ ...attempt, at: rfc3339(attempt.at) })),
  };
}

/** The newest reports first, by the time of what they tell. */
export function reportsOf(
  { streams }: Endpoint,
  { status, order, limit }: { status?: ReportView["status"] | undefined; order?: string | undefined; limit: number },
): ReportView[] {
  return Object.entries(streams)
    .filter(([stream]) => order === undefined || stream === order)
    .flatMap(([, { reports }]) => reports)
    .filter(({ state }) => status === undefined || state.status === status)
    .toSorted((one, other) => other.at - one.at || other.sequence - one.sequence)
    .slice(0, limit)
    .map(reportView);
}

export function wholeReport(self: { tenant: string; id: string }, report: Report): WholeReport {
  return { ...reportView(report), body: bodyOf(self, report) };
}

function instant(at: number | null): string | null {
  return at === null ? null : rfc3339(at);
}
