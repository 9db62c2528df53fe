import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledged, enqueued, patienceMs, plan, retransmitted, silent, type Outgoing } from "./link.ts";
import { core, Wire, type Core } from "./testing/wire.ts";

const streams = ["order/a → board/k", "order/b → board/k", "board/k → order/a"];

const mishap = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("say" as const),
      stream: fc.constantFrom(...streams),
      count: fc.integer({ min: 1, max: 3 }),
      crash: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("deliver" as const),
      which: fc.nat(),
      writes: fc.constantFrom(0, 1, 2, Infinity, Infinity, Infinity),
      again: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("lose" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 600_000 }) }) },
);
type Mishap = typeof mishap extends fc.Arbitrary<infer T> ? T : never;

/** Plays the mishaps, then lets the wire work without fault for as long as anything is due. */
function played(mishaps: readonly Mishap[], using: Core): Wire {
  const wire = new Wire(using);
  for (const step of mishaps) befall(wire, step);
  for (let round = 0; round < 100; round += 1) {
    while (wire.flying.length > 0) for (const packet of wire.flying.splice(0)) wire.deliver(packet, Infinity);
    const next = Math.min(Infinity, ...wire.streams.flatMap(({ retryAt }) => retryAt ?? []));
    if (next === Infinity) break;
    wire.pass(Math.max(0, next - wire.now));
  }
  return wire;
}

function befall(wire: Wire, step: Mishap): void {
  switch (step.what) {
    case "say":
      return wire.say(step.stream, step.count, step.crash);
    case "pass":
      return wire.pass(step.ms);
    case "lose":
      return void wire.flying.splice(step.which % (wire.flying.length + 1), 1);
    case "deliver": {
      const at = step.which % (wire.flying.length + 1);
      const packet = wire.flying[at];
      if (packet === undefined) return;
      if (!step.again) wire.flying.splice(at, 1);
      return wire.deliver(packet, step.writes);
    }
  }
}

/** Everything said is heard once and in order, and nothing waits any more. */
function exactlyOnce(using: Core) {
  return fc.property(fc.array(mishap, { maxLength: 60 }), (mishaps) => {
    for (const { said, heard, waiting, retryAt } of played(mishaps, using).streams) {
      expect(heard).toEqual(said);
      expect({ waiting, retryAt }).toEqual({ waiting: 0, retryAt: null });
    }
  });
}

/** Where nothing is lost, disorder alone costs no retransmission. */
function disorderIsFree(using: Core) {
  return fc.property(fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat()), (count, chance) => {
    const wire = new Wire(using);
    for (let n = 0; n < count; n += 1) wire.say("a → b", 1, false);
    while (wire.flying.length > 0) {
      const [packet] = wire.flying.splice((chance.next().value ?? 0) % wire.flying.length, 1);
      if (packet !== undefined) wire.deliver(packet, Infinity);
    }
    expect(wire.streams[0]).toMatchObject({ waiting: 0, retryAt: null });
  });
}

/** Patience doubles from 5 s to 5 min while nothing comes back, and is short again after every progress. */
function patienceStartsAnew(using: Core) {
  return fc.property(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 1, max: 30 }), (count, silentRounds) => {
    let stream: Outgoing = using.enqueued(silent, count, 0);
    for (let round = 1; round <= silentRounds; round += 1) {
      const at = stream.retryAt ?? 0;
      stream = using.retransmitted(stream, at);
      expect((stream.retryAt ?? 0) - at).toBe(Math.min(5_000 * 2 ** round, 300_000));
    }
    stream = using.acknowledged(stream, 1, 1_000_000);
    expect(stream.retryAt).toBe(1_005_000);
    stream = using.retransmitted(stream, 1_005_000);
    expect(stream.retryAt).toBe(1_015_000);
  });
}

