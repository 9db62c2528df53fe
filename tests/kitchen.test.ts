import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Address } from "../contracts/address.ts";
import { eventTypeOf, type Envelope, type Message } from "../contracts/envelope.ts";
import type { FactType } from "../contracts/events.ts";
import { BoardMessage, TicketView } from "../contracts/kitchen.ts";
import { kitchenRoutes } from "../contracts/kitchen-routes.ts";
import { principalHeader, type Principal } from "../contracts/principal.ts";
import { ordered, orderId, senderOf } from "../domain/ticket/orders-for-tests.ts";
import { startKitchen, type KitchenHarness } from "./kitchen-harness.ts";

let kitchen: KitchenHarness;
beforeAll(async () => {
  kitchen = await startKitchen();
});
afterAll(() => kitchen.stop());

const tablet: Principal = {
  tenant: "demo",
  subject: "tablet-1",
  role: "staff",
  venues: null,
  expiresAt: Date.now() + 3_600_000,
};

let ordersMade = 0;
function newOrder(): string {
  ordersMade += 1;
  return orderId(ordersMade);
}

/** A fact in its envelope, as the ordering service would send it. */
function fact(
  order: string,
  venue: string,
  sequence: number,
  type: FactType | "order.unheard-of",
  data: object,
): Envelope {
  const from = senderOf(order);
  const to: Address = `board/demo/${venue}`;
  return {
    specversion: "1.0",
    id: `${from}>${to}#${sequence}`,
    source: `/tenants/demo/orders/${order}`,
    type: type === "order.unheard-of" ? "comanda.order.unheard-of.v1" : eventTypeOf(type),
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

function sent(order: string, venue: string): Envelope {
  return fact(order, venue, 1, "order.sent", { ...ordered(1, Date.now()), order, venue });
}

function withdrawn(order: string, venue: string, sequence = 2): Envelope {
  return fact(order, venue, sequence, "order.withdrawn", { reason: "customer-cancelled", detail: "" });
}

function say(...messages: Envelope[][]): Promise<Response> {
  const body = JSON.stringify(messages.map((facts): Message => ({ facts, acks: [] })));
  return fetch(`${kitchen.url}/say`, { method: "POST", body });
}

interface Request {
  as?: Principal | null;
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Gives a request with a principal, as the front door passes it on. */
function ask(
  method: string,
  path: string,
  { as = tablet, key = null, body, headers = {} }: Request = {},
): Promise<Response> {
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  const send = () =>
    fetch(`${kitchen.url}/v1/venues/${path}`, {
      method,
      headers: {
        ...(as === null ? {} : { [principalHeader]: JSON.stringify(as) }),
        ...(key === null ? {} : { "idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw }),
    });
  // A body that is refused unread ends the connection, which the next request may still have been given.
  return send().catch(send);
}

let keys = 0;
function press(venue: string, order: string, what: string, body?: object, as = tablet): Promise<Response> {
  keys += 1;
  return ask("POST", `${venue}/kitchen/tickets/${order}/${what}`, { key: `press-${keys}`, body, as });
}

async function ticketsOf(venue: string, status: "open" | "all" = "open"): Promise<TicketView[]> {
  const response = await ask("GET", `${venue}/kitchen/tickets?status=${status}`);
  return kitchenRoutes.tickets.response.parse(await response.json()).tickets;
}

/** Waits for what must become true soon; what it was last is in the failure. */
async function until<T>(read: () => Promise<T> | T, holds: (value: T) => boolean, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await wait(20);
  }
}

async function heardBy(order: string): Promise<string[]> {
  const messages: Message[] = await (await fetch(`${kitchen.url}/heard`)).json();
  const facts = messages.flatMap((message) => message.facts).filter(({ to }) => to === senderOf(order));
  const inOrder = [...new Map(facts.map((each) => [each.sequence, each])).values()];
  return inOrder.toSorted((a, b) => a.sequence - b.sequence).map(({ type }) => type.replace(/^comanda\.|\.v1$/g, ""));
}

/** Up to where the kitchen has acknowledged an order's stream. */
async function acknowledgedTo(order: string): Promise<number> {
  const messages: Message[] = await (await fetch(`${kitchen.url}/heard`)).json();
  const acks = messages.flatMap((message) => message.acks).filter(({ from }) => from === senderOf(order));
  return Math.max(0, ...acks.map(({ upTo }) => upTo));
}

async function showing(venue: string): Promise<string> {
  const order = newOrder();
  await say([sent(order, venue)]);
  await until(
    () => ticketsOf(venue),
    (tickets) => tickets.some((ticket) => ticket.order === order),
  );
  return order;
}

/** A tablet's socket, and what it was told. */
class Tablet {
  readonly told: BoardMessage[] = [];
  readonly texts: string[] = [];
  readonly socket: WebSocket;
  closed: number | null = null;

  constructor(venue: string, { after, as = tablet }: { after?: number; as?: Principal } = {}) {
    const query = after === undefined ? "" : `?after=${after}`;
    const url = `${kitchen.url.replace("http", "ws")}/v1/venues/${venue}/kitchen/live${query}`;
    this.socket = new WebSocket(url, ["comanda.v1", "bearer.x"], {
      headers: { [principalHeader]: JSON.stringify(as) },
    });
    this.socket.addEventListener("message", ({ data }) => {
      const text = typeof data === "string" ? data : "";
      this.texts.push(text);
      if (text !== "pong") this.told.push(BoardMessage.parse(JSON.parse(text)));
    });
    this.socket.on("close", (code) => {
      this.closed = code;
    });
  }

  static async on(venue: string, options: { after?: number; as?: Principal } = {}): Promise<Tablet> {
    const made = new Tablet(venue, options);
    await new Promise((resolve, reject) => {
      made.socket.on("open", resolve);
      made.socket.on("error", reject);
    });
    return made;
  }

  hears(holds: (told: readonly BoardMessage[]) => boolean): Promise<readonly BoardMessage[]> {
    return until(() => this.told, holds);
  }

  get seqs(): number[] {
    return this.told.flatMap((message) => ("seq" in message ? [message.seq] : []));
  }
}

function hasEvent(event: string, order: string) {
  return (told: readonly BoardMessage[]): boolean =>
    told.some((message) => message.type === "event" && message.event === event && message.order === order);
}

describe("an order sent to the kitchen", () => {
  test("is a ticket on its venue's board, and every step is told back to the order", async () => {
    const order = await showing("way");
    expect((await ticketsOf("way"))[0]).toMatchObject({ order, status: "waiting", customer: "Ada L.", seenAt: null });
    expect((await press("way", order, "seen")).status).toBe(200);
    const accepted = TicketView.parse(await (await press("way", order, "accept", { prepMinutes: 15 })).json());
    expect(Date.parse(accepted.readyAt ?? "") - Date.now()).toBeGreaterThan(14 * 60_000);
    for (const step of ["start", "ready", "recall", "ready", "handover"]) {
      expect((await press("way", order, step)).status, step).toBe(200);
    }
    await until(
      () => heardBy(order),
      (facts) => facts.includes("ticket.handed-over"),
    );
    expect(await heardBy(order)).toEqual([
      "ticket.seen",
      "ticket.accepted",
      "ticket.started",
      "ticket.ready",
      "ticket.recalled",
      "ticket.ready",
      "ticket.handed-over",
    ]);
    expect(await ticketsOf("way")).toEqual([]);
    expect(await ticketsOf("way", "all")).toMatchObject([{ order, status: "handed-over", open: false }]);
  });

  test("is acknowledged to its sender, and the kitchen forgets what the order has acknowledged", async () => {
    const order = await showing("acks");
    await until(
      () => acknowledgedTo(order),
      (upTo) => upTo === 1,
    );
    await press("acks", order, "accept");
    const storage = await kitchen.storage("demo/acks");
    expect(await storage.exec("SELECT sequence FROM outbox")).toHaveLength(2);
    const acks = [{ from: "board/demo/acks", to: senderOf(order), upTo: 2 }];
    await fetch(`${kitchen.url}/say`, { method: "POST", body: JSON.stringify([{ facts: [], acks }]) });
    await until(
      () => storage.exec("SELECT sequence FROM outbox"),
      (rows) => rows.length === 0,
    );
  });

  test("what the order does not acknowledge is told again, and again", async () => {
    const order = await showing("again");
    await press("again", order, "seen");
    const timesTold = async (): Promise<number> => {
      const messages: Message[] = await (await fetch(`${kitchen.url}/heard`)).json();
      return messages.flatMap((message) => message.facts).filter(({ to }) => to === senderOf(order)).length;
    };
    await until(timesTold, (times) => times >= 3, 20_000);
    const [row] = await (
      await kitchen.storage("demo/again")
    ).exec("SELECT attempts, retry_at FROM peers WHERE sent > acked");
    expect(row).toMatchObject({ attempts: expect.any(Number) });
  });

  test("arriving doubled and out of order through the queue, is one ticket and one withdrawal", async () => {
    const orders = Array.from({ length: 10 }, newOrder);
    const late = orders.map((order) => [withdrawn(order, "storm")]);
    const early = orders.map((order) => [sent(order, "storm")]);
    await say(...late, ...late, ...early.toReversed(), ...early, ...late);
    for (const order of orders)
      await until(
        () => acknowledgedTo(order),
        (upTo) => upTo === 2,
      );
    const tickets = await ticketsOf("storm");
    expect(tickets.map(({ order }) => order).toSorted()).toEqual(orders);
    expect(tickets.every(({ status }) => status === "withdrawn")).toBe(true);
    const storage = await kitchen.storage("demo/storm");
    expect(await storage.exec("SELECT count(*) AS n FROM events")).toEqual([{ n: 20 }]);
    expect(await storage.exec("SELECT * FROM early")).toEqual([]);
  });
});

describe("a fact that cannot be handled", () => {
  test("is tried four times, becomes a dead letter, holds up its own stream only, and goes on when it can be", async () => {
    const [poisoned, well] = [newOrder(), newOrder()];
    const poison = fact(poisoned, "poison", 1, "order.unheard-of", { order: poisoned });
    await say([poison], [withdrawn(poisoned, "poison")], [sent(well, "poison")]);
    await until(
      () => ticketsOf("poison"),
      (tickets) => tickets.length === 1,
    );
    const letters = (): Promise<Record<string, unknown>[]> =>
      kitchen.query("SELECT * FROM dead_letters WHERE id = ?", poison.id);
    const [letter] = await until(letters, (rows) => rows.length === 1, 20_000);
    expect(letter).toMatchObject({
      tenant: "demo",
      consumer: "comanda-kitchen-inbox",
      sender: senderOf(poisoned),
      receiver: "board/demo/poison",
      sequence: 1,
      type: "comanda.order.unheard-of.v1",
      order: poisoned,
      error: "Error: unknown fact type comanda.order.unheard-of.v1",
      attempts: 4,
      state: "open",
    });
    expect(JSON.parse(String(letter?.["envelope"]))).toEqual(poison);
    expect(Number(letter?.["last_at"]) - Number(letter?.["first_at"])).toBeGreaterThanOrEqual(6_500);
    expect((await ticketsOf("poison", "all")).map(({ order }) => order)).toEqual([well]);

    // The same fact as code that knows it reads it: what waited behind it follows by itself.
    await say([{ ...sent(poisoned, "poison"), id: poison.id, time: poison.time }]);
    await until(letters, ([row]) => row?.["state"] === "closed");
    expect(await ticketsOf("poison")).toContainEqual(expect.objectContaining({ order: poisoned, status: "withdrawn" }));
    await until(
      () => acknowledgedTo(poisoned),
      (upTo) => upTo === 2,
    );
  });

  test("that is no message at all is dropped without holding up the rest", async () => {
    await fetch(`${kitchen.url}/say`, { method: "POST", body: JSON.stringify([{ hello: "kitchen" }, 7, null]) });
    await showing("nonsense");
  });
});

describe("a tablet's socket", () => {
  test("begins with a snapshot and then tells every event, numbered without a gap", async () => {
    const before = await showing("live");
    const socket = await Tablet.on("live");
    expect(socket.socket.protocol).toBe("comanda.v1");
    const [snapshot] = await socket.hears((told) => told.length > 0);
    expect(snapshot).toMatchObject({ type: "snapshot", seq: 1, tickets: [{ order: before }] });
    expect(snapshot).toMatchObject({
      counts: [
        { item: "lemonade", quantity: 2 },
        { item: "margherita", quantity: 1 },
      ],
    });
    const order = await showing("live");
    await press("live", order, "accept", {});
    await socket.hears(hasEvent("accepted", order));
    expect(socket.seqs).toEqual([1, 2, 3, 4]);
    expect(socket.told.at(-1)).toMatchObject({
      event: "accepted",
      ticket: { status: "accepted", seenAt: expect.any(String) },
    });
  });

  test("that comes back with ?after= is told what it missed, each event once", async () => {
    const order = await showing("resume");
    const first = await Tablet.on("resume");
    await first.hears((told) => told.length === 1);
    first.socket.close();
    await press("resume", order, "accept", {});
    await press("resume", order, "ready");
    const second = await Tablet.on("resume", { after: 1 });
    await second.hears(hasEvent("ready", order));
    expect(second.seqs).toEqual([2, 3, 4, 5]);
    expect(second.told.map((message) => "event" in message && message.event)).toEqual([
      "seen",
      "accepted",
      "started",
      "ready",
    ]);
    const upToDate = await Tablet.on("resume", { after: 5 });
    await press("resume", order, "handover");
    await upToDate.hears(hasEvent("handed-over", order));
    expect(upToDate.seqs).toEqual([6]);
  });

  test("that comes back with a number the board never reached is given a snapshot", async () => {
    await showing("ahead");
    const socket = await Tablet.on("ahead", { after: 99 });
    expect(await socket.hears((told) => told.length === 1)).toMatchObject([{ type: "snapshot", seq: 1 }]);
  });

  test("says that it has shown tickets, and only then the order counts as received", async () => {
    const orders = [await showing("shown"), await showing("shown")];
    const socket = await Tablet.on("shown");
    socket.socket.send(JSON.stringify({ type: "seen", orders }));
    for (const order of orders) {
      await socket.hears(hasEvent("seen", order));
      await until(
        () => heardBy(order),
        (facts) => facts.includes("ticket.seen"),
      );
    }
    expect((await ticketsOf("shown")).every(({ seenAt }) => seenAt !== null)).toBe(true);
  });

  test("that speaks nonsense is told so and stays open", async () => {
    const socket = await Tablet.on("babble");
    for (const text of ["{", "[]", '{"type":"seen","orders":["1"]}', '{"type":"sing"}', "x".repeat(20_000)]) {
      socket.socket.send(text);
    }
    await socket.hears((told) => told.filter(({ type }) => type === "problem").length === 5);
    socket.socket.send("ping");
    await until(
      () => socket.texts,
      (texts) => texts.includes("pong"),
    );
    expect(socket.closed).toBeNull();
  });

  test("outlives hibernation: pings are answered asleep, and the next event still arrives", async () => {
    const order = await showing("sleep");
    const socket = await Tablet.on("sleep");
    await socket.hears((told) => told.length === 1);
    await kitchen.evict("demo/sleep");
    socket.socket.send("ping");
    await until(
      () => socket.texts,
      (texts) => texts.includes("pong"),
    );
    // Had the ping woken it, there would be something to evict.
    await expect(kitchen.evict("demo/sleep")).rejects.toThrow();
    await press("sleep", order, "accept", {});
    await socket.hears(hasEvent("accepted", order));
    await kitchen.evict("demo/sleep");
    socket.socket.send(JSON.stringify({ type: "seen", orders: [order] }));
    await say([withdrawn(order, "sleep")]);
    await socket.hears(hasEvent("withdrawn", order));
    expect(socket.seqs).toEqual([1, 2, 3, 4]);
  });

  test("is closed at the next event when its token has expired", async () => {
    const order = await showing("expiry");
    const socket = await Tablet.on("expiry", { as: { ...tablet, expiresAt: Date.now() - 1 } });
    await press("expiry", order, "accept", {});
    await until(
      () => socket.socket.readyState,
      (state) => state !== WebSocket.OPEN,
    );
    // The close frame has come; workerd itself leaves the connection open until the object sleeps.
    socket.socket.terminate();
    await until(
      () => socket.closed,
      (code) => code === 4401,
    );
  });

  test("must be a socket", async () => {
    const response = await ask("GET", "live/kitchen/live");
    expect([response.status, await response.json()]).toMatchObject([426, { status: 426 }]);
  });
});

describe("a board", () => {
  test("loses nothing when it is evicted between any two steps", async () => {
    const order = await showing("evicted");
    for (const step of ["accept", "start", "ready", "handover"]) {
      await kitchen.evict("demo/evicted");
      expect((await press("evicted", order, step)).status).toBe(200);
    }
    await kitchen.evict("demo/evicted");
    expect(await ticketsOf("evicted", "all")).toMatchObject([{ order, status: "handed-over" }]);
    expect(await heardBy(order)).toHaveLength(5);
  });

  test("counts what is still to be cooked", async () => {
    const order = await showing("counting");
    await showing("counting");
    await press("counting", order, "accept", {});
    await press("counting", order, "lines/0/bump");
    const counts = async (): Promise<unknown> => (await ask("GET", "counting/kitchen/counts")).json();
    expect(await counts()).toMatchObject({
      counts: [
        { item: "lemonade", quantity: 4 },
        { item: "margherita", quantity: 1 },
      ],
    });
    await press("counting", order, "lines/0/unbump");
    expect(await counts()).toMatchObject({ counts: [{ quantity: 4 }, { item: "margherita", quantity: 2 }] });
  });

  test("shows a withdrawn ticket until it is acknowledged", async () => {
    const order = await showing("gone");
    await say([withdrawn(order, "gone")]);
    await until(
      () => ticketsOf("gone"),
      ([ticket]) => ticket?.status === "withdrawn",
    );
    expect((await press("gone", order, "acknowledge")).status).toBe(200);
    expect(await ticketsOf("gone")).toEqual([]);
  });
});

describe("the kitchen's doors", () => {
  test("answer the same request again with the same answer, and say so", async () => {
    const order = await showing("twice");
    const path = `twice/kitchen/tickets/${order}/accept`;
    const first = await ask("POST", path, { key: "k1", body: { prepMinutes: 10 } });
    await press("twice", order, "start");
    const again = await ask("POST", path, { key: '"k1"', body: { prepMinutes: 10 } });
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([200, "true"]);
    expect(await again.text()).toBe(await first.text());
    const other = await ask("POST", path, { key: "k1", body: { prepMinutes: 11 } });
    expect([other.status, await other.json()]).toMatchObject([422, { type: /idempotency-key-reused$/ }]);
    const elsewhere = await ask("POST", path, {
      key: "k1",
      body: { prepMinutes: 11 },
      as: { ...tablet, subject: "tablet-2" },
    });
    expect(elsewhere.status).toBe(409);
  });

  test("say in words why something is not possible now", async () => {
    const order = await showing("conflict");
    const response = await press("conflict", order, "handover");
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { type: "https://comanda.dev/problems/conflict", detail: expect.stringContaining("waits to be accepted") },
    ]);
  });

  test("let each role do what it may, at its own venues, of its own tenant", async () => {
    const order = await showing("roles");
    const path = `roles/kitchen/tickets/${order}/accept`;
    const asWhom: [Principal | null, number][] = [
      [null, 401],
      [{ ...tablet, role: "customer" }, 403],
      [{ ...tablet, role: "driver" }, 403],
      [{ ...tablet, role: "service" }, 403],
      [{ ...tablet, venues: ["elsewhere"] }, 404],
      [{ ...tablet, tenant: "other" }, 404],
      [{ ...tablet, tenant: "other", role: "admin" }, 404],
      [{ ...tablet, venues: ["roles"] }, 200],
      [{ ...tablet, role: "admin" }, 200],
    ];
    for (const [as, status] of asWhom) {
      const response = await ask("POST", path, { as, key: `as-${as?.subject}-${as?.role}-${status}`, body: {} });
      expect([as, response.status]).toEqual([as, status]);
      if (status >= 400) expect(await response.json()).toMatchObject({ status });
    }
    expect((await ask("GET", "roles/kitchen/tickets", { as: { ...tablet, venues: ["elsewhere"] } })).status).toBe(404);
    expect((await ask("GET", "roles/kitchen/tickets", { as: { ...tablet, role: "customer" } })).status).toBe(403);
  });

  test("refuse what is malformed, each fault at its place", async () => {
    const order = await showing("faults");
    const path = `faults/kitchen/tickets/${order}/accept`;
    const rejected = `faults/kitchen/tickets/${order}/reject`;
    const cases: [string, string, Request, number, object][] = [
      ["POST", path, { body: {} }, 400, { type: /idempotency-key-missing$/ }],
      ["POST", path, { key: "ü", body: {} }, 400, {}],
      ["POST", path, { key: "k", body: "{" }, 400, { type: /malformed-body$/ }],
      ["POST", path, { key: "k", body: "{}", headers: { "content-type": "text/plain" } }, 415, {}],
      ["POST", path, { key: "k", body: " ".repeat(300_000) }, 413, {}],
      [
        "POST",
        path,
        { key: "k", body: { prepMinutes: "ten", tip: 5 } },
        422,
        { errors: [{ pointer: "/prepMinutes" }, { pointer: "/tip" }] },
      ],
      [
        "POST",
        path,
        { key: "k", body: { prepMinutes: 5, readyAt: "2026-11-14T18:00:00Z" } },
        422,
        { errors: [{ pointer: "/prepMinutes" }] },
      ],
      [
        "POST",
        path,
        { key: "k", body: { readyAt: "2020-01-01T00:00:00Z" } },
        422,
        { errors: [{ pointer: "/readyAt" }] },
      ],
      ["POST", path, { key: "k", body: [] }, 422, { errors: [{ pointer: "" }] }],
      ["POST", rejected, { key: "k" }, 422, { errors: [{ pointer: "/reason" }] }],
      ["POST", rejected, { key: "k", body: { reason: "no-driver" } }, 422, { errors: [{ pointer: "/reason" }] }],
      ["GET", "faults/kitchen/tickets?status=lost", {}, 422, { errors: [{ pointer: "/query/status" }] }],
      ["GET", "faults/kitchen/tickets?status=open&status=all", {}, 422, {}],
      ["GET", "faults/kitchen/tickets?colour=red", {}, 400, { errors: [{ pointer: "/query/colour" }] }],
      ["POST", "faults/kitchen/tickets/17/accept", { key: "k" }, 404, {}],
      ["POST", `faults/kitchen/tickets/${orderId(999)}/accept`, { key: "k" }, 404, {}],
      ["POST", `faults/kitchen/tickets/${order}/lines/two/bump`, { key: "k" }, 404, {}],
      ["GET", "UPPER/kitchen/tickets", {}, 404, {}],
      ["GET", "faults/kitchen/secrets", {}, 404, {}],
      ["GET", path, {}, 405, {}],
      ["DELETE", "faults/kitchen/tickets", {}, 405, {}],
    ];
    for (const [method, at, request, status, problem] of cases) {
      const response = await ask(method, at, request);
      expect([method, at, request, response.status]).toEqual([method, at, request, status]);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({ status, ...matching(problem) });
    }
    const allowed = await ask("PUT", path, { key: "k" });
    expect([allowed.status, allowed.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await ask("HEAD", path)).status).toBe(405);
    expect((await ask("HEAD", "faults/kitchen/tickets")).status).toBe(200);
    expect((await ticketsOf("faults"))[0]).toMatchObject({ order, status: "waiting" });
  });

  test("count a body that does not say its length", async () => {
    const order = await showing("length");
    const chunk = new TextEncoder().encode(" ".repeat(64_000));
    let left = 10;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const init = {
      method: "POST",
      body,
      duplex: "half",
      headers: {
        [principalHeader]: JSON.stringify(tablet),
        "idempotency-key": "k",
        "content-type": "application/json",
      },
    };
    const response = await fetch(`${kitchen.url}/v1/venues/length/kitchen/tickets/${order}/accept`, init);
    expect(response.status).toBe(413);
  });

  test("continue the caller's trace", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const response = await ask("GET", "trace/kitchen/tickets", { headers: { traceparent } });
    expect(response.headers.get("traceparent")).toMatch(
      /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/,
    );
  });

  test("are the only ones: the worker's own address answers nothing", async () => {
    const response = await kitchen.direct("/v1/venues/way/kitchen/tickets", {
      [principalHeader]: JSON.stringify(tablet),
    });
    expect(response.status).toBe(404);
  });
});

/** Regular expressions in an expected problem match their text. */
function matching(problem: object): object {
  const entries = Object.entries(problem).map(([name, value]) => [
    name,
    value instanceof RegExp ? expect.stringMatching(value) : value,
  ]);
  return Object.fromEntries(entries);
}
