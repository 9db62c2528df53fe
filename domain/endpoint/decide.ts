import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import { givenUpAfterMs } from "./breaker.ts";
import { hasSettled, reportIdOf, reportIn, type Endpoint, type Report, type ReportAttempt } from "./endpoint.ts";
import type { EndpointCommand, EndpointEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { roomFor, spent } from "./keeping.ts";
import { nextTryAt } from "./schedule.ts";
import { startable } from "./start.ts";

type Decision = readonly EndpointEvent[] | Refusal;
type Of<T extends EndpointCommand["type"]> = Extract<EndpointCommand, { type: T }>;

/** More secrets than this do not sign at once. */
const mostSecrets = 3;
/** At most so many reports are replayed by one request. */
const mostReplayed = 2_000;

const noSuchEndpoint = refuse("not-found", "No such endpoint.");
const noSuchReport = refuse("not-found", "No such report.");

/** Judges a command; whatever has become due then is begun with it. */
export function decide(endpoint: Endpoint, command: EndpointCommand, { now }: Context): Decision {
  const events = judge(endpoint, command, now);
  if (isRefusal(events)) return events;
  const after = events.reduce<Endpoint>((was, event) => evolve(was, { ...event, seq: 0, at: now, by: "" }), endpoint);
  return [...events, ...startable(after, now).map((report) => ({ type: "attempt-started", report }) as const)];
}

function judge(endpoint: Endpoint, command: EndpointCommand, now: number): Decision {
  if (endpoint.settings === null && command.type !== "create") return noSuchEndpoint;
  switch (command.type) {
    case "create":
      return create(endpoint, command, now);
    case "change":
      return change(endpoint, command);
    case "cover":
      if (endpoint.settings?.venues !== null || endpoint.venues.includes(command.venue)) return [];
      return [{ type: "venue-covered", venue: command.venue }];
    case "rotate":
      return rotate(endpoint, command, now);
    case "delete":
      return [{ type: "deleted" }];
    case "report":
      return report(endpoint, command, now);
    case "test":
      if (endpoint.disabled !== null) return isDisabled;
      return makeRoom(endpoint, command.id, (room) => [...room, { type: "test-asked", id: command.id }]);
    case "alert":
      return alert(endpoint, command);
    case "replay":
      return replay(endpoint, command);
    case "replay-range":
      return replayRange(endpoint, command);
    case "outcome":
      return settle(endpoint, command, now);
    case "time-out":
      return timeOut(endpoint, command.deadline, now);
  }
}

const isDisabled = refuse("conflict", "The endpoint is disabled; enable it first.");

function create(endpoint: Endpoint, { settings, venues, secret }: Of<"create">, now: number): Decision {
  if (endpoint.settings !== null) return refuse("conflict", "The endpoint is there already.");
  const made: EndpointEvent[] = [
    { type: "configured", settings, venues },
    { type: "secret-made", secret: { ...secret, createdAt: now, until: null }, formerUntil: now },
  ];
  return settings.enabled ? made : [...made, { type: "disabled", reason: "switched-off" }];
}

function change(endpoint: Endpoint, { settings, venues }: Of<"change">): Decision {
  const same = JSON.stringify([settings, venues]) === JSON.stringify([endpoint.settings, endpoint.venues]);
  const events: EndpointEvent[] = same ? [] : [{ type: "configured", settings, venues }];
  if (settings.enabled && endpoint.disabled !== null) return [...events, { type: "enabled" }];
  if (!settings.enabled && endpoint.disabled === null) return [...events, { type: "disabled", reason: "switched-off" }];
  return events;
}

function rotate(endpoint: Endpoint, { secret, overlapMs }: Of<"rotate">, now: number): Decision {
  const signing = endpoint.secrets.filter(({ until }) => until === null || until > now);
  if (overlapMs > 0 && signing.length >= mostSecrets) {
    return refuse("conflict", `${mostSecrets} secrets sign already; wait for the oldest to end, or say PT0S.`);
  }
  const made = { ...secret, createdAt: now, until: null };
  return [{ type: "secret-made", secret: made, formerUntil: now + overlapMs }];
}

function report(endpoint: Endpoint, { data }: Of<"report">, now: number): Decision {
  const { settings, disabled } = endpoint;
  const wanted = settings?.events ?? null;
  // Whether or not it is to be told: what was told before is kept here.
  const isKept = data.event === "order.erased" && endpoint.streams[data.order] !== undefined;
  const erased: EndpointEvent[] = isKept ? [{ type: "customer-erased", order: data.order }] : [];
  if (wanted !== null && !wanted.some((event) => event === data.event)) return erased;
  if (reportIn(endpoint, reportIdOf(data.order, data.seq)) !== null) return [];
  const room = roomFor(endpoint, data.order);
  // Nothing that is kept has ended, and there is no room: it will not catch up by itself.
  if (room === null && disabled === null) return [...erased, { type: "disabled", reason: "too-far-behind" }];
  const forgotten: EndpointEvent[] = room === null || room.length === 0 ? [] : [{ type: "forgotten", streams: room }];
  return [...erased, ...forgotten, { type: "reported", data, dueAt: disabled === null ? now : null }];
}

/** Who is told nothing at present is told nothing of this later: the letter itself stays where it is. */
function alert(endpoint: Endpoint, { id, alert: told }: Of<"alert">): Decision {
  const { settings, disabled } = endpoint;
  const wanted = settings?.events ?? null;
  if (disabled !== null || settings?.venues !== null || reportIn(endpoint, id) !== null) return [];
  if (wanted !== null && !wanted.includes("dead-letter.appeared")) return [];
  return makeRoom(endpoint, id, (room) => [...room, { type: "alerted", id, alert: told }]);
}

function makeRoom(endpoint: Endpoint, stream: string, then: (room: EndpointEvent[]) => EndpointEvent[]): Decision {
  const room = roomFor(endpoint, stream);
  if (room === null) return refuse("conflict", "Too many reports are waiting.");
  return then(room.length === 0 ? [] : [{ type: "forgotten", streams: room }]);
}

function replay(endpoint: Endpoint, { report: id }: Of<"replay">): Decision {
  const found = reportIn(endpoint, id);
  if (found === null) return noSuchReport;
  if (endpoint.disabled !== null) return isDisabled;
  if (!hasSettled(found.report)) return refuse("conflict", `The report is ${found.report.state.status}.`);
  return [{ type: "replayed", reports: [id] }];
}

function replayRange(endpoint: Endpoint, { from, until, status }: Of<"replay-range">): Decision {
  if (endpoint.disabled !== null) return isDisabled;
  const ids = replayable(endpoint, from, until, status);
  if (ids.length > mostReplayed) {
    return refuse("invalid-value", `These are ${ids.length} reports; at most ${mostReplayed} are replayed at once.`, [
      { pointer: "/until", detail: "an earlier one" },
    ]);
  }
  return ids.length === 0 ? [] : [{ type: "replayed", reports: ids }];
}

/** The ended reports of events of a stretch of time, `until` not included. */
function replayable(endpoint: Endpoint, from: number, until: number, status: Of<"replay-range">["status"]): string[] {
  const fits = ({ at, data, state }: Report): boolean =>
    data !== null && at >= from && at < until && (status === "all" || state.status === status);
  return Object.values(endpoint.streams).flatMap(({ reports }) =>
    reports.filter((one) => hasSettled(one) && fits(one)).map(({ id }) => id),
  );
}

function settle(endpoint: Endpoint, command: Of<"outcome">, now: number): Decision {
  const { report: id, round, tries, startedAt, durationMs, outcome } = command;
  const found = reportIn(endpoint, id)?.report;
  // Deleted meanwhile, or told already: an attempt that was given up may answer after a later one.
  if (found?.state.status !== "under-way" || found.round !== round || found.tries !== tries) return [];
  const answered = "status" in outcome;
  const attempt: ReportAttempt = {
    at: startedAt,
    durationMs,
    status: answered ? outcome.status : null,
    error: answered ? null : outcome.error,
    excerpt: answered ? outcome.excerpt : "",
  };
  if (answered && outcome.status >= 200 && outcome.status < 300) {
    return [{ type: "attempt-succeeded", report: id, attempt }];
  }
  const gone = answered && outcome.status === 410;
  const retryAfterMs = answered ? outcome.retryAfterMs : null;
  const dueAt = gone || endpoint.disabled !== null ? null : nextTryAt(`${id}/${round}`, tries, now, retryAfterMs);
  const failed = { type: "attempt-failed", report: id, attempt, dueAt } as const;
  const { since } = endpoint.breaker;
  if (endpoint.disabled !== null) return [failed];
  if (gone) return [failed, { type: "disabled", reason: "gone" }];
  if (since !== null && now - since >= givenUpAfterMs) return [failed, { type: "disabled", reason: "unreachable" }];
  return [failed];
}

/** What is due for an attempt is begun by `decide` itself. */
function timeOut(endpoint: Endpoint, deadline: string, now: number): readonly EndpointEvent[] {
  if (deadline === "secrets") {
    const ids = endpoint.secrets.filter(({ until }) => until !== null && until <= now).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ type: "secrets-expired", ids }];
  }
  if (deadline === "forget") {
    const streams = spent(endpoint, now);
    return streams.length === 0 ? [] : [{ type: "forgotten", streams }];
  }
  return [];
}
