import type { Recorded } from "../../contracts/rules.ts";
import type { OrderEvent } from "../../domain/order/events.ts";
import type { Customer } from "./customer.ts";
import type { Town } from "./town.ts";

type Logged = Recorded<OrderEvent>;

/** Of what everybody is told who left an address or subscribed a browser. */
const told: Readonly<Record<string, string>> = {
  accepted: "accepted",
  rejected: "ended",
  cancelled: "ended",
  failed: "ended",
};

/** Nobody wants to hear of anything later than after an hour; what was under way then may take some minutes. */
const stale = 70 * 60_000;

/** The customer was told of what matters, by push or by mail and never by both, and in no browser twice. */
export function aboutNotices(town: Town, { id, house }: Customer): string[] {
  const place = town.cloud.places.get(`order/${house.tenant}/${id}`);
  if (place === undefined || !place.disk.hasTables) return [];
  const log = place.disk.rows<{ body: string }>("SELECT body FROM events ORDER BY seq");
  const events = log.map(({ body }): Logged => JSON.parse(body));
  // A basket has no customer, and what an earlier version did is its own business.
  if (place.isOld || !events.some(({ type }) => type === "placed")) return [];
  return [...ofBrowsers(town, id, events), ...ofEverybody(town, id, events)];
}

function ofBrowsers(town: Town, id: string, events: readonly Logged[]): string[] {
  const ends = events.filter((event) => event.type === "push-sent" || event.type === "push-failed");
  const names = ends.map(({ of, subscription }) => `${id}/push/${of}/${subscription}`);
  const found = names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} has ended twice`);
  const mine = [...town.pushes.brought.keys()].filter((key) => key.startsWith(`${id}/push/`));
  for (const key of mine) if (!names.includes(key)) found.push(`${key} was brought, and the order does not know`);
  for (const [at, { of, subscription }] of ends.entries()) {
    const goneBefore = ends.slice(0, at).some((end) => end.type === "push-failed" && end.gone && end.subscription === subscription && end.seq < of); // prettier-ignore
    if (goneBefore) found.push(`${subscription} of ${id} is told, and does not want any more`);
    const toldAt = events.find(({ seq }) => seq === of)?.at ?? 0;
    const late = (town.pushes.brought.get(`${id}/push/${of}/${subscription}`)?.at ?? 0) - toldAt;
    const { alarmLate, skew } = town.forecast.weather;
    if (late > stale + alarmLate + 2 * skew) found.push(`${subscription} of ${id} is told ${late} ms late`);
  }
  return found;
}

function ofEverybody(town: Town, id: string, events: readonly Logged[]): string[] {
  return events.flatMap((event) => {
    const about = told[event.type];
    if (about === undefined) return [];
    const pushed = events.some((end) => end.type === "push-sent" && end.of === event.seq);
    const mailed = events.some(
      (end) => (end.type === "mail-sent" || end.type === "mail-failed") && end.about === about,
    );
    if (!pushed && !mailed) return [`the customer was never told that ${id} was ${event.type}`];
    return pushed && town.mailbox.sent.has(`${id}/mail/${about}`)
      ? [`the customer was told by push and by mail that ${id} was ${event.type}`]
      : [];
  });
}