describe("the link", () => {
  it("applies every fact once and in order, and comes to rest, whatever the wire and the crashes do", () => {
    fc.assert(exactlyOnce(core), { numRuns: 3_000 });
  });

  it("needs no retransmission for disorder alone", () => {
    fc.assert(disorderIsFree(core), { numRuns: 500 });
  });

  it("waits 5 s, 10 s, 20 s … at most 5 min, and begins anew with every progress", () => {
    fc.assert(patienceStartsAnew(core));
    expect([0, 1, 2, 5, 6, 1_000].map(patienceMs)).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000]);
  });

  it("is moved neither by an old acknowledgement nor by one of what was never sent", () => {
    const stream = acknowledged(enqueued(silent, 3, 0), 2, 10);
    expect(acknowledged(stream, 1, 20)).toBe(stream);
    expect(acknowledged(stream, 99, 20)).toEqual({ sent: 3, acked: 3, attempts: 0, retryAt: null });
  });

  it("drops what it has had and keeps one of what came twice", () => {
    const facts = [4, 2, 6, 4, 3, 1].map((sequence) => ({ sequence }));
    expect(plan(2, [{ sequence: 6 }], facts)).toEqual({
      apply: [{ sequence: 3 }, { sequence: 4 }],
      hold: [{ sequence: 6 }],
    });
  });
});

/** Faults a hurried hand could put into the core. Each must be found by one of the three properties. */
const planted: Record<string, Partial<Core>> = {
  "numbers from 0": {
    enqueued: (stream, count, now) => ({ ...enqueued(stream, count, now), sent: stream.sent + count - 1 }),
  },
  "forgets to arm a retransmission": { enqueued: (stream, count) => ({ ...stream, sent: stream.sent + count }) },
  "does not hold what came early": {
    plan: (applied, held, arrived) => ({ ...plan(applied, held, arrived), hold: [] }),
  },
  "applies across a gap": {
    plan: (applied, held, arrived) => {
      const sorted = plan(applied, held, arrived);
      return { apply: [...sorted.apply, ...sorted.hold], hold: [] };
    },
  },
  "applies a repetition": {
    plan: (applied, held, arrived) => ({
      apply: [...arrived].sort((a, b) => a.sequence - b.sequence),
      hold: plan(applied, held, arrived).hold,
    }),
  },
  "believes one more than was acknowledged": {
    acknowledged: (stream, upTo, now) => acknowledged(stream, upTo + 1, now),
  },
  "stops retransmitting after the first acknowledgement": {
    acknowledged: (stream, upTo, now) => ({ ...acknowledged(stream, upTo, now), retryAt: null }),
  },
  "does not reset its attempts": {
    acknowledged: (stream, upTo, now) => ({ ...acknowledged(stream, upTo, now), attempts: stream.attempts }),
  },
  "retransmits only once": { retransmitted: (stream, now) => ({ ...retransmitted(stream, now), retryAt: null }) },
  "lets an old acknowledgement take back progress": {
    acknowledged: (stream, upTo, now) => ({
      ...stream,
      acked: upTo,
      retryAt: upTo === stream.sent ? null : now + 5_000,
    }),
  },
};

function isBroken<Given>(property: fc.IProperty<Given>): boolean {
  return fc.check(property, { numRuns: 1_000, endOnFailure: true }).failed;
}

describe("the properties of the link", () => {
  it.each(Object.keys(planted))("find a core that %s", (fault) => {
    const broken: Core = { ...core, ...planted[fault] };
    expect([
      isBroken(exactlyOnce(broken)),
      isBroken(disorderIsFree(broken)),
      isBroken(patienceStartsAnew(broken)),
    ]).toContain(true);
  });

  it("find a receiver that acknowledges before it writes", () => {
    class HastyWire extends Wire {
      override deliver(packet: Parameters<Wire["deliver"]>[0], writes: number): void {
        if (packet.what === "facts")
          this.flying.push({ what: "ack", stream: packet.stream, upTo: packet.facts.at(-1)?.sequence ?? 0 });
        super.deliver(packet, writes);
      }
    }
    const property = fc.property(fc.array(mishap, { maxLength: 60 }), (mishaps) => {
      const wire = new HastyWire(core);
      for (const step of mishaps) befall(wire, step);
      for (let round = 0; round < 100; round += 1) {
        for (const packet of wire.flying.splice(0)) wire.deliver(packet, Infinity);
        wire.pass(300_000);
      }
      for (const { said, heard } of wire.streams) expect(heard).toEqual(said);
    });
    expect(isBroken(property)).toBe(true);
  });
});
