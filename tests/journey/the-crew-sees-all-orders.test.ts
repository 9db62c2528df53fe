import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Figures, FloorLive, FoundOrders, type FloorOrder } from "../../contracts/floor.ts";
import { OrderView } from "../../contracts/order.ts";
import { startHarness, type Harness } from "../harness.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

const zoe = { name: "Zoë Müller", phone: "+4915112345678", email: "zoe@mail.example" };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function search(place: Restaurant, who: Person, body: object): Promise<FoundOrders> {
  const reply = await place.ask(who, "POST", "/v1/orders/search", { body });
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return FoundOrders.parse(JSON.parse(reply.text));
}

const idsOf = ({ orders }: FoundOrders) => orders.map(({ id }) => id);

/** Waits until the list has so many orders, and gives the newest first. */
async function listed(place: Restaurant, count: number): Promise<string[]> {
  return until(
    async () => idsOf(await search(place, place.admin, {})),
    (ids) => ids.length === count,
  );
}

/** Whoever looks at the floor: the newest of each order, as the page keeps them. */
class Onlooker {
  readonly orders = new Map<string, FloorOrder>();
  readonly told: FloorLive[] = [];
  closed: number | null = null;
  readonly socket: WebSocket;

  constructor(place: Restaurant, who: Person) {
    const url = `${place.harness.baseUrl.replace("http", "ws")}/v1/floor/live`;
    this.socket = new WebSocket(url, ["comanda.v1", `bearer.${who.token}`]);
    this.socket.on("close", (code) => (this.closed = code));
    this.socket.on("message", (data: Buffer) => {
      const message = FloorLive.parse(JSON.parse(data.toString()));
      this.told.push(message);
      if (message.type !== "snapshot" && message.type !== "orders") return;
      for (const order of message.orders) {
        if ((this.orders.get(order.id)?.seq ?? 0) < order.seq) this.orders.set(order.id, order);
      }
    });
  }

  sees(id: string, status: string): Promise<unknown> {
    return until(
      () => Promise.resolve(this.orders.get(id)?.status),
      (seen) => seen === status,
    );
  }
}

