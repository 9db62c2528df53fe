import fc from "fast-check";
import { expect, test } from "vitest";
import { hasSettled, unknownEndpoint } from "./endpoint.ts";
import { broken, day, hour, Life, minute, ok, orderId, settings, type Call } from "./endpoint-for-tests.ts";
import { evolve } from "./evolve.ts";
import { waitsMs } from "./schedule.ts";

type Step =
  | { readonly do: "tell"; readonly order: number; readonly again: boolean }
  | { readonly do: "answer"; readonly which: number; readonly how: "ok" | "broken" | "silence" | "gone" | "later" }
  | { readonly do: "repeat outcome"; readonly which: number }
  | { readonly do: "wait" }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "replay"; readonly which: number }
  | { readonly do: "enable" };

const orders = fc.integer({ min: 1, max: 4 });
const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("tell"), order: orders, again: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("answer"),
      which,
      how: fc.constantFrom("ok", "ok", "ok", "broken", "broken", "silence", "later", "gone"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("repeat outcome"), which }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pass"), ms: fc.integer({ min: 0, max: 3 * hour }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("replay"), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("enable") }) },
);

const outcomes = {
  ok,
  broken,
  silence: { error: "no answer" },
  gone: { status: 410, retryAfterMs: null, excerpt: "" },
  later: { status: 429, retryAfterMs: 10 * minute, excerpt: "" },
} as const;

/** An endpoint, a tenant's system that takes note of what it accepted, and what the orders have said. */
class World {
  readonly life = Life.open();
  /** By order: the numbers of the events it told, in order. */
  readonly told = new Map<number, number[]>();
  readonly accepted: string[] = [];
  private readonly done: Call[] = [];

  take(step: Step): void {
    switch (step.do) {
      case "tell": {
        const numbers = this.told.get(step.order) ?? [];
        const last = numbers.at(-1);
        if (step.again && last !== undefined) {
          // What ended two weeks ago is not known any more; then it is the link that lets nothing through twice.
          if (Object.hasOwn(this.life.endpoint.streams, orderId(step.order))) this.life.hear(step.order, last);
          return;
        }
        const next = (last ?? 2) + 1;
        this.told.set(step.order, [...numbers, next]);
        this.life.hear(step.order, next);
        return;
      }
      case "answer": {
        const { calls } = this.life;
        const call = calls[step.which % Math.max(1, calls.length)];
        if (call !== undefined) this.answer(call, step.how);
        return;
      }
      case "repeat outcome": {
        const call = this.done[step.which % Math.max(1, this.done.length)];
        if (call !== undefined) this.life.answer(ok, call);
        return;
      }
      case "wait":
        if (this.life.nextAt < Infinity) this.life.wait();
        return;
      case "pass":
        this.life.pass(step.ms);
        return;
      case "replay": {
        const all = Object.values(this.life.endpoint.streams).flatMap(({ reports }) => reports);
        const report = all[step.which % Math.max(1, all.length)];
        if (report !== undefined) this.life.give({ type: "replay", report: report.id });
        return;
      }
      case "enable":
        this.life.give({ type: "change", settings, venues: ["demo-1", "demo-2"] });
    }
  }

  answer(call: Call, how: keyof typeof outcomes): void {
    if (how === "ok") this.accepted.push(call.report);
    this.done.push(call);
    this.life.answer(outcomes[how], call);
  }
}

function check(world: World): void {
  const { life } = world;
  for (const [order, numbers] of world.told) {
    const { reports } = life.endpoint.streams[orderId(order)] ?? { reports: [] };
    // What an order told is there once and in its order; of what ended two weeks ago nothing is.
    expect(reports.map(({ sequence }) => sequence)).toEqual(numbers.slice(numbers.length - reports.length));
    // One at a time; none before those before it have ended, but for a replay that stepped in.
    expect(reports.filter(({ state }) => state.status === "under-way").length).toBeLessThanOrEqual(1);
    const first = reports.filter(({ round }) => round === 1);
    const beyond = first.slice(first.findIndex((report) => !hasSettled(report)) + 1);
    if (first.some((report) => !hasSettled(report))) {
      for (const report of beyond) if (!hasSettled(report)) expect(report.tries).toBe(0);
    }
    for (const { tries } of reports) expect(tries).toBeLessThanOrEqual(waitsMs.length);
  }
  const underWay = Object.values(life.endpoint.streams).flatMap(({ reports }) =>
    reports.filter(({ state }) => state.status === "under-way").map(({ id }) => id),
  );
  expect(life.calls.map(({ report }) => report).toSorted()).toEqual(underWay.toSorted());
  expect(underWay.length).toBeLessThanOrEqual(6);
}

test("whatever a tenant's system answers, an order's events come in order, each until it is taken or given up", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const world = new World();
      for (const one of steps) {
        world.take(one);
        check(world);
      }
      const { life } = world;
      // First deliveries of an order came in the order of its events.
      const firsts = [...new Set(world.accepted)];
      for (const [order] of world.told) {
        const numbers = firsts
          .filter((id) => id.startsWith(`rep_${orderId(order)}_`))
          .map((id) => Number(id.split("_").at(-1)));
        const failed = life.endpoint.streams[orderId(order)]?.reports.some(({ round }) => round > 1) === true;
        if (!failed) expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      }
      // From here on everything is taken: all that was not given up arrives, and nothing waits for ever.
      world.take({ do: "enable" });
      for (
        let turn = 0;
        turn < 1_000 && (life.calls.length > 0 || life.rules.deadlines(life.endpoint)["attempts"] !== undefined);
        turn += 1
      ) {
        if (life.calls[0] !== undefined) world.answer(life.calls[0], "ok");
        else life.wait();
      }
      for (const { reports } of Object.values(life.endpoint.streams)) {
        for (const report of reports) {
          expect(["delivered", "failed"]).toContain(report.state.status);
          if (report.state.status === "delivered") expect(world.accepted).toContain(report.id);
        }
      }
      // No key was used for two attempts.
      expect(new Set(life.made.map(({ key }) => key)).size).toBe(life.made.length);
      // The state is the fold of the log.
      expect(life.log.reduce(evolve, unknownEndpoint)).toEqual(life.endpoint);
    }),
    { numRuns: 300 },
  );
});

test("an endpoint that is away for a while hears of everything afterwards", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 2 * day }),
      (count, events, away) => {
        const world = new World();
        const { life } = world;
        const back = life.now + away;
        for (let order = 1; order <= count; order += 1) {
          for (let seq = 1; seq <= events; seq += 1) world.take({ do: "tell", order, again: false });
        }
        for (let turn = 0; turn < 20_000; turn += 1) {
          const [call] = life.calls;
          if (call !== undefined) world.answer(call, life.now < back ? "silence" : "ok");
          else if (life.rules.deadlines(life.endpoint)["attempts"] === undefined) break;
          else life.wait();
        }
        const left = Object.values(life.endpoint.streams).flatMap(({ reports }) =>
          reports.filter(({ state }) => state.status !== "delivered"),
        );
        expect(left).toEqual([]);
        expect(new Set(world.accepted).size).toBe(count * events);
      },
    ),
    { numRuns: 60 },
  );
});
