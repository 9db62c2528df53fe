import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  EndpointView,
  EndpointWithSecret,
  ReportView,
  WholeReport,
  type EndpointSettings,
} from "../../contracts/webhook.ts";
import { startHarness, type Harness } from "../harness.ts";
import { isSignedWith, Receiver } from "./receiver.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
const receivers: Receiver[] = [];
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  for (const receiver of receivers) receiver.stop();
  await harness.stop();
});

type Made = z.infer<typeof EndpointWithSecret>;

async function receiving(): Promise<Receiver> {
  const receiver = await Receiver.listen();
  receivers.push(receiver);
  return receiver;
}

async function endpoint(place: Restaurant, settings: Partial<EndpointSettings> & { url: string }): Promise<Made> {
  const reply = await place.ask(place.admin, "POST", "/v1/webhooks", { body: settings });
  if (reply.status !== 201) throw new Error(`no endpoint: ${reply.status} ${reply.text}`);
  return EndpointWithSecret.parse(JSON.parse(reply.text));
}

async function viewOf(place: Restaurant, id: string): Promise<EndpointView> {
  return EndpointView.parse(JSON.parse((await place.ask(place.admin, "GET", `/v1/webhooks/${id}`)).text));
}

async function reports(place: Restaurant, id: string, query = ""): Promise<ReportView[]> {
  const reply = await place.ask(place.admin, "GET", `/v1/webhooks/${id}/reports${query}`);
  return ReportView.array().parse(Object(JSON.parse(reply.text)).reports);
}

const wholeLife = [
  "order.placed", "order.payment-authorised", "order.sent", "order.seen", "order.accepted", "order.payment-captured",
  "order.preparing", "order.ready", "order.collected",
]; // prettier-ignore

