import fc from "fast-check";
import { expect, test } from "vitest";
import { isOver as deliveryIsOver, type Delivery } from "../delivery/delivery.ts";
import { orderId } from "../delivery/zone-for-tests.ts";
import { isOver, type Call } from "./booking.ts";
import { day, hour, minute, Road, second, type Fate } from "./carriers-for-tests.ts";
import type { Told } from "./command.ts";

const ids = ["bobs-post", "anns-bikes"] as const;
const carrier = fc.constantFrom(...ids);
const number = fc.integer({ min: 1, max: 3 });

type Step =
  | { readonly type: "request"; readonly number: number; readonly channels: readonly string[]; readonly cash: boolean }
  | { readonly type: "call-off"; readonly number: number }
  /** Staff give it to another channel. */
  | { readonly type: "give"; readonly number: number; readonly channel: string }
  /** From now on the carrier's calls have these fates: by their kind, or one after the other and from the beginning. */
  | {
      readonly type: "weather";
      readonly carrier: string;
      readonly fates: readonly Fate[] | Readonly<Record<Call, Fate>>;
    }
  | { readonly type: "move"; readonly carrier: string; readonly number: number; readonly to: Told["status"] }
  /** A callback of what was true at some time, which is not now. */
  | { readonly type: "callback"; readonly carrier: string; readonly number: number; readonly which: number }
  | { readonly type: "pass"; readonly ms: number };

const fate = fc.constantFrom<Fate>("answered", "answered", "answer lost", "answer lost", "down", "no", "quote ran out");
/** Of each kind of call: so a carrier may quote, book unheard, and not answer to a withdrawal for weeks. */
const kinds = fc.record({ quote: fate, book: fate, track: fate, cancel: fate });
const weather = fc.oneof(fc.constant<Fate[]>(["down"]), fc.array(fate, { minLength: 1, maxLength: 6 }), kinds);
const channels = fc.shuffledSubarray(["own", ...ids], { minLength: 1 });
const time = fc.oneof(
  fc.integer({ min: 1, max: 5 * second }),
  fc.integer({ min: 1, max: 20 * minute }),
  fc.integer({ min: 1, max: 9 * day }),
);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant("request" as const), number, channels, cash: fc.constantFrom(false, false, false, true) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("call-off" as const), number }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("give" as const), number, channel: fc.constantFrom("own", ...ids) }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant("weather" as const), carrier, fates: weather }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant("move" as const), carrier, number, to: fc.constantFrom<Told["status"][]>("shipped", "shipped", "delivered", "lost", "cancelled") }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("callback" as const), carrier, number, which: fc.nat(5) }) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant("pass" as const), ms: time }) },
  ),
  { maxLength: 40, size: "max" },
); // prettier-ignore

/** Only forwards, as parcels go. */
const next: Readonly<Record<Told["status"], readonly Told["status"][]>> = {
  booked: ["shipped", "lost", "cancelled"],
  shipped: ["delivered", "lost"],
  delivered: [],
  lost: [],
  cancelled: [],
};

class Trial {
  readonly road = new Road({ "bobs-post": { requoteAfterMs: 10 * minute, giveUpAfterMs: day, trackForMs: 3 * day }, "anns-bikes": { giveUpAfterMs: 2 * day, trackForMs: day } }); // prettier-ignore
  readonly requested = new Set<string>();
  /** What each carrier could have called back with. */
  private readonly past: { readonly carrier: string; readonly order: string; readonly parcel: Told }[] = [];

  take(step: Step): void {
    const { road } = this;
    switch (step.type) {
      case "request":
        // An order asks once: the link sees to that.
        if (!this.requested.has(orderId(step.number)))
          this.requested.add(road.request(step.number, step.channels, step.cash));
        return;
      case "call-off":
        return road.callOff(orderId(step.number));
      case "give":
        road.move(orderId(step.number), step.channel);
        return;
      case "weather": {
        const { fates } = step;
        let calls = 0;
        road.peer(step.carrier).fate = ({ call }) =>
          "book" in fates ? fates[call] : (fates[(calls += 1) % fates.length] ?? "down");
        return;
      }
      case "move":
        return this.move(step.carrier, orderId(step.number), step.to);
      case "callback": {
        const order = orderId(step.number);
        const known = this.past.filter((one) => one.carrier === step.carrier && one.order === order);
        const one = known[step.which % Math.max(known.length, 1)];
        if (one !== undefined) road.callback(step.carrier, order, one.parcel);
        return;
      }
      case "pass":
        return road.pass(step.ms);
    }
  }

  /** Never two at once, whatever is known here of it. */
  look(): void {
    for (const order of this.requested) {
      const times = this.road.inForce(order);
      if (times > 1) throw new Error(`${order} is booked ${times} times`);
      for (const [id, actor] of this.road.carriers) {
        const { stage } = actor.state.bookings[order] ?? {};
        const isFree = stage?.status === "released" || stage?.status === "called-off";
        if (isFree && this.road.peer(id).inForce(order) > 0)
          throw new Error(`${id} has ${order}, and it is said to be free`);
      }
    }
  }

  private move(id: string, order: string, to: Told["status"]): void {
    const peer = this.road.peer(id);
    const now = [...peer.parcels.values()].find(({ reference, status }) => reference === order && status !== "cancelled");
    if (now === undefined || !next[now.status].includes(to)) return;
    const moved = peer.move(order, to);
    for (const parcel of [now, moved]) if (parcel !== null) this.past.push({ carrier: id, order, parcel });
  } // prettier-ignore
}

test("whatever carriers answer, do and call back with: each delivery is booked at most once in force, and all of it ends", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const trial = new Trial();
      const { road } = trial;
      for (const step of taken) {
        trial.take(step);
        trial.look();
      }
      // Nothing gets better: what is down stays down. All the same everything ends, and then nobody is called any more.
      for (let days = 0; days < 60; days += 1) {
        road.pass(day);
        trial.look();
      }
      for (const actor of road.carriers.values()) {
        expect(Object.values(actor.state.bookings).filter(({ stage }) => !isOver(stage))).toEqual([]);
      }
      const open = Object.values(road.zone.state.deliveries).filter(({ stage }) => !deliveryIsOver(stage));
      // Only the own drivers are waited for without an end, which is the order's to set.
      const isTheirs = ({ job, byHand }: Delivery): boolean => byHand === true || job.channels?.includes("own") === true;
      expect(open.filter((one) => one.stage.status !== "waiting" || !isTheirs(one))).toEqual([]);
      road.called.splice(0);
      road.pass(30 * day);
      expect(road.called).toEqual([]);
      expect(road.calls).toEqual([]);
    }),
    { numRuns: 120 },
  );
}); // prettier-ignore

test("whatever was lost on the way to six days of silence: when the carrier is back, it brings what it was asked to, once", () => {
  fc.assert(
    fc.property(fc.array(fate, { maxLength: 8 }), fc.integer({ min: hour, max: 7 * day }), (fates, silence) => {
      const road = new Road();
      let calls = 0;
      road.peer().fate = ({ call }) => {
        const next = fates[calls];
        calls += 1;
        // It never says no here: what it will not take is another story.
        return next === "no" || next === "quote ran out" || next === undefined ? "down" : call === "cancel" ? "down" : next;
      };
      const orders = [1, 2, 3].map((each) => road.request(each));
      road.pass(silence);
      road.peer().fate = () => "answered";
      road.pass(hour);
      for (const order of orders) {
        expect(road.peer().inForce(order)).toBe(1);
        expect(road.stage(order)).toBe("booked");
        expect(road.peer().parcels.has(`${order}/bobs-post/book/1`)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
}); // prettier-ignore
