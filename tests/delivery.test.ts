import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { z } from "zod";
import type { Address } from "../contracts/address.ts";
import { deliveryRoutes, zoneHeader } from "../contracts/delivery-routes.ts";
import { DeliveryMessage, DeliveryView, ZoneSettings } from "../contracts/delivery.ts";
import { DriverMessage, DriverView } from "../contracts/driver.ts";
import { eventTypeOf, type Envelope, type Message } from "../contracts/envelope.ts";
import type { FactData, FactType } from "../contracts/events.ts";
import { principalHeader, type Principal } from "../contracts/principal.ts";
import { Problem } from "../contracts/problem.ts";
import { north, orderId, venuePoint } from "../domain/delivery/zone-for-tests.ts";
import { startDelivery, type DeliveryHarness } from "./delivery-harness.ts";

let delivery: DeliveryHarness;
beforeAll(async () => {
  delivery = await startDelivery();
});
afterAll(() => delivery.stop());

const expiresAt = Date.now() + 3_600_000;
const person = (subject: string, role: Principal["role"], venues: string[] | null = null): Principal => ({
  tenant: "demo",
  subject,
  role,
  venues,
  expiresAt,
});
const admin = person("admin-1", "admin");
const guest = person("guest-1", "customer");
const program = person("program-1", "service", ["demo-9"]);

let made = 0;
/** Each test has a zone and drivers of its own. */
function fresh(): { zone: string; ada: Principal; bob: Principal } {
  made += 1;
  return { zone: `zone-${made}`, ada: person(`ada-${made}`, "driver"), bob: person(`bob-${made}`, "driver") };
}

let orders = 0;
const sequences = new Map<string, number>();

function fact<T extends FactType>(order: string, zone: string, type: T, data: FactData<T>): Envelope {
  const from: Address = `order/demo/${order}`;
  const to: Address = `zone/demo/${zone}`;
  const sequence = (sequences.get(order) ?? 0) + 1;
  sequences.set(order, sequence);
  return {
    specversion: "1.0",
    id: `${from}>${to}#${sequence}`,
    source: `/tenants/demo/orders/${order}`,
    type: eventTypeOf(type),
    subject: order,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
    tenant: "demo",
    from,
    to,
    sequence,
    correlationid: order,
    causationid: `${from}#${sequence}`,
  };
}

function say(...messages: Envelope[][]): Promise<Response> {
  const body = JSON.stringify(messages.map((facts): Message => ({ facts, acks: [] })));
  return fetch(`${delivery.url}/say`, { method: "POST", body });
}

/** An order wants something delivered. */
async function request(zone: string, readyAt = Date.now(), venue = "demo-1"): Promise<string> {
  orders += 1;
  const order = orderId(orders);
  await say([
    fact(order, zone, "delivery.requested", {
      order,
      code: "A1",
      venue,
      pickup: { name: "Demo", address: "Here 1", phone: "+4930111", point: venuePoint },
      dropoff: { name: "Grace", address: "There 2", phone: "+4930222", point: north(-1_000) },
      pin: "4321",
      readyAt,
      cash: null,
    }),
  ]);
  return order;
}

interface Asking {
  readonly key?: string | null;
  readonly zone?: string;
  readonly body?: object | undefined;
}

