import { defineCommand } from "citty";
import type { z } from "zod";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import { ReportedEvent, type EndpointSettings, type EndpointView, type ReportView } from "../../contracts/webhook.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, valueOf, type ConnectionArgs } from "./connection.ts";
import { Failed } from "./failed.ts";

const id = { type: "positional", description: "the endpoint's id", required: true } as const;
const json = { type: "boolean", description: "whole, as JSON" } as const;
const wanted = {
  events: { type: "string", description: "which events, with commas between; all where none are named", valueHint: "E,E" },
  venues: { type: "string", description: "which venues' orders; all of the tenant's where none are named", valueHint: "V,V" },
  description: { type: "string", description: "whose it is, in words" },
} as const; // prettier-ignore

const list = remoteCommand("list", "Lists the tenant's webhook endpoints", { json }, async (args) => {
  const { api, as } = connectAs(args, "admin");
  const { endpoints } = valueOf(await api.call(webhookRoutes.list, { as }));
  if (args.json === true) return print(endpoints);
  if (endpoints.length === 0) console.log("There are no endpoints.");
  for (const endpoint of endpoints) console.log(lineOf(endpoint));
});

const create = remoteCommand(
  "create",
  "Creates an endpoint and prints its secret, this once",
  { url: { type: "positional", description: "where reports go: https://…", required: true }, ...wanted },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const body = { url: args.url, ...settingsOf(args) };
    const { secret, ...endpoint } = valueOf(await api.call(webhookRoutes.create, { as, body }));
    console.log(`${lineOf(endpoint)}\nsecret ${secret}`);
  },
);

const show = remoteCommand("show", "Shows an endpoint", { id }, async (args) => print(await endpointOf(args)));

const change = remoteCommand(
  "set",
  "Changes an endpoint; what is not named stays as it is",
  { id, url: { type: "string", description: "where reports go", valueHint: "URL" }, ...wanted },
  async (args) => {
    const { url } = args;
    await write(args, { ...settingsOf(args), ...(url === undefined ? {} : { url }) });
  },
);

const enable = remoteCommand("enable", "Switches an endpoint on, after whatever disabled it", { id }, (args) =>
  write(args, { enabled: true }),
);

const disable = remoteCommand("disable", "Switches an endpoint off", { id }, (args) => write(args, { enabled: false }));

const remove = remoteCommand("delete", "Deletes an endpoint with all its reports", { id }, async (args) => {
  const { api, as } = connectAs(args, "admin");
  valueOf(await api.call(webhookRoutes.remove, { as, params: { endpoint: args.id } }));
  console.log(`${args.id} is deleted.`);
});

const rotate = remoteCommand(
  "rotate",
  "Makes a new secret and prints it, this once; the old one signs beside it for a while",
  { id, overlap: { type: "string", description: "how long, e.g. PT24H, or PT0S for not at all", valueHint: "DURATION" } },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const body = args.overlap === undefined ? {} : { overlap: args.overlap };
    const { secret } = valueOf(await api.call(webhookRoutes.rotate, { as, params: { endpoint: args.id }, body }));
    console.log(`secret ${secret}`);
  },
); // prettier-ignore

const test = remoteCommand("test", "Sends a test event and says what was answered", { id }, async (args) => {
  const { api, as } = connectAs(args, "admin");
  const params = { endpoint: args.id };
  const { id: report } = valueOf(await api.call(webhookRoutes.test, { as, params, body: {} }));
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const now = valueOf(await api.call(webhookRoutes.report, { as, params: { ...params, report } }));
    if (now.attempts.length > 0) return console.log(reportLines(now));
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Failed(`${report} was not tried yet: is the endpoint's breaker open? See \`webhook show ${args.id}\`.`);
});

