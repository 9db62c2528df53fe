import { beforeEach, describe, expect, it, vi } from "vitest";
import { addressOf } from "../../../contracts/address.ts";
import type { Sample } from "../../../contracts/metrics.ts";
import { actorsSeen, tallies } from "../tables/tallies.ts";
import { D1 } from "../testing/d1.ts";
import { countedBy, inUse } from "./readings.ts";
import { Tally } from "./tally.ts";

const minute = 60_000;
const sent = "comanda.order.sent.v1";
let db: D1;
let statements: number;

beforeEach(() => {
  db = new D1(tallies, actorsSeen);
  statements = 0;
  db.before = () => void (statements += 1);
  vi.spyOn(console, "error").mockReturnValue();
});

async function counted(): Promise<Sample[]> {
  return countedBy(db.asD1, "kitchen", {});
}

function valueOf(samples: readonly Sample[], part: Sample["part"], le?: string): number | undefined {
  return samples.find((sample) => sample.part === part && sample.labels["le"] === le)?.value;
}

describe("what is counted", () => {
  it("adds up over all isolates of a worker, and over no other's", async () => {
    for (const isolate of [new Tally("kitchen"), new Tally("kitchen"), new Tally("delivery")]) {
      isolate.count("comanda_retransmissions_total", "", 3);
      await isolate.tell(db.asD1, minute);
    }
    expect(await counted()).toEqual([
      { metric: "comanda_retransmissions_total", labels: { worker: "kitchen" }, value: 6 },
    ]);
  });

  it("is a histogram of cumulative buckets, each hand-off in the first whose bound it does not pass", async () => {
    const tally = new Tally("kitchen");
    for (const ms of [-3, 25, 26, 900, 7_200_000]) tally.observe([sent, ms]);
    await tally.tell(db.asD1, minute);
    const samples = await counted();
    expect(valueOf(samples, "bucket", "0.025")).toBe(2);
    expect(valueOf(samples, "bucket", "0.05")).toBe(3);
    expect(valueOf(samples, "bucket", "0.5")).toBe(3);
    expect(valueOf(samples, "bucket", "1")).toBe(4);
    expect(valueOf(samples, "bucket", "3600")).toBe(4);
    expect(valueOf(samples, "bucket", "+Inf")).toBe(5);
    expect(valueOf(samples, "count")).toBe(5);
    expect(valueOf(samples, "sum")).toBeCloseTo(7_200.951, 6);
    expect(samples[0]?.labels).toEqual({ worker: "kitchen", fact: "order.sent", le: "0.025" });
  });

  it("costs D1 nothing for each fact: a thousand in ten seconds are told by two batches", async () => {
    const tally = new Tally("kitchen");
    for (let fact = 0; fact < 1_000; fact += 1) {
      tally.observe([sent, fact]);
      tally.meet(addressOf("board", "t", "v"), minute + fact);
      await tally.tell(db.asD1, minute + fact * 10);
    }
    expect(statements).toBe(2);
    await tally.tell(db.asD1, minute + 10_000);
    expect(statements).toBe(4);
    expect(valueOf(await counted(), "count")).toBe(1_000);
  });

  it("is kept while D1 is away, and told once when it is back", async () => {
    const tally = new Tally("kitchen");
    tally.observe([sent, 100]);
    tally.meet(addressOf("board", "t", "v"), minute);
    db.before = () => {
      throw new Error("D1_ERROR: not reachable");
    };
    await tally.tell(db.asD1, minute);
    tally.observe([sent, 100]);
    db.before = () => {};
    await tally.tell(db.asD1, minute + 1_000);
    expect(await counted()).toEqual([]);
    await tally.tell(db.asD1, minute + 10_000);
    await tally.tell(db.asD1, minute + 20_000);
    expect(valueOf(await counted(), "count")).toBe(2);
    expect(await inUse(db.asD1, "board", minute)).toEqual({ known: 1, names: ["t/v"] });
  });

  it("is said to be nothing where nothing was counted yet, for a rate needs a beginning", async () => {
    expect(await countedBy(db.asD1, "ordering", { comanda_crons_total: ["done", "failed"] })).toEqual([
      { metric: "comanda_crons_total", labels: { worker: "ordering", outcome: "done" }, value: 0 },
      { metric: "comanda_crons_total", labels: { worker: "ordering", outcome: "failed" }, value: 0 },
    ]);
  });
});

describe("the objects in use", () => {
  it("are those a batch was for within a day; orders are not among them", async () => {
    const tally = new Tally("kitchen");
    tally.meet(addressOf("order", "t", `ord_${"0".repeat(26)}`), minute);
    tally.meet(addressOf("board", "t", "old"), minute);
    tally.meet(addressOf("zone", "t", "main"), minute);
    await tally.tell(db.asD1, minute);
    const later = minute + 86_400_000;
    for (let board = 0; board < 150; board += 1) tally.meet(addressOf("board", "t", `b${board}`), later);
    await tally.tell(db.asD1, later);
    const { known, names } = await inUse(db.asD1, "board", later);
    expect(known).toBe(150);
    expect(names).toHaveLength(100);
    expect(names).not.toContain("t/old");
  });
});
