import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Address } from "../../contracts/address.ts";
import type { Envelope, Message } from "../../contracts/envelope.ts";
import type { Failure, Receiver } from "./carriers.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import { consume, type Inbox } from "./inbox.ts";
import { deadLetters } from "./tables/dead-letters.ts";
import { D1 } from "./testing/d1.ts";
import { envelopeOf } from "./testing/envelopes.ts";

type Verdict = "ack" | { retryAfter: number | undefined };

let calls: { name: string; message: Message }[];
let sent: { queue: string; body: unknown }[];
let afterwards: Promise<unknown>[];
let poison: Set<string>;
let down: Set<string>;
let full: Set<string>;
let db: D1;

/** A receiver that applies everything but poison, and whose streams stand still behind it. */
function receiver(name: string): Receiver {
  return {
    async receive(message) {
      calls.push({ name, message });
      if (down.has(name)) throw new Error(`${name} is overloaded`);
      const failures: Failure[] = [];
      const upTo = new Map<Address, number>();
      for (const envelope of message.facts) {
        if (failures.some((failure) => failure.envelope.from === envelope.from)) continue;
        if (poison.has(envelope.id)) failures.push({ envelope, error: "Error: cannot", stack: "at react" });
        else upTo.set(envelope.from, envelope.sequence);
      }
      const froms = new Set(message.facts.map(({ from }) => from));
      const positions = [...froms].map((from) => ({ from, to: `board/${name}` as const, upTo: upTo.get(from) ?? 0 }));
      return { positions, failures };
    },
  };
}

function queue(name: string): Queue {
  const send = async (body: unknown): Promise<void> => {
    if (full.has(name)) throw new Error("Storage Limit Exceeded");
    sent.push({ queue: name, body });
  };
  return { send } as unknown as Queue;
}

const inbox = (): Inbox => ({
  consumer: "kitchen-inbox",
  objects: { board: { getByName: receiver } },
  queues: { ordering: queue("ordering"), delivery: queue("delivery") },
  dead: queue("dead"),
  db: db.asD1,
  acknowledgements: new Acknowledgements(),
  waitUntil: (work) => afterwards.push(work),
});

/** Hands over a batch and tells each message's verdict. */
async function take(...messages: { body: unknown; attempts?: number }[]): Promise<(Verdict | undefined)[]> {
  const verdicts: (Verdict | undefined)[] = messages.map(() => undefined);
  const batch = messages.map(({ body, attempts = 1 }, at) => ({
    id: `message ${at}`,
    timestamp: new Date(Date.now() - 7_000),
    body,
    attempts,
    ack: () => (verdicts[at] ??= "ack"),
    retry: (options?: { delaySeconds?: number }) => (verdicts[at] ??= { retryAfter: options?.delaySeconds }),
  }));
  await consume({ queue: "kitchen-inbox", messages: batch } as unknown as MessageBatch, inbox());
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(afterwards);
  return verdicts;
}

const facts = (...envelopes: Envelope[]): { body: Message } => ({ body: { facts: envelopes, acks: [] } });
const [a, b, k, l] = ["order/t/a", "order/t/b", "board/t/k", "board/t/l"] as const;

