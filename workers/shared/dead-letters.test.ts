import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  closeLettersOf, deadLetterCounts, storeDeadLetters, sweepDeadLetters, type DeadLetter,
} from "./dead-letters.ts"; // prettier-ignore
import { deadLetters } from "./tables/dead-letters.ts";
import { D1 } from "./testing/d1.ts";
import { envelopeOf } from "./testing/envelopes.ts";

const now = 1_800_000_000_000;
const [a, k] = ["order/t/a", "board/t/k"] as const;
let db: D1;

const letterOf = (sequence: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
  envelope: envelopeOf(a, k, sequence, now - 7_000),
  consumer: "kitchen-inbox",
  error: "Error: cannot",
  stack: "at react",
  attempts: 4,
  firstAt: now - 7_000,
  lastAt: now,
  ...more,
});

async function store(...bodies: unknown[]): Promise<string[]> {
  const verdicts: string[] = [];
  const messages = bodies.map((body) => ({
    id: "m",
    timestamp: new Date(now),
    attempts: 1,
    body,
    ack: () => verdicts.push("ack"),
    retry: () => verdicts.push("retry"),
  }));
  await storeDeadLetters({ queue: "kitchen-inbox-dead", messages } as unknown as MessageBatch, db.asD1);
  return verdicts;
}

const rows = (): Record<string, unknown>[] => db.database.prepare("SELECT * FROM dead_letters ORDER BY sequence").all();

const change = (sql: string): unknown => db.database.prepare(sql).run();
const alerts = (): string[] =>
  vi.mocked(console.error).mock.calls.flatMap(([line]) => {
    const { event, id }: { event?: string; id?: string } = JSON.parse(String(line));
    return event === "dead-letter.appeared" ? [String(id)] : [];
  });

