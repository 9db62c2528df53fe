import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { addressOf } from "../contracts/address.ts";
import { eventTypeOf, type Message } from "../contracts/envelope.ts";
import { metrics } from "../contracts/metrics.ts";
import { startHarness, operator, type Harness } from "./harness.ts";
import { DriverPhone } from "./journey/driver-phone.ts";
import { enclosed } from "./journey/facts.ts";
import { Follower } from "./journey/follower.ts";
import { Restaurant } from "./journey/restaurant.ts";
import { until } from "./journey/until.ts";
import { promtool, scrape, scrapeToken } from "./prometheus/scraper.ts";

const workers = ["ordering", "kitchen", "delivery"] as const;
let harness: Harness;
let place: Restaurant;
let follower: Follower;

/** One order collected, one that waits in the kitchen and is followed, one that waits for its driver. */
beforeAll(async () => {
  harness = await startHarness();
  place = await Restaurant.open(harness);
  const guest = await place.guest();
  await DriverPhone.onShift(place, "Dara");
  const [collected, waits, brought] = await Promise.all([
    place.place(guest),
    place.place(guest, { payment: "cash" }),
    place.place(guest, { fulfilment: "delivery" }),
  ]);
  follower = await Follower.connect(place, guest, waits.id);
  await Promise.all([
    place.cook(collected.id, "accept", "start", "ready", "handover"),
    place.cook(brought.id, "accept"),
    place.ticket(waits.id),
  ]);
  await place.reaches(guest, collected.id, "collected");
});
afterAll(async () => {
  follower.close();
  await harness.stop();
});