let keys = 0;
function ask(as: Principal | null, method: string, path: string, { key, zone, body }: Asking = {}): Promise<Response> {
  keys += 1;
  const idempotency = key === undefined ? `key-${keys}` : key;
  return fetch(`${delivery.url}${path}`, {
    method,
    headers: {
      ...(as === null ? {} : { [principalHeader]: JSON.stringify(as) }),
      ...(idempotency === null ? {} : { "idempotency-key": idempotency }),
      ...(zone === undefined ? {} : { [zoneHeader]: zone }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read<T>(response: Promise<Response>, schema: z.ZodType<T>): Promise<T> {
  const answered = await response;
  const text = await answered.text();
  expect(answered.status, text).toBeLessThan(300);
  return schema.parse(JSON.parse(text));
}

async function refused(response: Promise<Response>): Promise<Problem> {
  const answered = await response;
  expect(answered.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await answered.json());
}

function press(as: Principal, order: string, what: string, body?: object, more: Asking = {}): Promise<Response> {
  return ask(as, "POST", `/v1/deliveries/${order}/${what}`, { body, ...more });
}

function comeOn(as: Principal, zone: string, metres: number): Promise<DriverView> {
  const body = { on: true, zone, name: as.subject, vehicle: "bike", position: north(metres) };
  return read(ask(as, "POST", "/v1/drivers/me/shift", { body }), DriverView);
}

function me(as: Principal): Promise<DriverView> {
  return read(ask(as, "GET", "/v1/drivers/me"), DriverView);
}

function setZone(zone: string, settings: Partial<ZoneSettings>): Promise<ZoneSettings> {
  return read(ask(admin, "PUT", `/v1/zones/${zone}/settings`, { body: settings, key: null }), ZoneSettings);
}

async function until<T>(look: () => Promise<T> | T, holds: (value: T) => boolean, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await wait(20);
  }
}

function offered(as: Principal, order: string, withinMs?: number): Promise<DriverView> {
  return until(
    () => me(as),
    ({ offer }) => offer?.order === order,
    withinMs,
  );
}

/** What the order was told, in its order, but for when it comes. */
async function told(order: string): Promise<Envelope[]> {
  const messages: Message[] = await (await fetch(`${delivery.url}/heard`)).json();
  const facts = messages.flatMap((message) => message.facts).filter(({ to }) => to === `order/demo/${order}`);
  const inOrder = [...new Map(facts.map((each) => [each.sequence, each])).values()];
  return inOrder.toSorted((a, b) => a.sequence - b.sequence).filter(({ type }) => !type.includes(".foreseen."));
}

async function toldTypes(order: string): Promise<string[]> {
  return (await told(order)).map(({ type }) => type.replace(/^comanda\.|\.v1$/g, ""));
}

/** A socket, and what it said. */
class Live<T extends { type: string }> {
  readonly said: T[] = [];
  readonly texts: string[] = [];
  readonly socket: WebSocket;
  closed: number | null = null;

  constructor(as: Principal, path: string, schema: z.ZodType<T>, zone?: string) {
    this.socket = new WebSocket(`${delivery.url.replace("http", "ws")}${path}`, ["comanda.v1", "bearer.x"], {
      headers: { [principalHeader]: JSON.stringify(as), ...(zone === undefined ? {} : { [zoneHeader]: zone }) },
    });
    this.socket.addEventListener("message", ({ data }) => {
      const text = typeof data === "string" ? data : "";
      this.texts.push(text);
      if (text !== "pong") this.said.push(schema.parse(JSON.parse(text)));
    });
    this.socket.on("close", (code) => {
      this.closed = code;
    });
  }

  async opened(): Promise<this> {
    await new Promise((resolve, reject) => {
      this.socket.on("open", resolve);
      this.socket.on("error", reject);
    });
    return this;
  }

  says(holds: (said: readonly T[]) => boolean): Promise<readonly T[]> {
    return until(() => this.said, holds);
  }

  get seqs(): number[] {
    return this.said.flatMap((one) => ("seq" in one && typeof one.seq === "number" ? [one.seq] : []));
  }
}

function phone(as: Principal, after?: number): Promise<Live<DriverMessage>> {
  return new Live(as, `/v1/drivers/me/live${after === undefined ? "" : `?after=${after}`}`, DriverMessage).opened();
}

function follow(as: Principal, order: string, zone: string, after?: number): Promise<Live<DeliveryMessage>> {
  const path = `/v1/deliveries/${order}/live${after === undefined ? "" : `?after=${after}`}`;
  return new Live(as, path, DeliveryMessage, zone).opened();
}

function contiguous(seqs: readonly number[]): boolean {
  return seqs.every((seq, index) => index === 0 || seq === (seqs[index - 1] ?? 0) + 1);
}

describe("a delivery", () => {
  test("goes from the request to the customer's door, and everybody sees it live", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 300);
    const ring = await phone(ada);
    const order = await request(zone);
    await ring.says((said) => said.some((one) => one.type === "event" && one.event === "offered"));
    const watch = await follow(guest, order, zone);
    await watch.says((said) => said.length === 1);
    expect(watch.said).toMatchObject([{ type: "snapshot", delivery: { status: "waiting", driver: null } }]);

    const accepted = await read(press(ada, order, "accept"), DeliveryView);
    expect(accepted).toMatchObject({ audience: "driver", status: "assigned", dropoff: { phone: "+4930222" } });
    expect(await me(ada)).toMatchObject({
      offer: null,
      tasks: [{ order, stage: "to-venue", dropoff: { phone: "+4930222" } }],
    });
    for (const [step, status] of [
      ["arrive", "at-venue"],
      ["pickup", "picked-up"],
    ] as const) {
      // prettier-ignore
      expect(await read(press(ada, order, step), DeliveryView)).toMatchObject({ status });
    }
    ring.socket.send(JSON.stringify({ type: "position", ...north(-400), accuracy: 8 }));
    const [, seen] = await watch.says((said) => said.some(({ type }) => type === "position")).then((said) => [
      said, said.find(({ type }) => type === "position"),
    ]); // prettier-ignore
    expect(seen).toMatchObject({ order, ...north(-400), etaAt: expect.any(String) });
    expect(await read(press(ada, order, "deliver", { pin: "4321" }), DeliveryView)).toMatchObject({
      status: "delivered", dropoff: { address: "There 2" }, open: false,
    }); // prettier-ignore

    await until(() => toldTypes(order), (facts) => facts.includes("delivery.delivered")); // prettier-ignore
    expect(await toldTypes(order)).toEqual([
      "delivery.assigned", "delivery.arrived", "delivery.picked-up", "delivery.delivered",
    ]); // prettier-ignore
    await ring.says((said) => said.some((one) => one.type === "event" && one.event === "task-ended"));
    await watch.says((said) => said.some((one) => one.type === "event" && one.event === "delivered"));
    expect(contiguous(ring.seqs) && contiguous(watch.seqs)).toBe(true);
    expect([...ring.texts, ...watch.texts].join()).not.toContain("4321");
    expect(watch.texts.join()).not.toContain("+49");
  });

  test("goes on from where it stood, wherever the zone and the twin lose their memory", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 300);
    const order = await request(zone);
    await offered(ada, order);
    const ring = await phone(ada);
    const watch = await follow(guest, order, zone);
    for (const [step, body] of [["accept"], ["arrive"], ["pickup"], ["deliver", { pin: "4321" }]] as const) {
      await delivery.evict("ZONE", `demo/${zone}`);
      await delivery.evict("DRIVER", `demo/${ada.subject}`);
      expect((await press(ada, order, step, body)).status, step).toBe(200);
    }
    await watch.says((said) => said.some((one) => one.type === "event" && one.event === "delivered"));
    await ring.says((said) => said.some((one) => one.type === "event" && one.event === "task-ended"));
    expect(contiguous(ring.seqs) && contiguous(watch.seqs)).toBe(true);
    await until(() => toldTypes(order), (facts) => facts.length === 4); // prettier-ignore
  });

  test("waits for its food: nobody is asked an hour ahead", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 300);
    const order = await request(zone, Date.now() + 3_600_000);
    await until(
      async () => (await ask(admin, "GET", `/v1/deliveries/${order}`, { zone })).status,
      (status) => status === 200,
    );
    expect((await me(ada)).offer).toBeNull();
    await say([fact(order, zone, "delivery.ready-changed", { order, readyAt: Date.now(), ready: true })]);
    expect((await offered(ada, order)).offer).toMatchObject({ ready: true });
  });

  test("called off is gone from the phone, and cannot be taken any more", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 300);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    const ring = await phone(ada);
    await say([fact(order, zone, "delivery.called-off", { order, reason: "customer-cancelled", detail: "" })]);
    const said = await ring.says((all) => all.some((one) => one.type === "event"));
    expect(said.at(-1)).toMatchObject({ event: "task-ended", order, reason: "called-off", driver: { tasks: [] } });
    expect(await refused(press(ada, order, "pickup"))).toMatchObject({
      status: 409,
      detail: expect.stringContaining("called off"),
    });
  });

  test("asked for through a doubled and shuffled queue is one delivery", async () => {
    const { zone, ada } = fresh();
    orders += 1;
    const order = orderId(orders);
    const point = venuePoint;
    const place = { name: "Demo", address: "Here 1", point };
    const asked = fact(order, zone, "delivery.requested", {
      order, code: "A1", venue: "demo-1", pickup: place, dropoff: place, pin: "1", readyAt: Date.now(), cash: null,
    }); // prettier-ignore
    const off = fact(order, zone, "delivery.called-off", { order, reason: "no-answer", detail: "" });
    await say([off], [asked], [off], [asked]);
    const all = async () =>
      read(ask(admin, "GET", `/v1/zones/${zone}/deliveries?status=all`), deliveryRoutes.zoneDeliveries.response);
    await until(all, ({ deliveries }) => deliveries[0]?.status === "called-off");
    expect((await all()).deliveries).toMatchObject([{ order, status: "called-off", seq: 2 }]);
    await comeOn(ada, zone, 100);
    expect((await me(ada)).offer).toBeNull();
  });
});

