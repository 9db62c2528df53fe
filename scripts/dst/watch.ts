import { hasEnded, type Order } from "../../domain/order/order.ts";
import { emptyZone, loads, type ZoneState } from "../../domain/delivery/zone.ts";
import type { Venue } from "../../domain/venue/venue.ts";
import { disagreements, type Cast } from "./agreement.ts";
import type { Place } from "./cloud.ts";
import { zonesOf } from "./houses.ts";
import { initialOf, isAsTold, owesNothing, stateAt, tell, toldBy, type Told } from "./records.ts";
import { overdue } from "./overdue.ts";
import { Patience } from "./patience.ts";
import type { Town } from "./town.ts";

const second = 1_000;
/** Longer than any call or word on a socket takes. */
const stillFor = 2.5 * second;

/** Since when, and until when at most (epoch ms), nothing can be ordered. */
interface Shut {
  readonly since: number;
  readonly until: number;
}

/** Looks on while the town lives: at every step at what is cheap to see, at every quiet moment at everything. Returns how often it was quiet. */
export function watch(town: Town, cast: Cast): () => number {
  const { cloud, clock, story } = town;
  /** By so much an object may think something due that is not: it may wake on a machine whose clock is ahead of the last's. */
  const mostEarly = 2 * town.forecast.weather.skew + second;
  const ends = new Map<string, string>();
  /** What the logs have told: as they stand now, and every event from here on. */
  const told = new Map<Place, Told>([...cloud.places.values()].map((place) => [place, toldBy(place)]));
  const changed = new Set<Place>();
  /** When (epoch ms) what an order waits for is due. */
  const dues = new Map<string, number>();
  const cooked = new Set<string>();
  const patience = new Patience();
  /** Venues that take no orders, and what is sold out there: since when (epoch ms). */
  const shut = new Map<string, Shut>();
  const began = clock.now;
  let lookedAt = 0;
  let isNews = true;
  let looks = 0;

  cloud.onEvents = (place, events) => {
    const who = `${place.namespace}/${place.name}`;
    changed.add(place);
    for (const written of events) {
      const { body } = written;
      const { type, seq, at: _, by, ...more }: { type: string; seq: number; at: number; by: string } = JSON.parse(body);
      story.tell(() => `${who} #${seq} ${type} by ${by} ${brief(more)}`);
      const log = told.get(place) ?? { seq: 0, hash: "", state: initialOf(place) };
      told.set(place, log);
      const fault = tell(log, place, written);
      if (fault !== null) cloud.broken.push(`${who} ${fault}`);
      const impatience = patience.judge(place, JSON.parse(body), log.state);
      if (impatience !== null) cloud.broken.push(`${who} ${impatience}`);
      if (place.namespace === "order") inTime(who, JSON.parse(body));
      if (place.namespace === "venue") opened(place.name, JSON.parse(body));
      if (place.namespace === "order" && type === "placed") taken(place.name, log.state as Order);
      if (place.namespace === "zone" && type === "delivered") handedOver(JSON.parse(body));
      if (type === "driver-borrowed") cloud.strike("driver lent");
      if (type === "menu-published") town.seen.set(`${place.name} ${type}`, clock.now);
    }
  };

  town.provider.onBooked = (reference, { kind, amount }) => {
    const total = town.order(reference)?.placed?.bill.total;
    const isPart = kind === "refunded" && total !== undefined && amount < total;
    if (amount !== total && !isPart) cloud.broken.push(`${reference} was ${kind} for ${amount}, its bill is ${total}`);
  };

  clock.afterEach = () => {
    for (const place of cloud.places.values()) {
      if (!place.wasWritten) continue;
      place.wasWritten = false;
      isNews = true;
      const loaded: { state: object } | undefined = place.living && Reflect.get(place.living.object, "loaded");
      if (loaded === undefined) continue;
      if (place.namespace === "venue") oversold(loaded.state as Venue);
      if (place.namespace === "zone") overtaken(place.name, loaded.state as ZoneState);
      if (place.namespace === "order") stayed(place.name, loaded.state as Order);
    }
    if (cloud.broken.length > 0) return clock.stop();
    if (!isNews || clock.now - lookedAt < mostlyEvery() || clock.nextAt - clock.now < stillFor || !isQuiet()) return;
    lookedAt = clock.now;
    isNews = false;
    looks += 1;
    const found = [...disagreements(town, cast), ...overdue(town)];
    for (const place of changed) {
      const log = told.get(place);
      if (log !== undefined && !isAsTold(place, log)) found.push(`the state of ${place.namespace}/${place.name} is not what its log tells`); // prettier-ignore
    }
    changed.clear();
    for (const fault of found) cloud.broken.push(`while all is quiet, ${fault}`);
    if (found.length > 0) clock.stop();
  };
  return () => looks;

  /** Days that go on for a week are mostly waiting. */
  function mostlyEvery(): number {
    return Math.max(20 * second, (clock.now - began) / 200);
  }

  function isQuiet(): boolean {
    for (const queue of Object.values(town.queues)) if (queue.pending > 0) return false;
    for (const place of cloud.places.values()) if (place.disk.hasTables && !owesNothing(place)) return false;
    return true;
  }

  /** Time ends nothing early, and on a fair day nothing late; a customer cancels only what is not cooked yet. */
  function inTime(
    who: string,
    event: { type: string; by: string; reason?: string; sendAt?: number; answerBy?: number },
  ): void {
    const { type, by, reason } = event;
    const late = clock.now - (dues.get(who) ?? clock.now);
    const isDue = (type === "sent" && by === "timer") || reason === "no-answer";
    if (isDue && (late < -mostEarly || (cloud.weather.isFair && late > second)))
      cloud.broken.push(`${who} is ${type} ${Math.abs(late)} ms too ${late < 0 ? "early" : "late"}`);
    if (type === "cancelled" && reason === "customer-cancelled" && cooked.has(who))
      cloud.broken.push(`${who} was cancelled by the customer when it was cooked`);
    const due = event.sendAt ?? event.answerBy;
    if (due !== undefined) dues.set(who, due);
    if (type === "ready" || type === "picked-up") cooked.add(who);
    if (type === "recalled") cooked.delete(who);
  }

  /** When a venue takes no orders, or has none left of something. */
  function opened(name: string, event: { type: string; key?: string; until?: number | null }): void {
    const { type, key = "", until = null } = event;
    const now = { since: clock.now, until: until ?? Infinity };
    if (type === "paused") shut.set(name, now);
    if (type === "resumed") shut.delete(name);
    if (type === "sold-out") shut.set(`${name} ${key}`, now);
    if (type === "available-again") shut.delete(`${name} ${key}`);
  }

  /** Nobody orders for now where it is closed, or what is sold out; a call may hang for some minutes. */
  function taken(name: string, { venue, placed }: Order): void {
    if (placed === null || placed.requestedFor !== null) return;
    const [tenant = ""] = name.split("/");
    const allowed = 6 * 60_000 + 2 * town.forecast.weather.skew;
    const places = [`${tenant}/${venue}`, ...placed.bill.lines.map(({ item }) => `${tenant}/${venue} ${item}`)];
    for (const what of places) {
      const { since, until } = shut.get(what) ?? { since: Infinity, until: -Infinity };
      // That its time is over needs nobody to say so, whose alarm may be late.
      if (since + allowed >= clock.now || until - town.forecast.weather.skew <= clock.now) continue;
      cloud.broken.push(`${name} was placed, and ${what} was not to be had`);
    }
  }

  function handedOver({ order, proof }: { order: string; proof: string }): void {
    if (proof === "pin" && !town.pinsGiven.has(`${order} ${town.order(order)?.placed?.pin}`))
      cloud.broken.push(`${order} was handed over for a wrong PIN`);
  }

  function oversold({ stock }: Venue): void {
    for (const [key, { left }] of Object.entries(stock)) if (left < 0) cloud.broken.push(`${key} is oversold: ${left}`);
  }

  function overtaken(name: string, zone: ZoneState): void {
    const [tenant = ""] = name.split("/");
    const others = zonesOf(town.houses, tenant).filter((id) => `${tenant}/${id}` !== name);
    const elsewhere = new Set(
      others.flatMap((id) => [...loads(stateAt<ZoneState>(town, "zone", `${tenant}/${id}`) ?? emptyZone).keys()]),
    );
    for (const [driver, held] of loads(zone)) {
      if (elsewhere.has(driver)) cloud.broken.push(`${driver} has or is asked to take deliveries in two zones at once`);
      const offers = held.filter(({ stage }) => stage.status === "offered").length;
      if (offers > 1) cloud.broken.push(`${driver} is asked to take ${offers} deliveries at once`);
      const venues = new Set(held.map(({ job }) => job.venue)).size;
      if (venues > 1 && !town.seen.has(`${name} assigned by hand`))
        cloud.broken.push(`${driver} has or is asked to take deliveries from ${venues} venues at once`);
    }
  }

  function stayed(name: string, { stage }: Order): void {
    const before = ends.get(name);
    if (before !== undefined && before !== stage.status)
      cloud.broken.push(`${name} was ${before} and became ${stage.status}`);
    if (hasEnded(stage)) ends.set(name, stage.status);
  }
}

function brief(more: object): string {
  const text = JSON.stringify(more);
  return text === "{}" ? "" : text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