describe("what a scraper reads", () => {
  it("is Prometheus text, and nothing that is not in the list of metrics", async () => {
    const { families, text } = await until(
      () => scrape(harness.baseUrl),
      (read) => read.value("comanda_orders_ended_total", { state: "collected" }) === 1,
    );
    for (const { name, type, help } of families) {
      const listed = Object.entries(metrics).find(([metric]) => metric === name)?.[1];
      expect({ name, type, help }).toEqual({ name, type: listed?.type, help: listed?.help });
    }
    const missing = Object.keys(metrics).filter((metric) => !families.some(({ name }) => name === metric));
    // Of these there is nothing to tell in an installation where all is well.
    expect(missing).toEqual(expect.arrayContaining(["comanda_dead_letters", "comanda_dead_letters_oldest_seconds"]));
    expect(missing.length).toBeLessThanOrEqual(3);
    const judged = promtool(["check", "metrics"], text);
    if (judged !== null) expect(judged).toEqual({ status: 0, output: "" });
  });

  it("tells of every worker, and of each alone under its own path", async () => {
    const all = await scrape(harness.baseUrl);
    for (const worker of workers) expect(all.value("comanda_up", { worker })).toBe(1);
    expect(all.value("comanda_sources_failed")).toBe(0);
    for (const worker of workers) {
      const { families } = await scrape(harness.baseUrl, `/metrics/${worker}`);
      const told = families.flatMap((family) => family.samples.map(({ labels }) => labels["worker"]));
      expect(new Set(told)).toEqual(new Set([worker]));
    }
  });

  it("counts orders by state, those that ended too", async () => {
    const read = await until(
      () => scrape(harness.baseUrl),
      (each) => each.value("comanda_orders", { state: "accepted" }) === 1,
    );
    expect(read.value("comanda_orders", { state: "sent" })).toBe(1);
    expect(read.value("comanda_orders", { state: "ready" })).toBe(0);
    expect(read.value("comanda_orders_ended_total", { state: "collected" })).toBe(1);
    expect(read.value("comanda_orders_ended_total", { state: "failed" })).toBe(0);
  });

  it("measures every hand-off between the services from its write to its application", async () => {
    const read = await scrape(harness.baseUrl);
    for (const [worker, fact, count] of [
      ["kitchen", "order.sent", 3],
      ["ordering", "ticket.accepted", 2],
      ["delivery", "delivery.requested", 1],
      // Called out, inside one service.
      ["delivery", "driver.offered", 1],
      ["delivery", "driver.shift-changed", 1],
    ] as const) {
      expect(read.value("comanda_handoff_seconds_count", { worker, fact }), fact).toBe(count);
      expect(read.value("comanda_handoff_seconds_sum", { worker, fact }), fact).toBeLessThan(30);
    }
    expect(read.value("comanda_handoff_seconds_count", { worker: "ordering", fact: "order.changed" })).toBeGreaterThan(
      2,
    );
  });

  it("asks the objects in use for their sockets, and for what they have not got rid of", async () => {
    const read = await scrape(harness.baseUrl);
    for (const [worker, kind, known] of [
      ["ordering", "order", 2],
      ["kitchen", "board", 1],
      ["delivery", "zone", 1],
      ["delivery", "driver", 1],
    ] as const) {
      expect(read.value("comanda_objects", { worker, kind })).toBe(known);
      expect(read.value("comanda_objects_asked", { worker, kind })).toBe(known);
      expect(read.value("comanda_objects_silent", { worker, kind })).toBe(0);
    }
    expect(read.value("comanda_sockets", { kind: "order" })).toBe(1);
    await until(
      () => scrape(harness.baseUrl),
      (each) => each.value("comanda_outbox_facts") === 0,
    );
    expect(read.value("comanda_effects_owed")).toBe(0);
  });

  it("shows a fact that was sent again, one that waits unheard, and the letter of one that died", async () => {
    const { KITCHEN_INBOX } = await harness.worker("ordering").getEnv();
    const order = `ord_${"7".repeat(26)}`;
    const [from, to] = [addressOf("order", place.tenant, order), addressOf("board", place.tenant, place.venue)];
    const broken = enclosed(from, to, 1, eventTypeOf("order.sent"), { nothing: "of an order" });
    await KITCHEN_INBOX.send({ facts: [broken], acks: [], again: true } satisfies Message);
    const read = await until(
      () => scrape(harness.baseUrl),
      (each) => each.value("comanda_dead_letters") === 1,
      30_000,
    );
    expect(read.value("comanda_dead_letters", { consumer: "comanda-kitchen-inbox" })).toBe(1);
    expect(read.value("comanda_dead_letters_oldest_seconds")).toBeGreaterThan(5);
    expect(read.value("comanda_retransmissions_total", { worker: "kitchen" })).toBe(4);
    expect(read.value("comanda_queue_messages", { queue: "kitchen-inbox" })).toBe(0);
  });

  it("shows a breaker as it opens, when nobody answers at an endpoint", async () => {
    const made = await place.ask(place.admin, "POST", "/v1/webhooks", { body: { url: "http://127.0.0.1:9/hook" } });
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.text));
    const of = (state: string) => ({ worker: "ordering", kind: "endpoint", state });
    expect((await scrape(harness.baseUrl)).value("comanda_breakers", of("closed"))).toBe(1);
    const tries = Array.from({ length: 10 }, () =>
      place.ask(place.admin, "POST", `/v1/webhooks/${id}/test`, { body: {} }),
    );
    await Promise.all(tries);
    const read = await until(
      () => scrape(harness.baseUrl),
      (each) => each.value("comanda_breakers", of("open")) === 1,
      30_000,
    );
    expect(read.value("comanda_breakers", of("closed"))).toBe(0);
    expect(read.value("comanda_objects", { kind: "endpoint" })).toBe(1);
  });

  it("is for the operator and the scrape token alone", async () => {
    const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
    const statusFor = async (path: string, authorization?: string): Promise<number> =>
      (await fetch(harness.baseUrl + path, { headers: authorization === undefined ? {} : { authorization } })).status;
    const strangers = [
      undefined,
      basic(operator.id, "wrong"),
      basic("", ""),
      `Bearer ${operator.secret}`,
      `Bearer ${scrapeToken.slice(1)}`,
      `Bearer ${place.admin.token}`,
    ];
    for (const path of ["/metrics", ...workers.map((worker) => `/metrics/${worker}`)]) {
      expect(await statusFor(path, basic(operator.id, operator.secret))).toBe(200);
      expect(await statusFor(path, `Bearer ${scrapeToken}`)).toBe(200);
      for (const stranger of strangers) expect(await statusFor(path, stranger)).toBe(401);
    }
    expect(await statusFor("/v1/tenants", `Bearer ${scrapeToken}`)).not.toBe(200);
  });
});