describe("an offer", () => {
  test("that runs out goes to the next driver, and a late tap is told so", async () => {
    const { zone, ada, bob } = fresh();
    await setZone(zone, { offer: 1 });
    await comeOn(ada, zone, 100);
    await comeOn(bob, zone, 900);
    const order = await request(zone);
    await offered(ada, order);
    await offered(bob, order);
    expect(await refused(press(ada, order, "accept"))).toMatchObject({ status: 409 });
    expect(await me(ada)).toMatchObject({ offer: null, tasks: [] });
    expect(await read(press(bob, order, "accept"), DeliveryView)).toMatchObject({ status: "assigned" });
    await until(() => told(order), (facts) => facts.length === 1); // prettier-ignore
    expect((await told(order))[0]?.data).toMatchObject({ driver: { id: bob.subject, name: bob.subject } });
  });

  test("declined goes to the next driver at once", async () => {
    const { zone, ada, bob } = fresh();
    await comeOn(ada, zone, 100);
    await comeOn(bob, zone, 900);
    const order = await request(zone);
    await offered(ada, order);
    expect((await press(ada, order, "decline")).status).toBe(200);
    expect(await me(ada)).toMatchObject({ offer: null });
    await offered(bob, order);
    expect((await press(ada, order, "decline")).status).toBe(200);
  });

  test("accepted by a twin that knows of no offer is decided by the zone", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await until(
      async () => (await press(ada, order, "accept")).status,
      (status) => status === 200,
    );
    expect(await me(ada)).toMatchObject({ tasks: [{ order }] });
  });

  test("answered twice with one key is answered once, with another body refused", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    const first = await press(ada, order, "accept", {}, { key: "once" });
    const again = await press(ada, order, "accept", {}, { key: "once" });
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await refused(press(ada, order, "arrive", {}, { key: "once" }))).toMatchObject({ status: 422 });
    expect(await refused(press(ada, order, "arrive", {}, { key: null }))).toMatchObject({ status: 400 });
  });
});

