import { hasSettled, headOf, type Endpoint, type Report } from "./endpoint.ts";

/** As many calls of one endpoint are under way at a time: a Worker has six connections. */
const mostAtOnce = 6;

interface Waiting {
  readonly report: Report;
  readonly dueAt: number;
}

/** The reports whose turn it is, one of each order at most, the most overdue first; none of an order with one under way. */
function turns(endpoint: Endpoint): Waiting[] {
  const waiting: Waiting[] = [];
  for (const stream of Object.values(endpoint.streams)) {
    const head = headOf(stream);
    if (head === null || head.state.status !== "waiting") continue;
    // A replayed report steps before one that was under way already.
    if (stream.reports.some(({ state }) => state.status === "under-way")) continue;
    waiting.push({ report: head, dueAt: head.state.dueAt });
  }
  return waiting.toSorted((one, other) => one.dueAt - other.dueAt);
}

/** The reports to send now. An open breaker lets one through when its time has come: that with the fewest tries. */
export function startable(endpoint: Endpoint, now: number): string[] {
  const { breaker } = endpoint;
  if (endpoint.settings === null || endpoint.disabled !== null) return [];
  if (breaker.state === "half-open" || (breaker.state === "open" && breaker.until > now)) return [];
  const due = turns(endpoint).filter(({ dueAt }) => dueAt <= now);
  if (breaker.state === "open") {
    const [probe] = due.toSorted((one, other) => one.report.tries - other.report.tries);
    return probe === undefined ? [] : [probe.report.id];
  }
  return due.slice(0, Math.max(0, mostAtOnce - underWay(endpoint))).map(({ report }) => report.id);
}

/** When `startable` will next have something (epoch ms), or null while only an outcome can change that. */
export function nextStartAt(endpoint: Endpoint): number | null {
  const { breaker } = endpoint;
  if (endpoint.settings === null || endpoint.disabled !== null || breaker.state === "half-open") return null;
  if (breaker.state === "closed" && underWay(endpoint) >= mostAtOnce) return null;
  const first = turns(endpoint)[0]?.dueAt;
  if (first === undefined) return null;
  return breaker.state === "open" ? Math.max(first, breaker.until) : first;
}

export function waitingIn({ streams }: Endpoint): number {
  return Object.values(streams).reduce(
    (sum, { reports }) => sum + reports.filter((report) => !hasSettled(report)).length,
    0,
  );
}

function underWay({ streams }: Endpoint): number {
  return Object.values(streams).filter(({ reports }) => reports.some(({ state }) => state.status === "under-way"))
    .length;
}