const log = remoteCommand(
  "log",
  "Shows what was sent and how it was answered, newest first",
  {
    id,
    status: { type: "enum", description: "which", options: ["waiting", "under-way", "delivered", "failed"] },
    order: { type: "string", description: "of one order", valueHint: "ORDER" },
    limit: { type: "string", description: "how many, 200 at most", default: "50" },
    json,
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const query = {
      limit: args.limit ?? "50",
      ...(args.status === undefined ? {} : { status: args.status }),
      ...(args.order === undefined ? {} : { order: args.order }),
    };
    const { reports } = valueOf(await api.call(webhookRoutes.reports, { as, params: { endpoint: args.id }, query }));
    if (args.json === true) return print(reports);
    if (reports.length === 0) console.log("There are no such reports.");
    for (const report of reports) console.log(reportLines(report));
  },
);

const replay = remoteCommand(
  "replay",
  "Sends a report anew, or all of a stretch of time",
  {
    id,
    report: { type: "positional", description: "the report's id", required: false },
    from: { type: "string", description: "events from this instant on", valueHint: "RFC3339" },
    until: { type: "string", description: "events before this instant; now by default", valueHint: "RFC3339" },
    status: { type: "enum", description: "which", options: ["failed", "delivered", "all"], default: "failed" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const params = { endpoint: args.id };
    if (args.report !== undefined) {
      const report = valueOf(await api.call(webhookRoutes.replay, { as, params: { ...params, report: args.report }, body: {} }));
      return console.log(reportLines(report));
    }
    if (args.from === undefined) throw new Failed("Name a report's id, or say --from.");
    const until = args.until ?? new Date().toISOString();
    const body = { from: args.from, until, status: args.status ?? "failed" };
    const { replayed } = valueOf(await api.call(webhookRoutes.replayRange, { as, params, body }));
    console.log(`${replayed} reports are sent again.`);
  },
); // prettier-ignore

type Named = ConnectionArgs & { readonly id: string };

async function endpointOf(args: Named): Promise<EndpointView> {
  const { api, as } = connectAs(args, "admin");
  return valueOf(await api.call(webhookRoutes.read, { as, params: { endpoint: args.id } }));
}

async function write(args: Named, settings: Partial<z.input<typeof webhookRoutes.write.body>>): Promise<void> {
  const { url, events, venues, description, enabled } = await endpointOf(args);
  const before = { url, events: eventsIn(events), venues, description, enabled };
  const { api, as } = connectAs(args, "admin");
  const body = { ...before, ...settings };
  console.log(lineOf(valueOf(await api.call(webhookRoutes.write, { as, params: { endpoint: args.id }, body }))));
}

function settingsOf({ events, venues, description }: Partial<Record<keyof typeof wanted, string | undefined>>) {
  return {
    ...(events === undefined ? {} : { events: eventsIn(events.split(",")) }),
    ...(venues === undefined ? {} : { venues: venues.split(",") }),
    ...(description === undefined ? {} : { description }),
  };
}

function eventsIn(names: readonly string[] | null): EndpointSettings["events"] {
  const events = ReportedEvent.array().nullable().safeParse(names);
  if (events.success) return events.data;
  throw new Failed(`There are these events: ${ReportedEvent.options.join(", ")}.`);
}

function lineOf({ id: name, url, enabled, disabled, breaker, waiting, failed }: EndpointView): string {
  const state = enabled ? (breaker.state === "closed" ? "enabled" : `breaker ${breaker.state}`) : `disabled: ${disabled?.reason}`;
  return `${name}  ${url}\n  ${state}, ${waiting} waiting, ${failed} failed`;
} // prettier-ignore

function reportLines({ id: name, event, at, status, nextAttemptAt, attempts }: ReportView): string {
  const next = nextAttemptAt === null ? "" : `, next ${nextAttemptAt}`;
  const tries = attempts.map(
    (one) => `    ${one.at}  ${one.status ?? one.error}  ${one.durationMs} ms  ${one.excerpt}`,
  );
  return [`${name}  ${event} of ${at}: ${status}${next}`, ...tries].join("\n");
}

export const webhookCommands = defineCommand({
  meta: { name: "webhook", description: "Webhook endpoints, what they were sent, and how they took it" },
  subCommands: { list, create, show, set: change, enable, disable, delete: remove, rotate, test, log, replay },
});
