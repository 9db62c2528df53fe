import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OrderView } from "../../contracts/order.ts";
import { startHarness, type Harness } from "../harness.ts";
import { ends } from "./endings.ts";
import { Follower } from "./follower.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe.concurrent("a phone that follows an order", () => {
  test("gets a snapshot, every event without a gap, and after a break what it missed", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest);
    await place.ticket(id);
    const phone = await Follower.connect(place, guest, id);
    await until(
      () => phone.told.length,
      (count) => count > 0,
    );
    expect(phone.told[0]?.type).toBe("snapshot");
    phone.socket.send("ping");
    await until(
      () => phone.texts,
      (texts) => texts.includes("pong"),
    );
    await place.press(id, "accept", {});
    await until(
      () => phone.told.at(-1)?.order,
      (order) => order?.payment?.status === "captured",
    );
    const seen = phone.seqs.at(-1) ?? 0;
    phone.close();

    await harness
      .worker("ordering")
      .evictDurableObject("ORDER", { name: `${place.tenant}/${id}`, webSockets: "hibernate" });
    await place.press(id, "start");
    await place.reaches(guest, id, "preparing");
    const back = await Follower.connect(place, guest, id, seen);
    await place.press(id, "ready");
    await back.sees("ready");
    await place.press(id, "handover");
    await back.sees("collected");
    expect(back.told.every(({ type }) => type === "event")).toBe(true);
    const all = [...phone.seqs, ...back.seqs];
    expect(all).toEqual(all.map((_, at) => (all[0] ?? 0) + at));
    const order = await ends(place, guest, id, "collected", "captured");
    await until(
      () => back.seqs.at(-1),
      (last) => last === order.seq,
    );

    const ahead = await Follower.connect(place, guest, id, 999);
    await until(
      () => ahead.told.length,
      (count) => count > 0,
    );
    expect(ahead.told).toMatchObject([{ type: "snapshot", seq: order.seq, order: { status: "collected" } }]);
    const idle = await Follower.connect(place, guest, id, order.seq);
    idle.socket.send("ping");
    await until(
      () => idle.texts,
      (texts) => texts.length > 0,
    );
    expect(idle.texts).toEqual(["pong"]);
    for (const follower of [back, ahead, idle]) follower.close();
  });

  test("goes on following while the order sleeps", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { payment: "cash" });
    await place.ticket(id);
    const phone = await Follower.connect(place, guest, id);
    for (const [button, status] of [
      ["accept", "accepted"],
      ["start", "preparing"],
      ["ready", "ready"],
      ["handover", "collected"],
    ] as const) {
      await harness
        .worker("ordering")
        .evictDurableObject("ORDER", { name: `${place.tenant}/${id}`, webSockets: "hibernate" });
      await place.press(id, button, {});
      await phone.sees(status);
    }
    await ends(place, guest, id, "collected", "captured at the door");
    await until(
      () => phone.seqs,
      (seqs) => seqs.every((seq, at) => seq === (seqs[0] ?? 0) + at),
    );
    phone.close();
  });
});

test.concurrent("an order does not exist for another guest, another tenant's staff, nor for a driver", async () => {
  const [place, other] = await Promise.all([Restaurant.open(harness), Restaurant.open(harness)]);
  const [guest, stranger, abroad] = await Promise.all([place.guest(), place.guest(), other.guest()]);
  const { id } = await place.place(guest);
  const opened = await place.ask(guest, "POST", "/v1/orders", { body: { venue: place.venue } });
  const basket = OrderView.parse(JSON.parse(opened.text)).id;
  const lines = { lines: [{ item: "soup", quantity: 1 }] };
  for (const who of [stranger, abroad, other.staff, other.admin]) {
    for (const order of [id, basket]) {
      const asked: [string, string, object?][] = [
        ["GET", ""], ["GET", "/status"], ["GET", "/events"],
        ["POST", "/lines", lines], ["PUT", "/lines", lines], ["POST", "/place", place.wanted().checkout], ["POST", "/cancel", {}],
      ]; // prettier-ignore
      for (const [method, path, body] of asked) {
        const reply = await place.ask(who, method, `/v1/orders/${order}${path}`, body === undefined ? {} : { body });
        expect([method, path, reply.status]).toEqual([method, path, 404]);
      }
    }
    await expect(Follower.connect(place, who, id)).rejects.toThrow("404");
    const statuses = await place.ask(who, "GET", `/v1/orders/statuses?id=${id}&id=${basket}`);
    expect(JSON.parse(statuses.text)).toEqual({ statuses: [] });
    expect(await place.line(who, id)).toBeNull();
  }
  const driver = await place.client("driver", { driver: "dan" });
  expect((await place.ask(driver, "GET", `/v1/orders/${id}`)).status).toBe(403);
  const seen = await place.ask(place.staff, "GET", `/v1/orders/${id}/events`);
  expect(seen.text).not.toContain("card_ok");
});