describe("a search of the crew's", () => {
  test("finds an order by what it is called, who ordered it, and what it was; and pages", async () => {
    const place = await Restaurant.open(harness, { fulfilments: ["pickup", "dine-in"] });
    const guest = await place.guest();
    const first = await place.place(guest, {
      customer: zoe,
      payment: "cash",
      fulfilment: "dine-in",
      table: "Table 12",
    });
    const second = await place.place(guest, { customer: { name: "Bob" }, lines: [{ item: "clams", quantity: 2 }] });
    await place.reaches(guest, second.id, "sent");
    await until(
      async () => idsOf(await search(place, place.admin, { status: ["sent"] })),
      (ids) => ids.length === 2,
    );
    const byText = (text: string) => search(place, place.staff, { text }).then(idsOf);
    for (const text of [
      first.id,
      first.id.slice(0, 12),
      first.code,
      "zoe mul",
      "+49 151 12345678",
      "0151 12345678",
      "5678",
      zoe.email,
      "@mail.example",
      "12",
      "tisch 12",
    ]) {
      expect(await byText(text), text).toEqual([first.id]);
    }
    const others = [
      "Zoltan",
      "5679",
      "@example.org",
      "x",
      "table 1",
      "120",
      "%",
      "' or 1=1 --",
      "table \u0000\u202e'\"*",
    ];
    for (const text of others) expect(await byText(text), text).toEqual([]);
    const by = async (asked: object) => idsOf(await search(place, place.staff, asked));
    expect(await by({ least: 1_000 })).toEqual([second.id]);
    expect(await by({ most: 1_000 })).toEqual([first.id]);
    expect(await by({ status: ["sent"], open: true })).toEqual([second.id, first.id]);
    expect(await by({ attention: true })).toEqual([]);
    expect(await by({ until: first.placedAt ?? "" })).toEqual([]);
    expect(await by({ from: second.placedAt ?? "" })).toEqual([second.id]);
    const page = await search(place, place.staff, { limit: 1, names: true });
    expect(page.orders).toMatchObject([{ id: second.id, name: "Bob", total: 2_780, refunded: 0 }]);
    const next = await search(place, place.staff, { limit: 1, cursor: page.next });
    expect(next).toMatchObject({ orders: [{ id: first.id, name: null, table: "Table 12" }], next: null });
  });

  test("is of one's own venues, and of nobody whose data were erased; the list itself holds no name", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { customer: zoe, payment: "cash" });
    await listed(place, 1);
    const elsewhere = await place.client("staff", { venues: ["nowhere-1"] }).catch(() => null);
    const stranger = await Restaurant.open(harness);
    expect(idsOf(await search(stranger, stranger.admin, { text: "5678" }))).toEqual([]);
    if (elsewhere !== null) expect(idsOf(await search(place, elsewhere, {}))).toEqual([]);
    const { DB } = await harness.worker("ordering").getEnv();
    const row = () => DB.prepare("SELECT * FROM orders WHERE id = ?").bind(id).first();
    expect(JSON.stringify(await row())).not.toMatch(/Zoë|Müller|muller|12345678|mail\.example/i);
    await place.cook(id, "accept", "ready", "handover");
    await place.reaches(guest, id, "collected");
    await until(
      () => place.ask(place.admin, "DELETE", `/v1/orders/${id}/personal-data`),
      ({ status }) => status === 204,
    );
    expect(idsOf(await search(place, place.admin, { text: "zoe" }))).toEqual([]);
    expect(idsOf(await search(place, place.admin, { text: zoe.phone }))).toEqual([]);
    expect(await search(place, place.admin, { names: true })).toMatchObject({ orders: [{ id, name: null }] });
    expect(await row()).toMatchObject({ phone: null, traces: null });
  });
});

describe("the floor", () => {
  test("shows all open orders and every change, and how the venues stand, to who may see them", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const before = await place.place(guest, { payment: "cash" });
    await listed(place, 1);
    const eye = new Onlooker(place, place.admin);
    await eye.sees(before.id, "sent");
    const later = await place.place(guest);
    await place.cook(later.id, "accept");
    await eye.sees(later.id, "accepted");
    expect(eye.orders.get(later.id)).toMatchObject({ code: later.code, dueAt: expect.any(String), attention: [] });
    expect(JSON.stringify(eye.told)).not.toContain("Ada");
    await place.ask(place.staff, "POST", `/v1/venues/${place.venue}/pause`, { body: { reason: "oven" } });
    await until(
      () => Promise.resolve(eye.told.at(-1)),
      (message) => message?.type === "venue" && message.venue.paused?.reason === "oven",
    );
    await place.cancel(place.staff, before.id);
    await eye.sees(before.id, "cancelled");
    eye.socket.send(JSON.stringify({ type: "look" }));
    const snapshot = await until(
      () => Promise.resolve(eye.told.at(-1)),
      (message) => message?.type === "snapshot",
    );
    expect(snapshot).toMatchObject({ orders: [{ id: later.id }], venues: [{ paused: { reason: "oven" } }] });
    const stranger = await Restaurant.open(harness);
    const other = new Onlooker(stranger, stranger.admin);
    await until(
      () => Promise.resolve(other.told.length),
      (count) => count > 0,
    );
    expect(other.told).toEqual([
      { type: "snapshot", seq: 0, orders: [], venues: [expect.objectContaining({ id: stranger.venue })] },
    ]);
    other.socket.close();
    eye.socket.close();
  });
});