describe("a driver", () => {
  test("gone silent before pick-up loses the task to the next", async () => {
    const { zone, ada, bob } = fresh();
    await setZone(zone, { silence: 2 });
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    await comeOn(bob, zone, 900);
    await offered(bob, order);
    expect(await toldTypes(order)).toEqual(["delivery.assigned", "delivery.unassigned"]);
    expect(await me(ada)).toMatchObject({ tasks: [] });
  });

  test("whose phone still pings keeps the task", async () => {
    const { zone, ada } = fresh();
    await setZone(zone, { silence: 2 });
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    const ring = await phone(ada);
    await press(ada, order, "accept");
    for (let seconds = 0; seconds < 6; seconds += 1) {
      ring.socket.send("ping");
      await wait(1_000);
    }
    expect(await me(ada)).toMatchObject({ tasks: [{ order }] });
    expect(ring.texts).toContain("pong");
  });

  test("who missed messages gets just those after the last number, or a snapshot", async () => {
    const { zone, ada } = fresh();
    const { seq } = await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    const resumed = await phone(ada, seq);
    await resumed.says((said) => said.length === 2);
    expect(resumed.said).toMatchObject([
      { type: "event", seq: seq + 1, event: "offered" },
      { type: "event", seq: seq + 2, event: "task-given" },
    ]);
    const lost = await phone(ada, 999);
    await lost.says((said) => said.length === 1);
    expect(lost.said).toMatchObject([{ type: "snapshot", seq: seq + 2, driver: { tasks: [{ order }] } }]);
  });

  test("is refused what the phone said wrong, and is heard on", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const ring = await phone(ada);
    for (const text of ["nonsense", '{"type":"position","lat":91,"lng":0}', '{"type":"position","lat":1}']) {
      ring.socket.send(text);
    }
    await ring.says((said) => said.filter(({ type }) => type === "problem").length === 3);
    const at = new Date(Date.now() + 86_400_000).toISOString();
    expect(
      (await ask(ada, "POST", "/v1/drivers/me/position", { body: { lat: 1, lng: 2, at }, key: null })).status,
    ).toBe(204);
    const { position } = await me(ada);
    expect(position).toMatchObject({ lat: 1, lng: 2 });
    expect(Date.parse(position?.at ?? "")).toBeLessThanOrEqual(Date.now());
  });

  test("cannot go off shift with a delivery, and can without", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    const off = { body: { on: false } };
    expect(await refused(ask(ada, "POST", "/v1/drivers/me/shift", off))).toMatchObject({ status: 409 });
    await press(ada, order, "decline");
    expect(await read(ask(ada, "POST", "/v1/drivers/me/shift", off), DriverView)).toMatchObject({
      shift: { status: "off" },
    });
    const drivers = () => read(ask(admin, "GET", `/v1/zones/${zone}/drivers`), deliveryRoutes.zoneDrivers.response);
    await until(drivers, (found) => found.drivers.length === 0);
    // Off shift nothing is kept of where the driver is.
    await ask(ada, "POST", "/v1/drivers/me/position", { body: { lat: 1, lng: 2 }, key: null });
    expect(await me(ada)).toMatchObject({ shift: { status: "off" }, position: null });
  });
});

