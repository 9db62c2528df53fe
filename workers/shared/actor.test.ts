import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Address } from "../../contracts/address.ts";
import type { Addressed } from "../../contracts/events.ts";
import type { Message } from "../../contracts/envelope.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import { Actor, type Answer, type Ask } from "./actor.ts";
import type { Carriers, Receipt } from "./carriers.ts";
import { Disk } from "./testing/disk.ts";
import { envelopeOf } from "./testing/envelopes.ts";
import { ObjectState } from "./testing/object-state.ts";

type Tally = { readonly count: number; readonly due: Readonly<Record<string, number>> };
type Command = { type: "add"; n: number } | { type: "remind"; at: number } | { type: "timeout"; name: string };
type Event = { type: "added"; n: number } | { type: "reminding"; due: number } | { type: "reminded"; name: string };

const board: Address = "board/t/k";

/** Counts; refuses 0, throws at 13, yields nothing at 7, and tells a board of every addition. */
class CountingObject extends Actor<{ sent: Message[] }, Tally, Command, Event> {
  protected override readonly kind = "order";
  protected override readonly layout = { collections: [] as const };
  protected override readonly retain = 50;
  tells: () => readonly Addressed[] = () => [{ type: "ticket.started", to: board, data: { by: "me" } }];
  broken: "deadlines" | "timeout" | null = null;
  sees: (event: Recorded<Event>) => object = (event) => ({ seq: event.seq });
  protected override readonly rules: Rules<Tally, Command, Event> = {
    initial: { count: 0, due: {} },
    decide: (_, command): readonly Event[] | Refusal => {
      if (command.type === "remind") return [{ type: "reminding", due: command.at }];
      if (command.type === "timeout" && this.broken === "timeout") throw new Error("a bug in decide");
      if (command.type === "timeout") return [{ type: "reminded", name: command.name }];
      if (command.n === 13) throw new Error("a bug in decide");
      if (command.n === 0) return refuse("conflict", "nothing to add");
      return command.n === 7 ? [] : [{ type: "added", n: command.n }];
    },
    evolve: (state, event) => {
      if (event.type === "added") return { ...state, count: state.count + event.n };
      return { ...state, due: event.type === "reminding" ? { reminder: event.due } : {} };
    },
    react: () => ({ type: "add", n: 1 }),
    publish: (event) => (event.type === "added" ? this.tells() : []),
    effects: () => [],
    deadlines: (state) => {
      if (this.broken === "deadlines") throw new Error("a bug in deadlines");
      return state.due;
    },
    timeout: (name) => ({ type: "timeout", name }),
  };

  do(command: Command, ask: Partial<Ask> = {}): Answer | Refusal {
    const whole = { by: "ann", key: null, fingerprint: null, traceparent: "", ...ask };
    return this.execute(command, whole, ({ count }) => ({ count }));
  }

  get count(): number {
    return this.state.count;
  }

  get newest(): number {
    return this.seq;
  }

  protected override carriers(): Carriers {
    const send = async (message: Message): Promise<void> => void this.env.sent.push(message);
    return { queues: { kitchen: { send } as unknown as Queue }, objects: {} };
  }

  protected override liveMessage(event: Recorded<Event>): object {
    return this.sees(event);
  }
}

let disk: Disk;
let state: ObjectState;
let sent: Message[];
let logged: string[];

/** The object as it wakes: memory empty, disk as it was. */
function wake(...name: (string | undefined)[]): CountingObject {
  state = new ObjectState(name.length === 0 ? "t/1" : name[0], disk);
  return new CountingObject(state.asState, { sent });
}

const tables = (): unknown[] => disk.rows("SELECT name FROM sqlite_master");
const receive = (object: CountingObject, ...sequences: number[]): Promise<Receipt> =>
  object.receive({ facts: sequences.map((sequence) => envelopeOf("zone/t/main", "order/t/1", sequence)), acks: [] });

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
  disk = new Disk();
  sent = [];
  logged = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line));
  vi.spyOn(console, "info").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("an actor that never was", () => {
  it("leaves nothing behind when it is asked, refused, failed, rung or acknowledged to", async () => {
    const object = wake();
    expect(object.count).toBe(0);
    expect(object.do({ type: "add", n: 0 }, { key: "k" })).toMatchObject({ refused: "conflict" });
    expect(() => object.do({ type: "add", n: 13 })).toThrow("a bug in decide");
    await object.alarm();
    await object.receive({ facts: [], acks: [{ from: "order/t/1", to: board, upTo: 3 }] });
    expect(tables()).toEqual([]);
    expect(disk.alarmAt).toBeNull();
  });

  it("is not to be reached but by its name", () => {
    expect(() => wake(undefined).do({ type: "add", n: 1 })).toThrow("by its name");
  });
});

