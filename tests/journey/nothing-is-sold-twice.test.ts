import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OrderView } from "../../contracts/order.ts";
import { startHarness, type Harness } from "../harness.ts";
import { ends } from "./endings.ts";
import { dish, Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe.concurrent("the last portion", () => {
  test("goes to one of two who order it in the same moment; the other gets a clear 409, and has it after a cancellation", async () => {
    const place = await Restaurant.open(harness);
    const guests = await Promise.all([place.guest(), place.guest()]);
    const body = place.wanted({ lines: [{ item: "cheese", quantity: 1 }] });
    const asked = await Promise.all(
      guests.map(async (guest) => ({ guest, reply: await place.ask(guest, "POST", "/v1/orders", { body }) })),
    );
    const [won, lost] = asked.toSorted((a, b) => a.reply.status - b.reply.status);
    expect([won?.reply.status, lost?.reply.status]).toEqual([201, 409]);
    expect(JSON.parse(lost?.reply.text ?? "")).toMatchObject({
      type: "https://comanda.dev/problems/sold-out",
      errors: [{ pointer: "/stock/cheese", detail: "1 wanted, 0 left" }],
    });
    if (won === undefined || lost === undefined) throw new Error("two asked");
    const { id } = OrderView.parse(JSON.parse(won.reply.text));
    await place.cancel(won.guest, id);
    await ends(place, won.guest, id, "cancelled", "voided");
    await until(
      () => place.stock(),
      ({ cheese }) => cheese === 1,
    );
    expect((await place.ask(lost.guest, "POST", "/v1/orders", { body })).status).toBe(201);
    expect((await place.stock())["cheese"]).toBe(0);
  });

  test("is never sold twice to twenty who order at once", async () => {
    const place = await Restaurant.open(harness);
    await place.publish([dish("clams", 1_390, { stock: 7 })]);
    const body = place.wanted({ payment: "cash", lines: [{ item: "clams", quantity: 1 }] });
    const guests = await Promise.all(Array.from({ length: 20 }, () => place.guest()));
    const replies = await Promise.all(guests.map((guest) => place.ask(guest, "POST", "/v1/orders", { body })));
    const statuses = replies.map(({ status }) => status);
    expect([
      statuses.filter((status) => status === 201).length,
      statuses.filter((status) => status === 409).length,
    ]).toEqual([7, 13]);
    expect(await place.stock()).toEqual({ clams: 0 });
  });

  test("is counted by the crew as well, and what they take off the menu is refused at once", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const order = async (item: string, quantity = 1) =>
      (
        await place.ask(guest, "POST", "/v1/orders", {
          body: place.wanted({ payment: "cash", lines: [{ item, quantity }] }),
        })
      ).status;
    const crew = (method: string, path: string, body: object) =>
      place.ask(place.staff, method, `/v1/venues/${place.venue}/${path}`, { body });
    await crew("PUT", "stock", { key: "soup", left: 1 });
    expect([await order("soup", 2), await order("soup"), await order("soup")]).toEqual([409, 201, 409]);
    for (const slip of ["breat", "bread/none", "constructor", "soup/constructor"]) {
      const refused = { status: 422, text: expect.stringContaining('"/key"') };
      expect(await crew("POST", "sold-out", { key: slip })).toMatchObject(refused);
      expect(await crew("PUT", "stock", { key: slip, left: 3 })).toMatchObject(refused);
    }
    await crew("POST", "sold-out", { key: "bread" });
    expect(await order("bread")).not.toBe(201);
    await crew("POST", "available", { key: "bread" });
    expect(await order("bread")).toBe(201);
    await crew("POST", "pause", { until: new Date(Date.now() + 1_500).toISOString(), reason: "Oven." });
    expect(await order("bread")).toBe(409);
    await until(
      () => order("bread"),
      (status) => status === 201,
    );
  });
});

describe.concurrent("the same Idempotency-Key", () => {
  test("brings the same order and the same bytes, also to requests at the same time and when all is sold out", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const body = place.wanted({ lines: [{ item: "cheese", quantity: 1 }] });
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => place.ask(guest, "POST", "/v1/orders", { body, key })),
    );
    replies.push(await place.ask(guest, "POST", "/v1/orders", { body, key }));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers.get("idempotent-replayed") === null)).toHaveLength(1);
    const { id } = OrderView.parse(JSON.parse(replies[0]?.text ?? ""));

    await place.publish([dish("soup", 400)]);
    const later = await place.ask(guest, "POST", "/v1/orders", { body, key });
    expect([later.status, later.text], "no longer on the menu").toEqual([201, replies[0]?.text]);

    const other = await place.ask(guest, "POST", "/v1/orders", { body: place.wanted(), key });
    expect([other.status, JSON.parse(other.text)]).toMatchObject([
      422,
      { type: expect.stringContaining("idempotency-key-reused") },
    ]);
    const stranger = await place.ask(await place.guest(), "POST", "/v1/orders", { body: place.wanted(), key });
    expect(stranger.status).toBe(201);
    expect(OrderView.parse(JSON.parse(stranger.text)).id).not.toBe(id);
    await until(
      () => place.books(id),
      (books) => books.length > 0,
    );
    expect(await place.books(id)).toEqual(["authorised 950"]);
  });

  test("opens one basket, whatever has become of the menu", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const ask = { body: { venue: place.venue, lines: [{ item: "clams", quantity: 1 }] }, key: randomUUID() };
    const first = await place.ask(guest, "POST", "/v1/orders", ask);
    const { id } = OrderView.parse(JSON.parse(first.text));
    const more = { body: { lines: [{ item: "clams", quantity: 1 }] }, key: randomUUID() };
    const added = await place.ask(guest, "POST", `/v1/orders/${id}/lines`, more);
    await place.publish([dish("soup", 400)]);
    const gone = () => place.ask(guest, "POST", "/v1/orders", { body: ask.body });
    await until(gone, ({ status }) => status === 422);
    expect((await place.ask(guest, "POST", "/v1/orders", ask)).text).toBe(first.text);
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/lines`, more)).text).toBe(added.text);
  });
});