describe("a PIN", () => {
  test("missed five times is locked; each miss says how many tries remain; staff can still confirm", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    await press(ada, order, "pickup");
    const first = { key: "first-try" };
    const details: string[] = [];
    for (let miss = 1; miss <= 5; miss += 1) {
      const problem = await refused(press(ada, order, "deliver", { pin: "0000" }, miss === 1 ? first : {}));
      expect(problem).toMatchObject({ status: 422, errors: [{ pointer: "/pin" }] });
      details.push(problem.detail ?? "");
    }
    expect(details[0]).toContain("4 more tries");
    expect(details[4]).toContain("locked for 10 minutes");
    expect((await refused(press(ada, order, "deliver", { pin: "0000" }, first))).detail).toBe(details[0]);
    expect(await refused(press(ada, order, "deliver", { pin: "4321" }))).toMatchObject({ status: 409 });
    const confirmed = await read(press(admin, order, "deliver", {}, { zone }), DeliveryView);
    expect(confirmed).toMatchObject({ audience: "staff", status: "delivered", pinMisses: 5 });
    await until(() => toldTypes(order), (facts) => facts.includes("delivery.delivered")); // prettier-ignore
    expect((await told(order)).at(-1)?.data).toEqual({ proof: "staff" });
  });
});

describe("who follows a delivery", () => {
  test("gets just what was missed since the delivery's own last number", async () => {
    const { zone, ada, bob } = fresh();
    await comeOn(ada, zone, 100);
    await comeOn(bob, zone, 200);
    // Of two venues, for two orders of one would be brought by one driver.
    const [order, other] = [await request(zone), await request(zone, Date.now(), "demo-2")];
    await until(async () => [(await me(ada)).offer, (await me(bob)).offer], (all) => all.every((one) => one !== null)); // prettier-ignore
    for (const as of [ada, bob]) {
      const { offer } = await me(as);
      await press(as, offer?.order ?? "", "accept");
      await press(as, offer?.order ?? "", "pickup");
    }
    const resumed = await follow(guest, order, zone, 2);
    await resumed.says((said) => said.length === 3);
    expect(resumed.said).toMatchObject([
      { seq: 3, event: "assigned", delivery: { order } },
      { seq: 4, event: "arrived" },
      { seq: 5, event: "picked-up" },
    ]);
    expect(resumed.texts.join()).not.toContain(other);
    const lost = await follow(guest, order, zone, 999);
    await lost.says((said) => said.length === 1);
    expect(lost.said).toMatchObject([{ type: "snapshot", seq: 5 }]);
  });

  test("sees the driver roughly before pick-up, and nothing once it is delivered", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await press(ada, order, "accept");
    const watch = await follow(guest, order, zone);
    const desk = await follow(admin, order, zone);
    const exact = north(777);
    const report = (point: object) => ask(ada, "POST", "/v1/drivers/me/position", { body: point, key: null });
    await report(exact);
    const seenBy = async (live: Live<DeliveryMessage>) =>
      (await live.says((said) => said.some(({ type }) => type === "position"))).find(({ type }) => type === "position");
    expect(await seenBy(desk)).toMatchObject({ ...exact, etaAt: null });
    const rough = await seenBy(watch);
    expect(rough).not.toMatchObject({ lat: exact.lat });
    await press(ada, order, "pickup");
    await press(ada, order, "deliver", { pin: "4321" });
    await watch.says((said) => said.some((one) => one.type === "event" && one.event === "delivered"));
    const before = watch.said.filter(({ type }) => type === "position").length;
    await wait(1_100);
    await report(north(5));
    await wait(300);
    expect(watch.said.filter(({ type }) => type === "position")).toHaveLength(before);
    const view = await read(ask(guest, "GET", `/v1/deliveries/${order}`, { zone }), DeliveryView);
    expect(view).toMatchObject({ audience: "customer", status: "delivered", position: null });
  });

  test("is shown to the program that ordered as it is to a customer, wherever the program's venues are", async () => {
    const { zone, ada } = fresh();
    await comeOn(ada, zone, 900);
    const order = await request(zone);
    await offered(ada, order);
    const [watch, till] = [await follow(guest, order, zone), await follow(program, order, zone)];
    await press(ada, order, "accept");
    await ask(ada, "POST", "/v1/drivers/me/position", { body: north(777), key: null });
    for (const live of [watch, till]) await live.says((said) => said.some(({ type }) => type === "position"));
    expect(till.texts).toEqual(watch.texts);
    const [customers, programs] = await Promise.all(
      [guest, program].map((who) => read(ask(who, "GET", `/v1/deliveries/${order}`, { zone }), DeliveryView)),
    );
    expect(programs).toEqual(customers);
    expect(customers).toMatchObject({ audience: "customer", status: "assigned" });
  });
});

