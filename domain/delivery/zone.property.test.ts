import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf } from "../../contracts/address.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { driverRules } from "../driver/driver-rules.ts";
import { offShift, type DriverState } from "../driver/driver.ts";
import type { ZoneCommand } from "./command.ts";
import { holderOf, isOver } from "./delivery.ts";
import { located } from "./sight.ts";
import { loads } from "./zone.ts";
import { evening, job, north, orderId, ZoneWorld } from "./zone-for-tests.ts";

const drivers = ["ada", "bob"] as const;
const driver = fc.constantFrom(...drivers);
const order = fc.integer({ min: 1, max: 3 }).map(orderId);

/** `late`: time goes by and the alarm is late, so that commands come before timers that are due. */
type Step = { readonly do: ZoneCommand; readonly by: string } | { readonly pass: number } | { readonly late: number };

const byDriver = fc
  .record({
    type: fc.constantFrom(
      ...(["accept", "decline", "arrive", "pick-up", "pick-up", "come-near", "bring-back"] as const),
    ),
    order,
    driver,
  })
  .map((command): Step => ({ do: command, by: command.driver }));
const atDoor = fc
  .record({ type: fc.constant("deliver" as const), order, driver, pin: fc.constantFrom("4321", "0000") })
  .map((command): Step => ({ do: command, by: command.driver }));
const givenUp = fc
  .record({
    type: fc.constant("fail" as const),
    order,
    driver,
    reason: fc.constant("other" as const),
    detail: fc.constant(""),
    returning: fc.boolean(),
  })
  .map((command): Step => ({ do: command, by: command.driver }));
const shift = fc.record({ driver, on: fc.constantFrom(true, true, true, false) }).map(({ driver: id, on }): Step => {
  const address = addressOf("driver", "demo", id);
  const point = north(id === "ada" ? 300 : 900);
  const comeOn = { type: "come-on", driver: id, address, name: id, vehicle: "bike", point } as const;
  return { do: on ? comeOn : { type: "go-off", driver: id }, by: address };
});
const news = fc.oneof(
  fc.record({ type: fc.constant("change-ready" as const), order, readyAt: fc.nat(3_600_000).map((ms) => evening + ms), ready: fc.boolean() }),
  fc.record({ type: fc.constant("call-off" as const), order, reason: fc.constant("no-answer" as const), detail: fc.constant("") }),
  fc.record({ type: fc.constantFrom("assign" as const), order, driver }),
  fc.record({ type: fc.constantFrom("assign" as const), order, driver }),
  fc.record({ type: fc.constantFrom("confirm" as const, "take-back" as const), order }),
  fc.record({ type: fc.constant("move" as const), order, to: fc.constantFrom("own", "bobs-post") }),
).map((command): Step => ({ do: command, by: "news" })); // prettier-ignore
const request = fc
  .record({ number: fc.integer({ min: 1, max: 3 }), inMs: fc.integer({ min: -600_000, max: 1_800_000 }) })
  .map(({ number, inMs }): Step => ({ do: { type: "request", job: job(number, evening + inMs) }, by: "order" }));
const time = fc.integer({ min: 1, max: 400_000 }).map((pass): Step => ({ pass }));
const lateness = fc.integer({ min: 1, max: 60_000 }).map((late): Step => ({ late }));

const steps = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: byDriver },
    { weight: 3, arbitrary: atDoor },
    { weight: 1, arbitrary: givenUp },
    { weight: 3, arbitrary: shift },
    { weight: 3, arbitrary: news },
    { weight: 4, arbitrary: request },
    { weight: 3, arbitrary: time },
    { weight: 2, arbitrary: lateness },
  ),
  // Of its own accord fast-check makes ten or so, in which hardly anything is ever taken.
  { maxLength: 80, size: "max" },
);

/** The twins, told by the zone's facts and by nothing else. */
class Twins {
  readonly states = new Map<string, DriverState>();
  private told = 0;

  hear(zone: ZoneWorld): void {
    for (; this.told < zone.facts.length; this.told += 1) {
      const fact = zone.facts[this.told];
      if (fact === undefined || !fact.to.startsWith("driver/")) continue;
      const id = fact.to.split("/").at(-1) ?? "";
      const context = { now: zone.now, self: fact.to, by: "zone/demo/main" };
      const state = this.states.get(id) ?? offShift;
      const command = driverRules.react(fact, "zone/demo/main", state);
      const events = command === null ? [] : driverRules.decide(state, command, context);
      if (isRefusal(events)) throw new Error(`a twin refused ${fact.type}: ${events.detail}`);
      this.states.set(
        id,
        events.reduce((now, event) => driverRules.evolve(now, { ...event, seq: 0, at: zone.now, by: "" }), state),
      );
    }
  }

