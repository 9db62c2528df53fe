import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Effects, type Attempt, type EffectRow } from "./effects.ts";
import { ActorStorage } from "./storage.ts";
import { Disk, storageOn, steadyPower } from "./testing/disk.ts";

const disk = { current: new Disk() };
let now = 1_000_000;
let storage: ActorStorage;
let effects: Effects;
const clock = (): number => now;

/** The object after its process died: storage as it was, memory gone. */
function wake(): void {
  storage = new ActorStorage(storageOn(disk.current, steadyPower));
  effects = new Effects(storage);
}

function owe(...keys: string[]): void {
  storage.write(() =>
    effects.put(
      keys.map((key) => ({ key, kind: "capture", request: { amount: 500 } })),
      now,
    ),
  );
}

function due(): EffectRow {
  const [row] = effects.due(now);
  if (row === undefined) throw new Error("nothing is due");
  return row;
}

const record = (row: EffectRow) => (): void => storage.write(() => effects.settle(row.key));
const never = (): Promise<Attempt<string>> => new Promise(() => {});

beforeEach(() => {
  disk.current = new Disk();
  vi.spyOn(console, "error").mockReturnValue();
  wake();
});
afterEach(() => void vi.restoreAllMocks());

describe("an outside call", () => {
  it("is made at once, and not again once its outcome is recorded", async () => {
    owe("capture ord_1");
    const row = due();
    const seen: unknown[] = [];
    await effects.attempt(row, async (...call) => (seen.push(call), { done: "captured" }), record(row), clock);
    expect(seen).toEqual([["capture", { amount: 500 }, "capture ord_1"]]);
    expect(effects.due(now + 1e9)).toEqual([]);
    expect(effects.nextAt(now)).toBeNull();
  });

  it("is not made twice at once, however long it takes", async () => {
    owe("k");
    void effects.attempt(due(), never, () => {}, clock);
    expect(effects.due(now)).toEqual([]);
    now += 20_000;
    expect(effects.due(now)).toEqual([]);
    // Looked after every lease, not always: the alarm must not become a busy loop.
    expect(effects.nextAt(now)).toBe(now + 3_000);
  });

  it("is made again with the same key when it was not answered for half a minute, and the late answer is not recorded twice", async () => {
    owe("k");
    let answerLate: (outcome: Attempt<string>) => void = () => {};
    const recorded: string[] = [];
    const recordAs = (name: string) => (): void => {
      storage.write(() => effects.settle("k"));
      recorded.push(name);
    };
    const late = effects.attempt(
      due(),
      () => new Promise<Attempt<string>>((resolve) => (answerLate = resolve)),
      recordAs("late"),
      clock,
    );
    now += 30_000;
    const again = due();
    expect(again.key).toBe("k");
    await effects.attempt(again, async () => ({ done: "ok" }), recordAs("second"), clock);
    answerLate({ done: "ok" });
    await late;
    expect(recorded).toEqual(["second"]);
  });

  it("is made at once by the next process when the last died in its first attempt, or before it", () => {
    owe("k");
    void effects.attempt(due(), never, () => {}, clock);
    wake();
    expect(effects.due(now)).toMatchObject([{ key: "k", attempts: 0 }]);
    expect(effects.nextAt(now)).toBe(now + 3_000);
  });

  it("waits 0.5 s, 1 s, 2 s … at most a minute, and up to half as much again, and keeps its key and what went wrong", async () => {
    owe("k");
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const row = due();
      expect(row).toMatchObject({ key: "k", attempts: attempt });
      const fails = attempt % 2 === 0 ? async () => ({ again: "503" }) : () => Promise.reject(new Error("no route"));
      await effects.attempt(row, fails, () => {}, clock);
      const next = effects.nextAt(now) ?? 0;
      waits.push(next - now);
      expect(effects.due(next - 1)).toEqual([]);
      now = next;
    }
    for (const [attempt, wait] of waits.entries()) {
      const least = Math.min(500 * 2 ** attempt, 60_000);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(least * 1.5 + 1);
    }
    expect(disk.current.rows("SELECT error FROM effects")).toEqual([{ error: "Error: no route" }]);
  });

  it("is due at a whole millisecond, as alarms are", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.123456);
    owe("k");
    await effects.attempt(
      due(),
      async () => ({ again: "busy" }),
      () => {},
      clock,
    );
    expect(effects.nextAt(now)).toBe(now + 531);
  });

  it("is not made again before the other side has said, though nobody puts it off for more than an hour", async () => {
    for (const [asked, waited] of [
      [90_000, 90_000],
      [86_400_000, 3_600_000],
    ] as const) {
      owe(`k${asked}`);
      const row = due();
      await effects.attempt(row, async () => ({ again: "429", afterMs: asked }), record(row), clock);
      expect(effects.due(now + waited - 1)).toEqual([]);
      expect(effects.due(now + waited)).toHaveLength(1);
      storage.write(() => effects.settle(row.key));
    }
  });

  it("is made again, and not at once, when its outcome cannot be recorded", async () => {
    owe("k");
    const broken = (): never => {
      throw new Error("a bug in decide");
    };
    await effects.attempt(due(), async () => ({ done: "ok" }), broken, clock);
    expect(effects.due(now)).toEqual([]);
    expect(effects.nextAt(now)).toBeGreaterThan(now);
  });

  it("is owed once, however often it is asked for", () => {
    owe("k", "k");
    owe("k");
    expect(effects.due(now)).toHaveLength(1);
  });
});