describe("a route", () => {
  test("shows a delivery to nobody it is not for", async () => {
    const { zone, ada, bob } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone, Date.now(), "demo-2");
    await offered(ada, order);
    await comeOn(bob, zone, 100);
    const path = `/v1/deliveries/${order}`;
    const stranger = { ...ada, tenant: "other" };
    const elsewhere = person("tablet-1", "staff", ["demo-1"]);
    const [nobody, foreign] = [await ask(null, "GET", path, { zone }), await ask(stranger, "GET", path)];
    expect([nobody.status, foreign.status]).toEqual([401, 404]);
    expect((await ask(bob, "GET", path)).status).toBe(404);
    expect((await ask(elsewhere, "GET", path, { zone })).status).toBe(404);
    expect((await ask(guest, "GET", path)).status).toBe(404);
    expect((await ask(person("tablet-2", "staff", ["demo-2"]), "GET", path, { zone })).status).toBe(200);
    expect((await press(bob, order, "accept")).status).toBe(404);
    expect((await press(guest, order, "accept")).status).toBe(403);
    expect((await press(elsewhere, order, "assign", { driver: bob.subject }, { zone })).status).toBe(404);
    const listed = await read(
      ask(elsewhere, "GET", `/v1/zones/${zone}/deliveries`),
      deliveryRoutes.zoneDeliveries.response,
    );
    expect(listed.deliveries).toEqual([]);
    await expect(follow(bob, order, zone)).rejects.toThrow("404");
    await expect(follow(guest, orderId(999_999), zone)).rejects.toThrow("404");
    expect((await press(program, order, "deliver")).status).toBe(403);
  });

  test("refuses what it does not know, and says where", async () => {
    const { zone, ada } = fresh();
    const shift = (body: object) => ask(ada, "POST", "/v1/drivers/me/shift", { body });
    expect(await refused(shift({ on: true }))).toMatchObject({ status: 422, errors: [{ pointer: "/name" }] });
    expect(await refused(shift({ on: "yes" }))).toMatchObject({ status: 422, errors: [{ pointer: "/on" }] });
    expect(await refused(shift({ on: true, wings: 2 }))).toMatchObject({ errors: [{ pointer: "/wings" }] });
    expect((await ask(ada, "POST", `/v1/deliveries/nonsense/accept`)).status).toBe(404);
    expect((await ask(ada, "GET", "/v1/drivers/me/live")).status).toBe(426);
    expect((await ask(ada, "DELETE", "/v1/drivers/me")).status).toBe(405);
    expect((await ask(admin, "PUT", `/v1/zones/${zone}/settings`, { body: { offer: 0 } })).status).toBe(422);
    expect((await delivery.direct("/v1/drivers/me", { [principalHeader]: JSON.stringify(ada) })).status).toBe(404);
  });

  test("lets staff give a delivery to a driver by hand", async () => {
    const { zone, ada, bob } = fresh();
    await comeOn(ada, zone, 100);
    const order = await request(zone);
    await offered(ada, order);
    await comeOn(bob, zone, 100);
    const given = await until(
      () => press(admin, order, "assign", { driver: bob.subject }, { zone }),
      ({ status }) => status === 200,
    );
    expect(await given.json()).toMatchObject({ status: "assigned", driver: { id: bob.subject } });
    await until(() => me(bob), ({ tasks }) => tasks[0]?.order === order); // prettier-ignore
    await until(() => me(ada), ({ offer }) => offer === null); // prettier-ignore
    expect(await refused(press(ada, order, "accept"))).toMatchObject({ status: 409 });
  });
});

