import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Acknowledgement, Message } from "../../contracts/envelope.ts";
import { Acknowledgements } from "./acknowledgements.ts";

const [order, other, board] = ["order/t/1", "order/t/2", "board/t/k"] as const;
const applied = (from: Acknowledgement["from"], upTo: number): Acknowledgement => ({ from, to: board, upTo });

let sent: Message[];
let full: boolean;
const queues = {
  ordering: {
    send: async (body: Message) => {
      if (full) throw new Error("Storage Limit Exceeded");
      sent.push(body);
    },
  } as unknown as Queue,
};

beforeEach(() => {
  [sent, full] = [[], false];
  vi.useFakeTimers();
  vi.spyOn(console, "info").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("acknowledgements", () => {
  it("of one second go together, of each stream the newest", async () => {
    const gathering = new Acknowledgements();
    expect(gathering.gather([applied(order, 1)], queues)).toBeInstanceOf(Promise);
    await vi.advanceTimersByTimeAsync(600);
    expect(gathering.gather([applied(order, 3), applied(other, 1)], queues)).toBeNull();
    expect(gathering.gather([applied(order, 2)], queues)).toBeNull();
    await vi.advanceTimersByTimeAsync(400);
    expect(sent).toEqual([{ facts: [], acks: [applied(order, 3), applied(other, 1)] }]);
    void gathering.gather([applied(order, 4)], queues);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
  });

  it("are nothing to send where nothing was applied", () => {
    expect(new Acknowledgements().gather([applied(order, 0)], queues)).toBeNull();
  });

  it("are sent by the next batch where the request that was to send them has ended", async () => {
    const gathering = new Acknowledgements();
    void gathering.gather([applied(order, 1)], queues);
    vi.clearAllTimers();
    await vi.advanceTimersByTimeAsync(3_000);
    void gathering.gather([applied(other, 1)], queues);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent[0]?.acks).toEqual([applied(order, 1), applied(other, 1)]);
  });

  it("that no queue takes are forgotten: the facts come again and are acknowledged again", async () => {
    full = true;
    const gathering = new Acknowledgements();
    const sending = gathering.gather([applied(order, 1)], queues);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(sending).resolves.toBeUndefined();
    full = false;
    void gathering.gather([applied(order, 1)], queues);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(1);
  });
});