  /** What the twins show: who has what, and who is asked for what. */
  shown() {
    return drivers.map((id) => {
      const { tasks, offer } = this.states.get(id) ?? offShift;
      return { id, tasks: Object.keys(tasks).toSorted(), offer: offer?.order ?? null };
    });
  }
}

/** What the zone says its drivers have, and are asked for. */
function truth({ state }: ZoneWorld): ReturnType<Twins["shown"]> {
  return drivers.map((id) => {
    const taken = loads(state).get(id) ?? [];
    const asked = taken.find(({ stage }) => stage.status === "offered");
    const returning = Object.values(state.deliveries).filter(
      ({ stage }) => stage.status === "returning" && stage.driver.id === id,
    );
    const tasks = [...taken.filter(holderOf), ...returning].map(({ job: { order: one } }) => one);
    return { id, tasks: tasks.toSorted(), offer: asked?.job.order ?? null };
  });
}

/** An order hears of one driver at a time: assigned, then unassigned before anybody else is. */
function holdersAsTold(zone: ZoneWorld): void {
  const holder = new Map<string, boolean>();
  for (const { type, to } of zone.facts) {
    if (type === "delivery.assigned") {
      expect(holder.get(to) ?? false).toBe(false);
      holder.set(to, true);
    }
    if (type === "delivery.unassigned") {
      expect(holder.get(to)).toBe(true);
      holder.set(to, false);
    }
  }
}

/** Takes a step; what a driver takes must have been offered to that driver, and still stand. */
function take(zone: ZoneWorld, step: Extract<Step, { do: ZoneCommand }>): void {
  const before = step.do.type === "accept" ? zone.state.deliveries[step.do.order]?.stage : undefined;
  const events = zone.do(step.do, step.by);
  if (before === undefined || isRefusal(events) || events.length === 0) return;
  expect(before).toMatchObject({ status: "offered", driver: { id: step.by } });
  expect("expiresAt" in before && before.expiresAt).toBeGreaterThan(zone.now);
}

test("whatever drivers, orders, staff and time do: never two holders, none lost, and everything comes to an end", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const zone = new ZoneWorld();
      const twins = new Twins();
      const requested = new Set<string>();
      for (const step of taken) {
        if ("pass" in step) zone.pass(step.pass);
        else if ("late" in step) zone.now += step.late;
        else take(zone, step);
        if ("do" in step && step.do.type === "request") requested.add(step.do.job.order);
        twins.hear(zone);
        expect(twins.shown()).toEqual(truth(zone));
        const asked = Object.values(zone.state.deliveries).flatMap(({ stage }) =>
          stage.status === "offered" ? [stage.driver.id] : [],
        );
        expect(new Set(asked).size).toBe(asked.length);
        for (const id of asked) expect(zone.state.drivers[id], "is asked only on shift").toBeDefined();
      }
      holdersAsTold(zone);
      const forgotten = zone.events.flatMap((event) => (event.type === "tidied" ? event.orders : []));
      expect(new Set([...Object.keys(zone.state.deliveries), ...forgotten])).toEqual(requested);

      // Somebody willing comes, and everything is delivered; what the two others hold, staff give away.
      for (
        let round = 0;
        round < 500 && !Object.values(zone.state.deliveries).every(({ stage }) => isOver(stage));
        round += 1
      ) {
        zone.comeOn("eve", north(100));
        zone.pass(20_000);
        zone.state = located(zone.state, "eve", north(100), zone.now, zone.now);
        for (const delivery of Object.values(zone.state.deliveries)) {
          if (isOver(delivery.stage)) continue;
          const { order: id } = delivery.job;
          if (delivery.stage.status === "with-carrier") {
            // Nobody is behind it here: it gives back what it was asked to give back.
            zone.do({ type: "move", order: id, to: "own" });
            const news = { type: "released", detail: "" } as const;
            zone.do({ type: "hear-carrier", order: id, carrier: "bobs-post", news }, "carrier/demo/bobs-post");
          } else if (delivery.stage.status === "picked-up") zone.do({ type: "confirm", order: id });
          else if (delivery.stage.status === "returning") zone.do({ type: "take-back", order: id });
          else if (zone.taker(id) !== "eve" && holderOf(delivery) !== null)
            zone.do({ type: "assign", order: id, driver: "eve" });
          else zone.fetch(id, "eve");
        }
        twins.hear(zone);
        expect(twins.shown()).toEqual(truth(zone));
      }
      expect(Object.values(zone.state.deliveries).filter(({ stage }) => !isOver(stage))).toEqual([]);
      holdersAsTold(zone);
    }),
    { numRuns: 500 },
  );
});
