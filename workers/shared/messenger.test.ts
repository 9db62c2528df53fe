import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Address } from "../../contracts/address.ts";
import type { Message } from "../../contracts/envelope.ts";
import { Messenger } from "./messenger.ts";
import { Outbox } from "./outbox.ts";
import { ActorStorage } from "./storage.ts";
import { Disk } from "./testing/disk.ts";
import { ObjectState } from "./testing/object-state.ts";

const board: Address = "board/t/k";
const outlet: Address = "outlet/t/orders";

let told: { queue: string; numbers: number[] }[];
let arrive: () => void;
let way: Promise<void>;
let say: (...to: Address[]) => void;

const queue = (name: string): Queue => {
  const send = ({ facts }: Message): Promise<void> => {
    told.push({ queue: name, numbers: facts.map(({ sequence }) => sequence) });
    return way;
  };
  return { send } as unknown as Queue;
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  told = [];
  way = Promise.resolve();
  const state = new ObjectState("t/1", new Disk());
  const storage = new ActorStorage(state.storage);
  const outbox = new Outbox(storage, "order/t/1");
  const queues = { kitchen: queue("kitchen"), outlet: queue("outlet") };
  const messenger = new Messenger(
    state.asState,
    () => outbox,
    () => ({ queues, objects: {} }),
  );
  say = (...to) => {
    const facts = to.map((each) => ({ type: "ticket.started" as const, to: each, data: { by: "ann" } }));
    const cause = { event: 1, at: Date.now(), traceparent: "" };
    messenger.add(storage.write(() => outbox.put(facts, cause)));
    messenger.send();
  };
});
afterEach(() => void vi.useRealTimers());

describe("a message to another service", () => {
  it("is one at a time: what is written while it is under way goes together after it", async () => {
    way = new Promise((resolve) => (arrive = resolve));
    say(board);
    say(board);
    say(board);
    expect(told).toEqual([{ queue: "kitchen", numbers: [1] }]);
    arrive();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([
      { queue: "kitchen", numbers: [1] },
      { queue: "kitchen", numbers: [2, 3] },
    ]);
  });

  it("is not waited for longer than a second", () => {
    way = new Promise(() => {});
    say(board);
    vi.setSystemTime(1_001_000);
    say(board);
    expect(told.map(({ numbers }) => numbers)).toEqual([[1], [2]]);
  });
});

describe("a read model", () => {
  it("is told at once, then at most once a second, and always the newest in the end", async () => {
    say(outlet, outlet);
    expect(told).toEqual([{ queue: "outlet", numbers: [2] }]);
    await vi.advanceTimersByTimeAsync(400);
    say(outlet);
    say(outlet);
    expect(told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(told.slice(1)).toEqual([{ queue: "outlet", numbers: [4] }]);
    await vi.advanceTimersByTimeAsync(5_000);
    say(outlet);
    expect(told.slice(2)).toEqual([{ queue: "outlet", numbers: [5] }]);
  });
});