describe("a command", () => {
  it("is answered as before when it comes again with its key, in this life and the next", () => {
    const ask = { key: "k", fingerprint: "body" };
    const first = wake().do({ type: "add", n: 2 }, ask);
    expect(first).toEqual({ body: '{"count":2}', replayed: false });
    expect(wake().do({ type: "add", n: 2 }, ask)).toEqual({ body: '{"count":2}', replayed: true });
    expect(wake().do({ type: "add", n: 2 }, { ...ask, fingerprint: "other" })).toMatchObject({
      refused: "idempotency-key-reused",
    });
    expect(wake().count).toBe(2);
  });

  it("with another's key is another command, and no key's fingerprint need be known", () => {
    const object = wake();
    object.do({ type: "add", n: 2 }, { key: "k" });
    expect(object.do({ type: "add", n: 2 }, { key: "k" })).toMatchObject({ replayed: true });
    expect(object.do({ type: "add", n: 2 }, { key: "k", by: "bob" })).toEqual({ body: '{"count":4}', replayed: false });
  });

  it("that changes nothing is answered, and its answer kept", () => {
    expect(wake().do({ type: "add", n: 7 }, { key: "k" })).toEqual({ body: '{"count":0}', replayed: false });
    expect(wake().do({ type: "add", n: 7 }, { key: "k" })).toMatchObject({ replayed: true });
  });

  it("leaves memory and disk as they were when what follows cannot be written", () => {
    const object = wake();
    object.do({ type: "add", n: 1 });
    object.tells = () => [{ type: "ticket.started", to: board, data: { by: "x".repeat(130_000) } }];
    expect(() => object.do({ type: "add", n: 5 })).toThrow("too large for a queue");
    object.tells = () => [{ type: "ticket.started", to: "board/other/k", data: { by: "me" } }];
    expect(() => object.do({ type: "add", n: 5 })).toThrow("may not speak to");
    expect([object.count, wake().count]).toEqual([1, 1]);
  });

  it("counts as done even if a viewer cannot be told, who is sent away to resume", async () => {
    const object = wake();
    const viewer = { subject: "s", role: "staff", expiresAt: 2_000_000, topic: "t" } as const;
    const socket = state.watch(viewer);
    object.do({ type: "add", n: 1 });
    expect(socket.sent).toEqual(['{"seq":1}']);
    object.sees = () => {
      throw new Error("a bug in the view");
    };
    expect(object.do({ type: "add", n: 1 })).toMatchObject({ body: '{"count":2}' });
    expect(socket.closed).toMatchObject({ code: 1011 });
    await state.rest();
    expect(sent).toHaveLength(2);
  });
});

describe("news", () => {
  it("that fails is told of, and what is behind it waits for it", async () => {
    const object = wake();
    object.tells = () => {
      if (object.count === 1) throw new Error("a bug in publish");
      return [];
    };
    const receipt = await receive(object, 1, 2, 3);
    expect(receipt.positions).toEqual([{ from: "zone/t/main", to: "order/t/1", upTo: 1 }]);
    expect(receipt.failures).toMatchObject([{ envelope: { sequence: 2 }, error: "Error: a bug in publish" }]);
    expect(receipt.failures[0]?.stack).toContain("actor.test.ts");
    const cured = wake();
    cured.tells = () => [];
    expect((await receive(cured, 2)).positions).toMatchObject([{ upTo: 3 }]);
    expect(cured.count).toBe(3);
    expect(disk.rows("SELECT * FROM early")).toEqual([]);
  });

  it("that fails first of all leaves nothing behind", async () => {
    const object = wake();
    object.tells = () => {
      throw new Error("a bug in publish");
    };
    expect((await receive(object, 1)).positions).toMatchObject([{ upTo: 0 }]);
    expect(tables()).toEqual([]);
  });
});

describe("an alarm", () => {
  it("stands for the earliest of all that is waited for, also in an object that has just woken", () => {
    wake().do({ type: "remind", at: 1_500_000 });
    expect(disk.alarmAt).toBe(1_500_000);
    wake().do({ type: "add", n: 1 });
    expect(disk.alarmAt).toBe(1_005_000);
    wake().do({ type: "remind", at: 1_900_000 });
    expect(disk.alarmAt).toBe(1_005_000);
  });

  it("sends again what nobody has acknowledged, later every time, and what is acknowledged no more", async () => {
    const object = wake();
    object.do({ type: "add", n: 1 });
    await state.rest();
    const alarms: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      vi.setSystemTime(disk.alarmAt ?? 0);
      alarms.push(Date.now() - 1_000_000);
      disk.alarmAt = null;
      await object.alarm();
      await state.rest();
    }
    expect(alarms).toEqual([5_000, 15_000, 35_000]);
    expect(sent.map(({ facts }) => facts[0]?.id)).toEqual(Array.from({ length: 4 }, () => "order/t/1>board/t/k#1"));
    await object.receive({ facts: [], acks: [{ from: "order/t/1", to: board, upTo: 1 }] });
    disk.alarmAt = null;
    await object.alarm();
    expect(disk.alarmAt).toBeNull();
  });

  it("does the rest of its work, and comes again in a minute, when one rule is broken", async () => {
    for (const broken of ["timeout", "deadlines"] as const) {
      disk = new Disk();
      sent = [];
      const object = wake();
      object.do({ type: "add", n: 1 });
      object.do({ type: "remind", at: Date.now() + 1_000 });
      await state.rest();
      vi.setSystemTime(Date.now() + 5_000);
      disk.alarmAt = null;
      object.broken = broken;
      await expect(object.alarm()).resolves.toBeUndefined();
      await state.rest();
      expect(sent).toHaveLength(2);
      expect(disk.alarmAt).toBeGreaterThan(Date.now());
      object.broken = null;
      vi.setSystemTime(Date.now() + 60_000);
      await object.alarm();
      expect(object.newest).toBe(3);
    }
  });

  it("trims an old log so that its newest events remain", async () => {
    const object = wake();
    for (let n = 0; n < 160; n += 1) object.do({ type: "add", n: 1 });
    await object.alarm();
    expect(disk.rows("SELECT min(seq) AS first, max(seq) AS last, count(*) AS n FROM events")).toEqual([
      { first: 111, last: 160, n: 50 },
    ]);
    expect(wake().count).toBe(160);
  });
});
