import { hasEnded, type Order } from "../../domain/order/order.ts";
import { loads, type ZoneState } from "../../domain/delivery/zone.ts";
import type { Venue } from "../../domain/venue/venue.ts";
import { disagreements, type Cast } from "./agreement.ts";
import { owesNothing } from "./records.ts";
import type { Town } from "./town.ts";

const second = 1_000;
/** Longer than any call or word on a socket takes. */
const stillFor = 2.5 * second;
/** By so much an object may think something due that is not. */
const clocksDiffer = 11 * second;

/** Looks on while the town lives: at every step at what is cheap to see, at every quiet moment at everything. Returns how often it was quiet. */
export function watch(town: Town, cast: Cast): () => number {
  const { cloud, clock, story } = town;
  const ends = new Map<string, string>();
  const numbers = new Map<string, number>();
  /** When (epoch ms) what an order waits for is due. */
  const dues = new Map<string, number>();
  const cooked = new Set<string>();
  let lookedAt = 0;
  let isNews = true;
  let looks = 0;

  cloud.onEvents = (place, bodies) => {
    const who = `${place.namespace}/${place.name}`;
    for (const body of bodies) {
      const { type, seq, at: _, by, ...more }: { type: string; seq: number; at: number; by: string } = JSON.parse(body);
      story.tell(() => `${who} #${seq} ${type} by ${by} ${brief(more)}`);
      const expected = (numbers.get(who) ?? (place.namespace === "venue" ? seq - 1 : 0)) + 1;
      if (seq !== expected) cloud.broken.push(`${who} wrote event ${seq} where ${expected} was due`);
      numbers.set(who, seq);
      if (place.namespace === "order") inTime(who, JSON.parse(body));
      if (place.namespace === "zone" && type === "delivered") handedOver(JSON.parse(body));
      if (type === "menu-published") town.seen.set(type, clock.now);
    }
  };

  clock.afterEach = () => {
    for (const place of cloud.places.values()) {
      if (!place.wasWritten) continue;
      place.wasWritten = false;
      isNews = true;
      const loaded: { state: object } | undefined = place.living && Reflect.get(place.living.object, "loaded");
      if (loaded === undefined) continue;
      if (place.namespace === "venue") oversold(loaded.state as Venue);
      if (place.namespace === "zone") overtaken(loaded.state as ZoneState);
      if (place.namespace === "order") stayed(place.name, loaded.state as Order);
    }
    if (cloud.broken.length > 0) return clock.stop();
    if (!isNews || clock.now - lookedAt < 20 * second || clock.nextAt - clock.now < stillFor || !isQuiet()) return;
    lookedAt = clock.now;
    isNews = false;
    looks += 1;
    const found = disagreements(town, cast);
    for (const fault of found) cloud.broken.push(`while all is quiet, ${fault}`);
    if (found.length > 0) clock.stop();
  };
  return () => looks;

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
    if (isDue && (late < -clocksDiffer || (cloud.weather.isFair && late > second)))
      cloud.broken.push(`${who} is ${type} ${Math.abs(late)} ms too ${late < 0 ? "early" : "late"}`);
    if (type === "cancelled" && reason === "customer-cancelled" && cooked.has(who))
      cloud.broken.push(`${who} was cancelled by the customer when it was cooked`);
    const due = event.sendAt ?? event.answerBy;
    if (due !== undefined) dues.set(who, due);
    if (type === "ready" || type === "picked-up") cooked.add(who);
    if (type === "recalled") cooked.delete(who);
  }

  function handedOver({ order, proof }: { order: string; proof: string }): void {
    if (proof === "pin" && !town.pinsGiven.has(`${order} ${town.order(order)?.placed?.pin}`))
      cloud.broken.push(`${order} was handed over for a wrong PIN`);
  }

  function oversold({ stock }: Venue): void {
    for (const [key, { left }] of Object.entries(stock)) if (left < 0) cloud.broken.push(`${key} is oversold: ${left}`);
  }

  function overtaken(zone: ZoneState): void {
    for (const [driver, held] of loads(zone))
      if (held.length > 1 && !town.seen.has("assigned by hand"))
        cloud.broken.push(`${driver} has or is asked to take ${held.length} deliveries at once`);
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
