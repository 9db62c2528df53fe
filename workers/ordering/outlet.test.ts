import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventTypeOf, type Acknowledgement, type Envelope } from "../../contracts/envelope.ts";
import type { FactData } from "../../contracts/events.ts";
import { storeDeadLetters } from "../shared/dead-letters.ts";
import { countedBy } from "../shared/metrics/readings.ts";
import { Tally } from "../shared/metrics/tally.ts";
import { deadLetters } from "../shared/tables/dead-letters.ts";
import { actorsSeen, tallies } from "../shared/tables/tallies.ts";
import { D1 } from "../shared/testing/d1.ts";
import { envelopeOf } from "../shared/testing/envelopes.ts";
import type { OrderingEnv } from "./env.ts";
import { consumeOutlet } from "./outlet.ts";
import { orders } from "./tables/orders.ts";

const order = `ord_${"0".repeat(26)}`;
const [from, to] = [`order/t/${order}`, "outlet/t/main"] as const;
const now = Date.now();
let db: D1;
let dead: unknown[];
let acks: Acknowledgement[];
let tally: Tally;

function line(seq: number, status: string, more: Partial<Envelope> = {}): Envelope {
  const data: FactData<"order.changed"> = {
    order, tenant: "t", venue: "v", customer: "guest", code: "A1", status, fulfilment: "pickup",
    total: 100, currency: "EUR", placedAt: now, updatedAt: now, seq, open: true,
  }; // prettier-ignore
  return { ...envelopeOf(from, to, seq, now - 60_000), type: eventTypeOf("order.changed"), data, ...more };
}

async function deliver(attempts: number, ...bodies: unknown[]): Promise<string[]> {
  const verdicts: string[] = [];
  const messages = bodies.map((body) => ({
    id: "m",
    timestamp: new Date(now),
    attempts,
    body,
    ack: () => verdicts.push("ack"),
    retry: ({ delaySeconds }: { delaySeconds: number }) => verdicts.push(`again in ${delaySeconds} s`),
  }));
  const env = {
    DB: db.asD1,
    DEAD_LETTERS: { send: async (body: unknown) => void dead.push(body) },
    ORDER: {
      getByName: () => ({ receive: async (message: { acks: Acknowledgement[] }) => acks.push(...message.acks) }),
    },
  } as unknown as OrderingEnv;
  await consumeOutlet({ queue: "comanda-outlet", messages } as unknown as MessageBatch, env, tally);
  return verdicts;
}

/** What the outlet has given up arrives in D1 as it would by the queue. */
async function bury(): Promise<void> {
  const messages = dead.splice(0).map((body) => ({ id: "m", timestamp: new Date(now), attempts: 1, body, ack() {} }));
  await storeDeadLetters({ queue: "dead", messages } as unknown as MessageBatch, db.asD1);
}

const message = (...facts: Envelope[]) => ({ facts, acks: [] });
const statusOf = () => db.database.prepare("SELECT status FROM orders").all();
const letters = () => db.database.prepare("SELECT * FROM dead_letters").all();

beforeEach(() => {
  db = new D1(orders, deadLetters, tallies, actorsSeen);
  tally = new Tally("ordering");
  [dead, acks] = [[], []];
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => void vi.restoreAllMocks());

describe("the outlet", () => {
  it("keeps the newest line of an order, in whatever order they come, and acknowledges them", async () => {
    expect(await deliver(1, message(line(2, "sent")), message(line(1, "placed")))).toEqual(["ack", "ack"]);
    await deliver(1, message(line(1, "placed")));
    expect(statusOf()).toEqual([{ status: "sent" }]);
    expect(acks[0]).toEqual({ from, to, upTo: 2 });
  });

  it("tries a line it cannot write again after 1 s, 2 s and 4 s, and acknowledges nothing", async () => {
    db.before = () => {
      throw new Error("D1 is down");
    };
    const verdicts = [];
    for (const attempts of [1, 2, 3]) verdicts.push(...(await deliver(attempts, message(line(1, "placed")))));
    expect(verdicts).toEqual(["again in 1 s", "again in 2 s", "again in 4 s"]);
    expect([dead, acks]).toEqual([[], []]);
  });

  it("says in the dead letter what was wrong, not what was asked of the database", async () => {
    db.before = () => {
      throw new Error("D1 is down");
    };
    expect(await deliver(4, message(line(1, "placed")))).toEqual(["ack"]);
    db.before = () => {};
    await bury();
    expect(letters()).toMatchObject([
      { consumer: "outlet", error: "Error: D1 is down", stack: expect.stringContaining("D1 is down"), attempts: 4 },
    ]);
  });

  it("gives up what it does not understand alone, and writes what came with it", async () => {
    const unknown = line(1, "placed", { type: "comanda.order.sung.v1" });
    expect(await deliver(4, message(unknown, line(2, "sent")))).toEqual(["ack"]);
    expect(statusOf()).toEqual([{ status: "sent" }]);
    await bury();
    expect(letters()).toMatchObject([{ id: unknown.id, error: "Error: unknown fact type comanda.order.sung.v1" }]);
  });

  it("closes a letter when its line is written after all", async () => {
    db.before = () => {
      throw new Error("D1 is down");
    };
    await deliver(4, message(line(1, "placed")));
    db.before = () => {};
    await bury();
    await deliver(1, message(line(1, "placed")));
    expect(letters()).toMatchObject([{ state: "closed" }]);
  });

  it("passes over what is no message of ours", async () => {
    expect(await deliver(1, "noise")).toEqual(["ack"]);
  });
});

describe("what is measured of the outlet", () => {
  it("counts an order that ended once, however often its line comes, and each line that was sent again", async () => {
    const { data, ...envelope } = line(5, "collected");
    const ended = { ...envelope, data: Object.assign({}, data, { open: false }) };
    await deliver(1, message(line(3, "placed")), message(ended));
    await deliver(1, { ...message(ended), again: true });
    await tally.tell(db.asD1, now, "now");
    const counted = await countedBy(db.asD1, "ordering", {});
    const value = (metric: string, part?: string) =>
      counted.find((sample) => sample.metric === metric && sample.part === part)?.value;
    expect(value("comanda_orders_ended_total")).toBe(1);
    expect(value("comanda_retransmissions_total")).toBe(1);
    expect(value("comanda_handoff_seconds", "count")).toBe(2);
    expect(value("comanda_handoff_seconds", "sum")).toBeGreaterThan(119);
  });

  it("counts nothing of what could not be written", async () => {
    db.before = () => {
      throw new Error("D1_ERROR: not reachable");
    };
    await deliver(1, message(line(5, "placed")));
    db.before = () => {};
    await tally.tell(db.asD1, now, "now");
    expect(await countedBy(db.asD1, "ordering", {})).toEqual([]);
  });
});
