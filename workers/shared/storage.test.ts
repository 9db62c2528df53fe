import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActorStorage, brokenAt, chained, digestOf } from "./storage.ts";
import { Disk, storageOn, steadyPower } from "./testing/disk.ts";

function chainOf(bodies: readonly string[]): { seq: number; body: string; hash: string }[] {
  let hash = "";
  return bodies.map((body, at) => ({ seq: at + 1, body, hash: (hash = chained(hash, body)) }));
}

function flipped(text: string, place: number): string {
  const at = place % text.length;
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

const log = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 }).map(chainOf);

describe("the log", () => {
  it("is whole as it was written", () => {
    fc.assert(
      fc.property(log, (events) => {
        expect(brokenAt(events)).toBeNull();
      }),
    );
  });

  it("shows a flipped byte of an event or its hash by the event's number", () => {
    fc.assert(
      fc.property(
        log,
        fc.nat(),
        fc.nat(),
        fc.constantFrom("body" as const, "hash" as const),
        (events, which, place, field) => {
          const at = which % events.length;
          const changed = events.map((event, n) =>
            n === at ? { ...event, [field]: flipped(event[field], place) } : event,
          );
          expect(brokenAt(changed)).toBe(at + 1);
        },
      ),
    );
  });

  it("shows an event that was taken out, put in or moved", () => {
    const events = chainOf(["a", "b", "c", "d"]);
    const [first, second, third, fourth] = events;
    if (!first || !second || !third || !fourth) return expect.unreachable();
    expect(brokenAt([first, third, fourth])).toBe(3);
    expect(brokenAt([first, third, second, fourth])).toBe(3);
    expect(brokenAt([first, first, second])).toBe(1);
    expect(brokenAt([second, third])).toBe(2);
  });

  it("is whole where something was erased of it as a later event says, and only so", () => {
    const events = chainOf(["a", '{"name":"Ada"}', "c"]);
    const erased = '{"name":""}';
    const says = JSON.stringify({ type: "erased", events: [{ seq: 2, digest: digestOf(erased) }] });
    const with4 = [...events, { seq: 4, body: says, hash: chained(events.at(-1)?.hash ?? "", says) }];
    const rewritten = (body: string) => with4.map((event) => (event.seq === 2 ? { ...event, body } : event));
    expect(brokenAt(with4)).toBeNull();
    expect(brokenAt(rewritten(erased))).toBeNull();
    expect(brokenAt(rewritten('{"name":"Eve"}'))).toBe(2);
    expect(brokenAt(rewritten(erased).slice(0, 3))).toBe(2);
    expect(brokenAt(rewritten(erased).map((event) => (event.seq === 4 ? { ...event, body: `${says} ` } : event)))).toBe(
      4,
    );
  });

  it("is checked from its oldest event on where the beginning was trimmed", () => {
    const [anchor, ...rest] = chainOf(["a", "b", "c", "d"]).slice(1);
    if (anchor === undefined) return expect.unreachable();
    expect(brokenAt(rest, anchor)).toBeNull();
    expect(
      brokenAt(
        rest.map((event) => ({ ...event, body: "x" })),
        anchor,
      ),
    ).toBe(3);
  });
});

describe("an object's storage", () => {
  it("is left empty by everything that only asks", () => {
    const disk = new Disk();
    const storage = new ActorStorage(storageOn(disk, steadyPower));
    expect([
      storage.tip(),
      storage.eventsAfter(0),
      storage.stateRows(),
      storage.answer("key"),
      storage.oldestEvent(),
    ]).toEqual([{ seq: 0, hash: "" }, [], [], undefined, 0]);
    expect(disk.rows("SELECT name FROM sqlite_master")).toEqual([]);
  });

  it("keeps all of a write or, when anything throws, nothing", () => {
    const disk = new Disk();
    const storage = new ActorStorage(storageOn(disk, steadyPower));
    const half = (): void => {
      storage.appendEvent(1, "{}", "hash");
      throw new Error("half way");
    };
    expect(() => storage.write(half)).toThrow("half way");
    expect(storage.exists).toBe(false);
    expect(disk.rows("SELECT name FROM sqlite_master")).toEqual([]);
    storage.write(() => storage.appendEvent(1, "{}", "hash"));
    expect(() => storage.write(() => (storage.putState("self", "{}"), half()))).toThrow("UNIQUE");
    expect(storage.stateRows()).toEqual([]);
    expect(new ActorStorage(storageOn(disk, steadyPower)).tip()).toEqual({ seq: 1, hash: "hash" });
  });
});