describe.concurrent("an endpoint", () => {
  test("hears of an order's whole life, in order, each event signed and sent once", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const { id, secret } = await endpoint(place, { url: receiver.url });
    const guest = await place.guest();
    const order = await place.place(guest, { note: "No coriander." });
    await place.cook(order.id, "accept");
    await place.reaches(guest, order.id, "accepted");
    await until(
      () => place.order(guest, order.id),
      ({ payment }) => payment?.status === "captured",
    );
    for (const button of ["start", "ready", "handover"]) await place.press(order.id, button);
    await until(
      () => receiver.of(order.id).length,
      (count) => count === wholeLife.length,
    );
    const heard = receiver.of(order.id);
    expect(heard.map(({ event }) => event)).toEqual(wholeLife);
    for (const arrival of heard) {
      expect(isSignedWith(secret, arrival)).toBe(true);
      expect(Math.abs(Number(arrival.headers["webhook-timestamp"]) * 1000 - Date.now())).toBeLessThan(60_000);
      expect(arrival.headers["webhook-id"]).toBe(Object(JSON.parse(arrival.raw)).id);
      expect(arrival.headers["content-type"]).toBe("application/json");
    }
    expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(wholeLife.length);
    expect(JSON.parse(heard[2]?.raw ?? "")).toMatchObject({
      specversion: "1.0",
      type: "comanda.order.sent.v1",
      source: `/tenants/${place.tenant}/orders/${order.id}`,
      data: { order: order.id, code: order.code, status: "sent", customer: "Ada", note: "No coriander.", total: 350 },
    });

    const log = await until(
      () => reports(place, id),
      (all) => all.every(({ status }) => status === "delivered"),
    );
    expect(log.map(({ event }) => event)).toEqual(wholeLife.toReversed());
    expect(log[0]?.attempts).toMatchObject([{ status: 204, error: null }]);
    const whole = await place.ask(place.admin, "GET", `/v1/webhooks/${id}/reports/${log[0]?.id}`);
    expect(WholeReport.parse(JSON.parse(whole.text)).body).toBe(heard.at(-1)?.raw);
  });

  test("that did not exist costs an order nothing: no fact, no call, no endpoint's name in its terms", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const order = await place.place(guest);
    await place.cook(order.id, "accept");
    await place.reaches(guest, order.id, "accepted");
    const placed = (await place.events(place.admin, order.id)).find(({ type }) => type === "placed");
    expect(placed?.body).not.toContain("endpoint");
    const storage = await harness
      .worker("ordering")
      .getDurableObjectStorage("ORDER", { name: `${place.tenant}/${order.id}` });
    expect(await storage.exec("SELECT peer FROM peers WHERE peer LIKE 'endpoint/%'")).toEqual([]);
  });

  test("that fails is asked again; another order does not wait, and this order's later events do", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const { id } = await endpoint(place, { url: receiver.url, events: ["order.sent", "order.accepted"] });
    const guest = await place.guest();
    let spoilt = "";
    let failures = 0;
    receiver.answer = (event, order) => {
      spoilt ||= order;
      if (order !== spoilt || event !== "order.sent" || failures >= 1) return { status: 204 };
      failures += 1;
      return { status: 500, body: "the till is on fire" };
    };
    const first = await place.place(guest);
    await until(
      () => receiver.of(first.id).length,
      (count) => count === 1,
    );
    await place.cook(first.id, "accept");
    const second = await place.place(guest);
    await place.cook(second.id, "accept");
    await until(
      () => receiver.of(second.id).map(({ event }) => event),
      (events) => events.length === 2,
    );
    expect(receiver.of(first.id)).toHaveLength(1);
    await until(
      () => receiver.of(first.id).length,
      (count) => count === 3,
      20_000,
    );
    const heard = receiver.of(first.id);
    expect(heard.map(({ event, status }) => `${event} ${status}`)).toEqual([
      "order.sent 500", "order.sent 204", "order.accepted 204",
    ]); // prettier-ignore
    expect(heard[1]?.headers["webhook-id"]).toBe(heard[0]?.headers["webhook-id"]);
    expect((heard[1]?.at ?? 0) - (heard[0]?.at ?? 0)).toBeGreaterThanOrEqual(5_000);
    const [sent] = (await reports(place, id, `?order=${first.id}`)).filter(({ event }) => event === "order.sent");
    expect(sent?.attempts).toMatchObject([{ status: 500, excerpt: "the till is on fire" }, { status: 204 }]);
  });

  test("that says when to come back is not asked before", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const { id } = await endpoint(place, { url: receiver.url, events: ["order.placed"] });
    receiver.answer = () =>
      receiver.arrivals.length === 0 ? { status: 429, headers: { "retry-after": "8" } } : { status: 200 };
    const { id: order } = await place.place(await place.guest());
    const [waiting] = await until(
      () => reports(place, id),
      ([report]) => report?.status === "waiting",
    );
    expect(Date.parse(waiting?.nextAttemptAt ?? "") - Date.now()).toBeGreaterThan(6_000);
    await until(
      () => receiver.of(order).length,
      (count) => count === 2,
      20_000,
    );
    const [refused, taken] = receiver.of(order);
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(8_000);
  });

  test("that is gone is told nothing more, and catches up when it is enabled and asks for a replay", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const settings = { url: receiver.url, events: ["order.placed" as const, "order.sent" as const] };
    const { id } = await endpoint(place, settings);
    receiver.answer = () => ({ status: 410 });
    const guest = await place.guest();
    const began = new Date().toISOString();
    const order = await place.place(guest);
    await until(
      () => viewOf(place, id),
      ({ disabled }) => disabled?.reason === "gone",
    );
    await place.ticket(order.id);
    await until(
      () => reports(place, id),
      (all) => all.length === 2 && all.every(({ status }) => status === "failed"),
    );
    expect(receiver.arrivals).toHaveLength(1);
    const unheard = await place.place(guest);
    await place.ticket(unheard.id);

    receiver.answer = () => ({ status: 200 });
    await place.ask(place.admin, "PUT", `/v1/webhooks/${id}`, { body: settings });
    const range = { from: began, until: new Date(Date.now() + 60_000).toISOString() };
    const key = randomUUID();
    const replayed = await place.ask(place.admin, "POST", `/v1/webhooks/${id}/replay`, { body: range, key });
    expect([replayed.status, JSON.parse(replayed.text)]).toEqual([202, { replayed: 2 }]);
    expect((await place.ask(place.admin, "POST", `/v1/webhooks/${id}/replay`, { body: range, key })).text).toBe(
      replayed.text,
    );
    await until(
      () => receiver.of(order.id).length,
      (count) => count === 3,
    );
    expect(receiver.of(order.id).map(({ event }) => event)).toEqual(["order.placed", "order.placed", "order.sent"]);
    expect(new Set(receiver.of(order.id).map(({ headers }) => headers["webhook-id"])).size).toBe(2);
    // Orders of the time it was away are in the list of orders, not in its log.
    expect(receiver.of(unheard.id)).toEqual([]);
    const later = await place.place(guest);
    await until(
      () => receiver.of(later.id).length,
      (count) => count >= 1,
    );
  });

  test("gets a test event, one report anew, and two signatures while its secret changes", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const made = await endpoint(place, { url: receiver.url });
    const at = `/v1/webhooks/${made.id}`;
    const test = ReportView.parse(JSON.parse((await place.ask(place.admin, "POST", `${at}/test`, { body: {} })).text));
    await until(
      () => receiver.arrivals.length,
      (count) => count === 1,
    );
    expect(receiver.arrivals[0]?.event).toBe("endpoint.tested");

    const key = randomUUID();
    const rotation = await place.ask(place.admin, "POST", `${at}/secret`, { body: { overlap: "PT1H" }, key });
    const again = await place.ask(place.admin, "POST", `${at}/secret`, { body: { overlap: "PT1H" }, key });
    expect(again.text).toBe(rotation.text);
    const { secret } = EndpointWithSecret.parse(JSON.parse(rotation.text));
    await until(
      () => reports(place, made.id),
      ([one]) => one?.status === "delivered",
    );
    await place.ask(place.admin, "POST", `${at}/reports/${test.id}/replay`, { body: {} });
    await until(
      () => receiver.arrivals.length,
      (count) => count === 2,
    );
    const [first, second] = receiver.arrivals;
    if (first === undefined || second === undefined) throw new Error("not there");
    expect([isSignedWith(made.secret, first), isSignedWith(secret, first)]).toEqual([true, false]);
    expect([isSignedWith(made.secret, second), isSignedWith(secret, second)]).toEqual([true, true]);
    expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);

    await place.ask(place.admin, "POST", `${at}/secret`, { body: { overlap: "PT0S" } });
    await until(
      () => reports(place, made.id),
      ([one]) => one?.status === "delivered",
    );
    await place.ask(place.admin, "POST", `${at}/reports/${test.id}/replay`, { body: {} });
    await until(
      () => receiver.arrivals.length,
      (count) => count === 3,
    );
    const third = receiver.arrivals[2];
    if (third === undefined) throw new Error("not there");
    expect([isSignedWith(made.secret, third), isSignedWith(secret, third)]).toEqual([false, false]);
  });

  test("shows its secret once: in no list, no view and, unsealed, in no storage", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const { id, secret } = await endpoint(place, { url: receiver.url });
    const bare = secret.slice("whsec_".length);
    for (const path of ["", `/${id}`, `/${id}/reports`]) {
      const { text } = await place.ask(place.admin, "GET", `/v1/webhooks${path}`);
      expect([text.includes(bare), text.includes("sealed")]).toEqual([false, false]);
    }
    const storage = await harness
      .worker("ordering")
      .getDurableObjectStorage("ENDPOINT", { name: `${place.tenant}/${id}` });
    const kept = ["SELECT body FROM events", "SELECT body FROM state", "SELECT body FROM answers"];
    for (const sql of kept) {
      const rows = JSON.stringify(await storage.exec(sql));
      expect([rows.length > 100, rows.includes(bare)]).toEqual([true, false]);
    }
    expect((await place.ask(place.staff, "GET", `/v1/webhooks/${id}`)).status).toBe(403);
  });

  test("for some venues, or made before a venue was opened, hears of the orders it is for", async () => {
    const place = await Restaurant.open(harness);
    const [all, one] = [await receiving(), await receiving()];
    await endpoint(place, { url: all.url, events: ["order.placed"] });
    await endpoint(place, { url: one.url, events: ["order.placed"], venues: [place.venue] });
    const second = `${place.tenant}-2`;
    const settings = { name: "Second", timeZone: "Europe/Berlin", address: "Here 1" };
    expect((await place.ask(place.admin, "PUT", `/v1/venues/${second}`, { body: settings })).status).toBe(200);
    const menu = JSON.parse((await place.ask(place.admin, "GET", `/v1/venues/${place.venue}/menu/document`)).text);
    await place.ask(place.admin, "PUT", `/v1/venues/${second}/menu`, { body: menu });
    const guest = await place.guest();
    const body = { ...place.wanted(), venue: second };
    const away = await place.ask(guest, "POST", "/v1/orders", { body });
    expect(away.status).toBe(201);
    const here = await place.place(guest);
    await until(
      () => all.arrivals.length,
      (count) => count === 2,
    );
    await until(
      () => one.arrivals.length,
      (count) => count === 1,
    );
    expect(one.arrivals[0]?.order).toBe(here.id);
  });

  test("at a hostile address is refused with a pointer", async () => {
    const place = await Restaurant.open(harness);
    for (const url of [
      "http://169.254.169.254/",
      "https://10.0.0.1/",
      "https://[::ffff:7f00:1]/",
      "https://u:p@shop.com/",
      "https://shop.com:22/",
    ]) {
      const reply = await place.ask(place.admin, "POST", "/v1/webhooks", { body: { url } });
      expect([url, reply.status, Object(JSON.parse(reply.text)).errors?.[0]?.pointer]).toEqual([url, 422, "/url"]);
    }
    const foreign = await place.ask(place.admin, "POST", "/v1/webhooks", {
      body: { url: "https://hooks.shop.com", venues: ["demo-1"] },
    });
    expect(foreign.status).toBe(422);
  });

  test("outlives the death of its object and of the order's: what was not told is told", async () => {
    const place = await Restaurant.open(harness);
    const receiver = await receiving();
    const { id } = await endpoint(place, { url: receiver.url, events: ["order.placed", "order.sent"] });
    receiver.answer = () => (receiver.arrivals.length === 0 ? { status: 503 } : { status: 200 });
    const { id: order } = await place.place(await place.guest());
    await until(
      () => receiver.arrivals.length,
      (count) => count === 1,
    );
    await until(
      () => reports(place, id),
      (all) => all.some(({ attempts }) => attempts.length === 1),
    );
    await harness.worker("ordering").evictDurableObject("ENDPOINT", { name: `${place.tenant}/${id}` });
    await until(
      () => receiver.of(order).length,
      (count) => count === 3,
      20_000,
    );
    expect(receiver.of(order).map(({ event }) => event)).toEqual(["order.placed", "order.placed", "order.sent"]);
  });
});