describe("a refund", () => {
  test("of a part, and of the rest, is paid once by the provider, told to the customer and noted", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { lines: [{ item: "soup", quantity: 3 }] });
    const refund = (body: object, key?: string) =>
      place.ask(place.staff, "POST", `/v1/orders/${id}/refunds`, { body, ...(key === undefined ? {} : { key }) });
    expect((await refund({ reason: "other" })).status).toBe(409);
    await place.cook(id, "accept", "ready", "handover");
    await until(
      () => place.order(guest, id),
      ({ payment }) => payment?.status === "captured",
    );
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/refunds`, { body: { reason: "other" } })).status).toBe(
      403,
    );
    expect((await refund({ reason: "late", amount: 1_051 })).status).toBe(422);
    const missing = { reason: "missing-item", lines: [{ line: 0, quantity: 1 }], detail: "One soup was missing." };
    await place.faults({ loseAnswerRate: 1 });
    const replies = await Promise.all([refund(missing, "soup"), refund(missing, "soup")]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    await place.faults();
    const told = await until(
      () => place.order(guest, id),
      ({ payment }) => payment?.refunds?.[0]?.state === "done",
    );
    expect(told.payment).toMatchObject({
      status: "captured",
      refunds: [{ amount: 350, detail: "One soup was missing." }],
    });
    expect(OrderView.parse(JSON.parse((await refund({ reason: "goodwill" })).text)).payment?.refunds).toHaveLength(2);
    await until(
      () => place.order(guest, id),
      ({ payment }) => payment?.status === "refunded",
    );
    expect(await place.books(id)).toEqual(["authorised 1050", "captured 1050", "refunded 350", "refunded 700"]);
    await until(
      () => search(place, place.admin, {}),
      ({ orders }) => orders[0]?.refunded === 1_050,
    );
    expect((await place.ask(place.admin, "GET", "/v1/audit")).text).toContain(`/v1/orders/${id}/refunds`);
  });
});

describe("the figures", () => {
  test("count what was placed, earned, lost, how fast it was accepted and what was eaten", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const from = new Date(Date.now() - 60_000).toISOString();
    const good = await place.place(guest, { lines: [{ item: "soup", quantity: 2 }], fulfilment: "delivery" });
    const bad = await place.place(guest, { payment: "cash", lines: [{ item: "clams", quantity: 1 }] });
    await place.cook(good.id, "accept", "start", "ready");
    await place.ticket(bad.id);
    await place.press(bad.id, "reject", { reason: "too-busy" });
    await place.reaches(guest, bad.id, "rejected");
    const ask = async (query: Record<string, string>) =>
      place.ask(place.admin, "GET", `/v1/figures?${new URLSearchParams(query)}`);
    const until_ = new Date(Date.now() + 3_600_000).toISOString();
    const figures = await until(
      async () => Figures.parse(JSON.parse((await ask({ from, until: until_ })).text)),
      ({ total, lateness }) => total.lost === 1 && lateness.orders === 1,
    );
    expect(figures).toMatchObject({
      currency: "EUR",
      total: { orders: 2, revenue: 990, refunded: 0, open: 1, lost: 1 },
      venues: [{ venue: place.venue, orders: 2, revenue: 990 }],
      reasons: [{ reason: "too-busy", orders: 1 }],
      acceptance: { orders: 1 },
      items: [{ key: "soup", quantity: 2, revenue: 700 }],
    });
    expect(figures.fulfilments.map(({ fulfilment }) => fulfilment).toSorted()).toEqual(["delivery", "pickup"]);
    expect(figures.hours.reduce((sum, { orders }) => sum + orders, 0)).toBe(2);
    expect(figures.acceptance.buckets.reduce((sum, { orders }) => sum + orders, 0)).toBe(1);
    expect((await ask({ from, until: from })).status).toBe(422);
    const empty = Figures.parse(
      JSON.parse((await ask({ from: "2020-01-01T00:00:00Z", until: "2020-01-02T00:00:00Z" })).text),
    );
    expect(empty).toMatchObject({ currency: null, total: { orders: 0, revenue: 0 }, hours: [], items: [] });
  });
});