beforeEach(() => {
  [calls, sent, afterwards, poison, down, full] = [[], [], [], new Set(), new Set(), new Set()];
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  db = new D1(deadLetters);
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "info").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a batch from an inbox queue", () => {
  it("is one call to each receiver and one message of acknowledgements to each service", async () => {
    const verdicts = await take(
      facts(envelopeOf(a, k, 1), envelopeOf(a, k, 2)),
      facts(envelopeOf(b, k, 1)),
      facts(envelopeOf(a, l, 1)),
      facts(envelopeOf("zone/t/main", l, 5)),
      { body: { facts: [], acks: [{ from: k, to: a, upTo: 3 }] } },
    );
    expect(verdicts).toEqual(["ack", "ack", "ack", "ack", "ack"]);
    expect(calls.map(({ name, message }) => [name, message.facts.length, message.acks.length])).toEqual([
      ["t/k", 3, 1],
      ["t/l", 2, 0],
    ]);
    expect(sent.map(({ queue: to }) => to)).toEqual(["ordering", "delivery"]);
    expect(sent[0]?.body).toEqual({
      facts: [],
      acks: [
        { from: a, to: k, upTo: 2 },
        { from: b, to: k, upTo: 1 },
        { from: a, to: l, upTo: 1 },
      ],
    });
  });

  it("has poison tried again after 1 s, 2 s and 4 s, and everything beside it taken", async () => {
    poison.add(envelopeOf(a, k, 1).id);
    for (const [attempts, retryAfter] of [1, 2, 4].entries()) {
      const verdicts = await take(
        { ...facts(envelopeOf(a, k, 1)), attempts: attempts + 1 },
        facts(envelopeOf(b, k, 1)),
      );
      expect(verdicts).toEqual([{ retryAfter }, "ack"]);
    }
    expect(sent.some(({ queue: to }) => to === "dead")).toBe(false);
  });

  it("makes poison a dead letter at its fourth attempt, with all that is needed to understand it", async () => {
    const [bad, good] = [envelopeOf(a, k, 1), envelopeOf(b, k, 1)];
    poison.add(bad.id);
    const before = Date.now();
    expect(await take({ ...facts(bad, good), attempts: 4 })).toEqual(["ack"]);
    const letter = sent.find(({ queue: to }) => to === "dead")?.body;
    expect(letter).toEqual({
      letters: [
        {
          envelope: bad,
          consumer: "kitchen-inbox",
          error: "Error: cannot",
          stack: "at react",
          attempts: 4,
          firstAt: expect.any(Number),
          lastAt: expect.any(Number),
        },
      ],
    });
    const [{ firstAt, lastAt }] = (letter as { letters: [{ firstAt: number; lastAt: number }] }).letters;
    expect(lastAt).toBeGreaterThanOrEqual(before);
    expect(lastAt - firstAt).toBeGreaterThanOrEqual(6_999);
  });

  it("leaves poison to the queue's own dead-letter queue where ours does not take it", async () => {
    poison.add(envelopeOf(a, k, 1).id);
    full.add("dead");
    expect(await take({ ...facts(envelopeOf(a, k, 1)), attempts: 4 })).toEqual([{ retryAfter: undefined }]);
  });

  it("is tried again only where its receiver could not be called", async () => {
    down.add("t/k");
    expect(await take(facts(envelopeOf(a, k, 1)), facts(envelopeOf(a, l, 1)))).toEqual([{ retryAfter: 1 }, "ack"]);
    expect(sent).toEqual([{ queue: "ordering", body: { facts: [], acks: [{ from: a, to: l, upTo: 1 }] } }]);
  });

  it("passes over what is no message of ours, once, and says so", async () => {
    const torn = { ...envelopeOf(a, k, 1), to: "nobody" };
    const verdicts = await take(
      { body: "noise" },
      { body: { facts: [torn], acks: [] } },
      { body: null },
      facts(envelopeOf(b, k, 1)),
    );
    expect(verdicts).toEqual(["ack", "ack", "ack", "ack"]);
    expect(
      vi.mocked(console.error).mock.calls.filter(([line]) => String(line).includes("not a message of ours")),
    ).toHaveLength(3);
    expect(calls).toHaveLength(1);
  });

  it("gives up no fact because an acknowledgement cannot be sent", async () => {
    full.add("ordering");
    expect(await take(facts(envelopeOf(a, k, 1)))).toEqual(["ack"]);
  });

  it("acknowledges hundreds of streams in messages a queue takes", async () => {
    const froms = Array.from({ length: 700 }, (_, at) => `order/${"t".repeat(60)}/${"o".repeat(60)}${at}` as const);
    await take(facts(...froms.map((from) => envelopeOf(from, k, 1))));
    expect(sent.map(({ body }) => (body as Message).acks.length)).toEqual([300, 300, 100]);
    for (const { body } of sent) expect(JSON.stringify(body).length).toBeLessThan(128_000);
  });
});
