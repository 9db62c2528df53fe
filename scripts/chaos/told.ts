import { z } from "zod";
import type { EventView, OrderView } from "../../contracts/order.ts";
import { reportedAs } from "../../domain/order/report.ts";

/** Whether something that fell between two instants (epoch ms) may have swallowed an answer, so that it was sent again. */
export type Excuse = (from: number, to: number) => boolean;

/** An event of an order's log, with what it says of pushes and mails. `at` in epoch milliseconds. */
const Logged = z.object({
  type: z.string(),
  seq: z.int(),
  at: z.int(),
  of: z.int().optional(),
  subscription: z.string().optional(),
  about: z.string().optional(),
  gone: z.boolean().optional(),
});
export type Logged = z.infer<typeof Logged>;

/** What has come to the till of one order's report. `taken`: it was answered with yes, and the answer went out. */
export interface Arrival {
  readonly id: string;
  readonly sequence: number;
  readonly at: number;
  readonly body: string;
  readonly taken: boolean;
}

/** Of what everybody is told who is to be told at all. */
const news: Readonly<Record<string, "both" | OrderView["fulfilment"]>> = {
  accepted: "both", ready: "pickup", "picked-up": "both", delivered: "both", rejected: "both", cancelled: "both", failed: "both",
}; // prettier-ignore
/** What matters so much that it is told by mail where nobody is told by push. */
const mailed: Readonly<Record<string, string>> = {
  accepted: "accepted", rejected: "ended", cancelled: "ended", failed: "ended",
}; // prettier-ignore
/** The types of events that a till hears of. */
const reported = new Set(Object.entries(reportedAs).flatMap(([type, as]) => (as === null ? [] : [type])));
/** The clocks are one and the same; what is under way as an outcome is written has left before. */
const overlapMs = 2_000;

export function logOf(events: readonly EventView[]): Logged[] {
  return events.map(({ body }) => Logged.parse(JSON.parse(body)));
}

/** What is wrong with the pushes of one order at rest. `brought`: when each key came to the push service (epoch ms). */
export function pushFaults(
  { id, fulfilment }: Pick<OrderView, "id" | "fulfilment">,
  log: readonly Logged[],
  brought: ReadonlyMap<string, readonly number[]>,
  excuse: Excuse,
): string[] {
  const wrong: string[] = [];
  const ends = log.filter(({ type }) => type === "push-sent" || type === "push-failed");
  const listening = new Set<string>();
  for (const { type, seq, subscription = "", gone } of log) {
    if (type === "push-subscribed") listening.add(subscription);
    if (type === "push-failed" && gone === true) listening.delete(subscription);
    if (news[type] !== "both" && news[type] !== fulfilment) continue;
    for (const browser of listening) {
      const times = ends.filter((end) => end.of === seq && end.subscription === browser).length;
      if (times !== 1) wrong.push(`${browser} was told ${times} times that it was ${type}`);
    }
  }
  const known = new Set<string>();
  for (const { type, at, of, subscription } of ends) {
    const key = `${id}/push/${of}/${subscription}`;
    const came = brought.get(key) ?? [];
    known.add(key);
    if (type === "push-failed") wrong.push(`${key} was given up`);
    else if (came.length === 0) wrong.push(`${key} is thought to be brought, and is not`);
    if (came.some((one) => one > at + overlapMs)) wrong.push(`${key} came once more after it was known to have come`);
    wrong.push(...repeated(key, came, excuse));
  }
  for (const key of brought.keys()) if (!known.has(key)) wrong.push(`${key} was brought, and the order does not know`);
  return wrong;
}

/** What came twice though nothing can have swallowed the first answer. */
export function repeated(key: string, came: readonly number[], excuse: Excuse): string[] {
  const times = came.toSorted((one, other) => one - other);
  return times
    .slice(1)
    .flatMap((at, before) =>
      excuse(times[before] ?? at, at) ? [] : [`${key} came again ${at - (times[before] ?? at)} ms later for nothing`],
    );
}

/** What is wrong with an order's mails; `came`: how many lie in the box of its customer, who has left the address. */
export function mailFaults(log: readonly Logged[], came: number): string[] {
  const sent = log.filter(({ type }) => type === "mail-sent");
  const wrong = log.some(({ type }) => type === "mail-failed") ? ["a mail was given up"] : [];
  if (sent.length !== came) wrong.push(`${sent.length} mails were sent, and ${came} came`);
  for (const { type, seq } of log) {
    if (mailed[type] === undefined) continue;
    const pushed = log.some((end) => end.type === "push-sent" && end.of === seq);
    const written = sent.filter(({ about }) => about === mailed[type]).length;
    if (written !== (pushed ? 0 : 1))
      wrong.push(`that it was ${type} was told by ${pushed ? "push and " : ""}${written} mails`);
  }
  return wrong;
}

/** What is wrong with the reports of one order at rest, as a till had them. */
export function reportFaults(log: readonly Logged[], came: readonly Arrival[], excuse: Excuse): string[] {
  const wrong: string[] = [];
  const due = new Map(log.filter(({ type }) => reported.has(type)).map(({ seq, type }) => [seq, type]));
  for (const [seq, type] of due)
    if (!came.some(({ sequence, taken }) => taken && sequence === seq))
      wrong.push(`the till was never told that it was ${type}`);
  for (const [at, { id, sequence, body, at: when }] of came.entries()) {
    if (!due.has(sequence)) wrong.push(`the till was told ${sequence}, which is nothing to be told of`);
    const before = came[at - 1];
    if (before !== undefined && before.sequence > sequence) wrong.push(`report ${sequence} came after ${before.sequence}`); // prettier-ignore
    const first = came.slice(0, at).findLast((one) => one.id === id);
    if (first === undefined) continue;
    if (first.body !== body) wrong.push(`${id} said something else the second time`);
    if (first.taken && !excuse(first.at, when)) wrong.push(`${id} came again after it was taken`);
  }
  return wrong;
}