test("zone and twin owe each other nothing once all is told, and a word that comes by queue counts the same", async () => {
  const { zone, ada } = fresh();
  await comeOn(ada, zone, 100);
  const order = await request(zone);
  await offered(ada, order);
  await press(ada, order, "decline");
  const owed = async (object: "ZONE" | "DRIVER", name: string) =>
    (await (await delivery.storage(object, name)).exec("SELECT body FROM outbox WHERE peer NOT LIKE 'order/%'")).length;
  await until(() => owed("ZONE", `demo/${zone}`), (n) => n === 0); // prettier-ignore
  await until(() => owed("DRIVER", `demo/${ada.subject}`), (n) => n === 0); // prettier-ignore
  const from: Address = `driver/demo/${ada.subject}`;
  const word = fact(order, zone, "driver.shift-changed", { on: false, name: "Ada", vehicle: "bike", point: null });
  await say([{ ...word, id: "by-queue", from, sequence: 2 }]);
  const drivers = () => read(ask(admin, "GET", `/v1/zones/${zone}/drivers`), deliveryRoutes.zoneDrivers.response);
  await until(drivers, (found) => found.drivers.length === 0);
});

test("positions are no events, and touch no queue", async () => {
  const { zone, ada } = fresh();
  await comeOn(ada, zone, 100);
  const count = async (object: "ZONE" | "DRIVER", name: string) =>
    (await (await delivery.storage(object, name)).exec("SELECT count(*) AS n FROM events"))[0]?.["n"];
  await until(() => count("ZONE", `demo/${zone}`), (n) => n === 1); // prettier-ignore
  const ring = await phone(ada);
  for (let metres = 0; metres < 50; metres += 1)
    ring.socket.send(JSON.stringify({ type: "position", ...north(metres) }));
  await until(() => me(ada), ({ position }) => position?.lat === north(49).lat); // prettier-ignore
  expect(await count("ZONE", `demo/${zone}`)).toBe(1);
  expect(await count("DRIVER", `demo/${ada.subject}`)).toBe(1);
});
