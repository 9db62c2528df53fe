import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DriverView } from "../contracts/driver.ts";
import { eventTypeOf, type Envelope, type Message } from "../contracts/envelope.ts";
import { principalHeader, type Principal } from "../contracts/principal.ts";
import type { Recorded } from "../contracts/rules.ts";
import type { ZoneEvent } from "../domain/delivery/command.ts";
import { isOver } from "../domain/delivery/delivery.ts";
import { evolve } from "../domain/delivery/evolve.ts";
import { job, north, orderId } from "../domain/delivery/zone-for-tests.ts";
import { emptyZone, loads, type ZoneState } from "../domain/delivery/zone.ts";
import { startDelivery, type DeliveryHarness } from "./delivery-harness.ts";

let delivery: DeliveryHarness;
beforeAll(async () => {
  delivery = await startDelivery(join(import.meta.dirname, "fixtures/falling/delivery.ts"));
});
afterAll(() => delivery.stop());

const many = 3;
/** Sixteen or so belong to the round that makes three offers, the rest to their answers. */
const points = Array.from({ length: 28 }, (_, at) => at);

const expiresAt = Date.now() + 3_600_000;
const person = (subject: string, role: Principal["role"]): Principal => ({
  tenant: "demo",
  subject,
  role,
  venues: null,
  expiresAt,
});

/** Insists as a phone does, with one key; null where it was refused for good. */
async function insist(who: Principal, method: string, path: string, body?: object): Promise<string | null> {
  const key = randomUUID();
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(delivery.url + path, {
      method,
      headers: {
        [principalHeader]: JSON.stringify(who),
        ...(method === "POST" ? { "idempotency-key": key } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status < 500) return null;
    await sleep(50);
  }
  throw new Error(`${method} ${path} was never answered`);
}

/** Orders whose food is far off yet: a round that only waits to be told to look further ahead. */
async function request(zone: string, numbers: readonly number[]): Promise<void> {
  const messages = numbers.map((number): Message => {
    const { customer, ...data } = job(number, Date.now() + 30 * 60_000);
    const to = `zone/demo/${zone}` as const;
    const fact: Envelope = {
      specversion: "1.0",
      id: `${customer}>${to}#1`,
      source: customer,
      type: eventTypeOf("delivery.requested"),
      subject: data.order,
      time: new Date().toISOString(),
      datacontenttype: "application/json",
      data,
      tenant: "demo",
      from: customer,
      to,
      sequence: 1,
      correlationid: data.order,
      causationid: `${customer}#1`,
    };
    return { facts: [fact], acks: [] };
  });
  await fetch(`${delivery.url}/say`, { method: "POST", body: JSON.stringify(messages) });
}

async function eventsOf(zone: string): Promise<Recorded<ZoneEvent>[]> {
  const storage = await delivery.storage("ZONE", `demo/${zone}`);
  const rows = await storage.exec("SELECT body FROM events ORDER BY seq");
  return rows.map(({ body }) => JSON.parse(String(body)) as Recorded<ZoneEvent>);
}

/** What the zone's log tells, step by step: nobody is asked for two at once, and nobody takes what somebody has. */
function folded(zone: string, events: readonly Recorded<ZoneEvent>[]): ZoneState {
  return events.reduce((before, event, at) => {
    expect(event.seq, zone).toBe(at + 1);
    if (event.type === "assigned") {
      expect(before.deliveries[event.order]?.stage, `${zone}: who takes it was asked`).toMatchObject({
        status: "offered",
        driver: { id: event.driver.id },
      });
    }
    const state = evolve(before, event);
    for (const [driver, held] of loads(state)) {
      const offers = held.filter(({ stage }) => stage.status === "offered").length;
      expect(offers, `${zone}: ${driver} is asked once at a time`).toBeLessThan(2);
      expect(held.length, `${zone}: ${driver} has one`).toBeLessThan(2);
    }
    return state;
  }, emptyZone);
}

/** A driver who does what the phone shows, until told that all is over. */
async function work(driver: Principal, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    const text = await insist(driver, "GET", "/v1/drivers/me");
    const { offer, tasks } = DriverView.parse(JSON.parse(text ?? "{}"));
    expect(tasks.length, `${driver.subject} has one at most`).toBeLessThan(2);
    const [task] = tasks;
    if (task !== undefined) {
      const here = `/v1/deliveries/${task.order}`;
      if (task.stage === "to-customer") await insist(driver, "POST", `${here}/deliver`, { pin: "4321" });
      else await insist(driver, "POST", `${here}/pickup`, {});
    } else if (offer !== null) await insist(driver, "POST", `/v1/deliveries/${offer.order}/accept`, {});
    else await sleep(100);
  }
}

/** A zone whose power goes off at its nth step. */
async function fall(point: number): Promise<void> {
  const zone = `fall-${point}`;
  const crew = Array.from({ length: many }, (_, at) => person(`d${point}-${at}`, "driver"));
  const numbers = Array.from({ length: many }, (_, at) => 1_000 + point * many + at);
  for (const [at, driver] of crew.entries()) {
    const body = { on: true, zone, name: driver.subject, vehicle: "bike", position: north(300 + at * 50) };
    await insist(driver, "POST", "/v1/drivers/me/shift", body);
  }
  await request(zone, numbers);
  const admin = person("admin", "admin");
  for (let tries = 0; tries < 200; tries += 1) {
    const requested = (await eventsOf(zone).catch(() => [])).filter(({ type }) => type === "requested").length;
    if (requested === many) break;
    await sleep(25);
  }
  // One command, one round: all three are due at once, and each goes to somebody.
  await insist(admin, "PUT", `/v1/zones/${zone}/settings`, { lead: 3_600, afterExpiry: 1 });
  let isDone = false;
  const working = Promise.all(crew.map((driver) => work(driver, () => isDone)));
  let state = emptyZone;
  for (let looks = 0; looks < 150; looks += 1) {
    state = folded(zone, await eventsOf(zone));
    const orders = numbers.map((number) => state.deliveries[orderId(number)]);
    if (orders.every((one) => one !== undefined && isOver(one.stage))) break;
    await sleep(200);
  }
  isDone = true;
  await working;
  const ends = numbers.map((number) => state.deliveries[orderId(number)]?.stage.status);
  expect(ends, zone).toEqual(ends.map(() => "delivered"));
  const taken = (await eventsOf(zone)).filter(({ type }) => type === "assigned").length;
  expect(taken, `${zone}: each was taken once`).toBe(many);
}

test("a zone whose power goes off anywhere in its round assigns nobody twice, and everything is brought", async () => {
  await Promise.all(points.map(fall));
  const fell = new Set(delivery.logs().flatMap((line) => /the power of (\S+) goes off/.exec(line)?.[1] ?? []));
  expect(fell.size, "the power went off everywhere").toBe(points.length);
});