beforeEach(() => {
  db = new D1(deadLetters);
  vi.spyOn(console, "info").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => void vi.restoreAllMocks());

describe("a dead letter", () => {
  it("is kept as it was, with why, since when and how often it was tried", async () => {
    expect(await store({ letters: [letterOf(3)] })).toEqual(["ack"]);
    const [row] = rows();
    expect(row).toMatchObject({
      id: "order/t/a>board/t/k#3",
      tenant: "t",
      consumer: "kitchen-inbox",
      sender: a,
      receiver: k,
      sequence: 3,
      type: "comanda.ticket.started.v1",
      order: "ord_1",
      error: "Error: cannot",
      stack: "at react",
      attempts: 4,
      first_at: now - 7_000,
      last_at: now,
      state: "open",
      closed_at: null,
    });
    expect(JSON.parse(String(row?.["envelope"]))).toEqual(letterOf(3).envelope);
  });

  it("is the same letter when its fact dies again, open once more, its attempts added up", async () => {
    await store({ letters: [letterOf(1)] });
    await closeLettersOf(db.asD1, [letterOf(1).envelope], now);
    expect(rows()).toMatchObject([{ state: "closed", closed_at: now }]);
    await store({ letters: [letterOf(1, { error: "Error: still not", lastAt: now + 9 })] });
    expect(rows()).toMatchObject([
      {
        state: "open",
        closed_at: null,
        attempts: 8,
        error: "Error: still not",
        first_at: now - 7_000,
        last_at: now + 9,
      },
    ]);
  });

  it("is made of a message the queue gave up before its consumer could say why", async () => {
    await store({ facts: [letterOf(1).envelope, letterOf(2).envelope], acks: [] });
    expect(rows()).toMatchObject([{ sequence: 1 }, { sequence: 2, consumer: "kitchen-inbox", state: "open" }]);
  });

  it("stays on its queue until it is stored, and does not hold up the next one", async () => {
    let failing = true;
    db.before = () => {
      if (!failing) return;
      failing = false;
      throw new Error("D1 is down");
    };
    expect(await store({ letters: [letterOf(1)] }, { letters: [letterOf(2)] })).toEqual(["retry", "ack"]);
    expect(rows()).toMatchObject([{ sequence: 2 }]);
  });

  it("that is not stored says why in the log, and nothing of what its fact holds", async () => {
    db.before = () => {
      throw new Error("D1 is away");
    };
    const envelope = { ...envelopeOf(a, k, 1), data: { phone: "+4915112345678" } };
    expect(await store({ letters: [letterOf(1, { envelope })] })).toEqual(["retry"]);
    const logged = JSON.stringify(vi.mocked(console.error).mock.calls);
    expect(logged).toContain("D1 is away");
    expect(logged).not.toContain("+4915112345678");
  });

  it("is not made of what is no message of ours", async () => {
    expect(await store("noise", { letters: [{ ...letterOf(1), envelope: {} }] })).toEqual(["ack", "ack"]);
    expect(rows()).toEqual([]);
  });

  it("is closed when its fact is applied after all, however many are, within what D1 takes", async () => {
    const letters = Array.from({ length: 250 }, (_, at) => letterOf(at + 1));
    await store({ letters });
    await closeLettersOf(
      db.asD1,
      letters.slice(0, 249).map(({ envelope }) => envelope),
      now,
    );
    expect(rows().filter(({ state }) => state === "open")).toMatchObject([{ sequence: 250 }]);
  });

  it("costs D1 nothing while facts are applied in time", async () => {
    const asked = vi.fn<() => void>();
    db.before = asked;
    await closeLettersOf(db.asD1, [envelopeOf(a, k, 1, now - 1_000)], now);
    expect(asked).not.toHaveBeenCalled();
  });

  it("is sent again once when nothing was heard of it for ten minutes", async () => {
    await store({ letters: [letterOf(1, { lastAt: now - 11 * 60_000 }), letterOf(2)] });
    const sent: unknown[] = [];
    const queues = { kitchen: { send: async (body: unknown) => void sent.push(body) } as unknown as Queue };
    await sweepDeadLetters(db.asD1, queues, now);
    await sweepDeadLetters(db.asD1, queues, now + 60_000);
    expect(sent).toEqual([{ facts: [letterOf(1).envelope], acks: [] }]);
  });

  it("is told of when it appears and when it comes back, not each time it dies again", async () => {
    const [one, two] = [letterOf(1), letterOf(2)];
    await store({ letters: [one, two] });
    change(`UPDATE dead_letters SET told_at = ${now}`);
    await store({ letters: [one] });
    expect(rows()).toMatchObject([{ told_at: now }, { told_at: now }]);
    await closeLettersOf(db.asD1, [one.envelope], now);
    await store({ letters: [letterOf(1, { firstAt: now + 60_000 })] });
    expect(rows()).toMatchObject([{ told_at: null, first_at: now + 60_000 }, { told_at: now }]);
    expect(alerts()).toEqual([one.envelope.id, two.envelope.id, one.envelope.id]);
  });

  it("is sent again as it was edited", async () => {
    await store({ letters: [letterOf(1, { lastAt: now - 11 * 60_000 })] });
    change(`UPDATE dead_letters SET edited = '{"by":"somebody else"}'`);
    const sent: unknown[] = [];
    const queues = { kitchen: { send: async (body: unknown) => void sent.push(body) } as unknown as Queue };
    await sweepDeadLetters(db.asD1, queues, now);
    expect(sent).toEqual([{ facts: [{ ...letterOf(1).envelope, data: { by: "somebody else" } }], acks: [] }]);
  });

  it("that was dropped stays dropped when a late copy dies, and its tombstone is sent until it is applied", async () => {
    await store({ letters: [letterOf(1, { lastAt: now - 11 * 60_000 })] });
    change("UPDATE dead_letters SET state = 'dropped'");
    await store({ letters: [letterOf(1, { lastAt: now - 11 * 60_000 })] });
    expect(rows()).toMatchObject([{ state: "dropped", closed_at: null }]);
    const sent: unknown[] = [];
    const queues = { kitchen: { send: async (body: unknown) => void sent.push(body) } as unknown as Queue };
    await sweepDeadLetters(db.asD1, queues, now);
    const tombstone = { type: "comanda.tombstone.v1", data: { type: "comanda.ticket.started.v1" } };
    expect(sent).toEqual([{ facts: [{ ...letterOf(1).envelope, ...tombstone }], acks: [] }]);

    await closeLettersOf(db.asD1, [letterOf(1).envelope], now);
    expect(rows()).toMatchObject([{ state: "dropped", closed_at: now }]);
    await store({ letters: [letterOf(1)] });
    expect(rows()).toMatchObject([{ state: "dropped", closed_at: now }]);
    await sweepDeadLetters(db.asD1, queues, now + 3_600_000);
    expect(sent).toHaveLength(1);
    expect(alerts()).toEqual([letterOf(1).envelope.id]);
  });

  it("is counted with the others of its consumer while it is open", async () => {
    expect(await deadLetterCounts(db.asD1)).toEqual([]);
    await store({ letters: [letterOf(1, { firstAt: 5 }), letterOf(2), letterOf(3, { consumer: "outlet" })] });
    await closeLettersOf(db.asD1, [letterOf(3).envelope], now);
    expect(await deadLetterCounts(db.asD1)).toEqual([{ consumer: "kitchen-inbox", open: 2, oldestAt: 5 }]);
  });
});
