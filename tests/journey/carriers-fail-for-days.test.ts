import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChannelRanking } from "../../contracts/channel.ts";
import { DispatchView } from "../../contracts/dispatch.ts";
import { paymentSecret, startHarness, type Harness } from "../harness.ts";
import { BobsPost } from "./bobs-post.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ends } from "./endings.ts";
import { Follower } from "./follower.ts";
import { dish, Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const down = { calls: { errorRate: 1 } };
const email = "ada@example.org";
const byPost = { fulfilment: "delivery", customer: { name: "Ada", email } } as const;

/** An order that the kitchen has accepted, so that somebody is asked to bring it. */
async function accepted(place: Restaurant, guest: Person): Promise<string> {
  const { id } = await place.place(guest, byPost);
  await place.cook(id, "accept");
  return id;
}

const carried = (place: Restaurant, who: Person, id: string) => async () =>
  (await place.order(who, id)).delivery?.carrier ?? null;

describe.concurrent("an order that goes by a carrier", () => {
  test("is booked, shipped and delivered; its customer sees each, and is written to when it ships", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    const { id } = await place.place(guest, byPost);
    const follower = await Follower.connect(place, guest, id);
    await place.cook(id, "accept");
    const booked = await until(carried(place, guest, id), (carrier) => carrier?.state === "booked");
    expect(booked).toMatchObject({ name: "Bob's Post", tracking: expect.stringMatching(/^BP/), silentSince: null });
    for (const button of ["start", "ready"]) await place.press(id, button);
    await bob.move(id, "shipped");
    await follower.sees("out-for-delivery");
    // The newest first; that it was accepted was the other.
    await until(() => bob.mails(email), (mails) => mails.length === 2);
    const [mail] = await bob.mails(email);
    expect(mail).toMatchObject({ subject: expect.stringContaining("on its way"), text: expect.stringContaining(booked?.tracking ?? "-") });
    await bob.move(id, "delivered");
    await ends(place, guest, id, "delivered", "captured");
    expect(await bob.books(id)).toEqual(["booked", "shipped", "delivered"]);
    expect(follower.told.map(({ order }) => order.delivery?.carrier?.state)).toEqual(expect.arrayContaining(["asked", "booked", "shipped"]));
    expect(await until(() => place.events(guest, id), (events) => events.some(({ type }) => type === "mail-sent"))).toBeDefined();
    const ticket = (await place.tickets()).find(({ order }) => order === id);
    expect(ticket?.status ?? "closed").toMatch(/closed|handed-over|collected/);
    const ledger = await place.ask(place.staff, "GET", `/v1/orders/${id}/ledger`);
    expect(ledger.text).toContain(`carrier/${place.tenant}/bobs-post`);
    follower.close();
  });

  test("waits while the carrier is down, which all are told, and is booked once when it is back", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    await bob.faults(down);
    const [id, ...others] = await Promise.all([1, 2, 3].map(() => accepted(place, guest)));
    const silent = await until(carried(place, guest, id!), (carrier) => (carrier?.silentSince ?? null) !== null);
    expect(silent).toMatchObject({ state: "asked" });
    const open = await until(() => bob.view(), ({ breaker }) => breaker.state === "open");
    expect(open).toMatchObject({ trouble: "it answered 503", breaker: { failures: expect.any(Number), until: expect.any(String) }, bookings: { open: 3 } });
    expect(await bob.booking(id!)).toMatchObject({ status: "quoting", silent: true });
    await bob.faults();
    const seen = await until(carried(place, guest, id!), (carrier) => carrier?.state === "booked", 40_000);
    expect(seen).toMatchObject({ silentSince: null });
    for (const order of [id!, ...others]) {
      await until(() => bob.books(order), (kinds) => kinds.length > 0, 20_000);
      expect(await bob.books(order)).toEqual(["booked"]);
    }
    expect((await bob.view()).breaker).toEqual({ state: "closed", failures: 0, until: null });
  });

  test("is booked once by a carrier that acts and then loses its answers", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    // No callbacks: only asking again tells.
    await bob.faults({ calls: { seed: 3, loseAnswerRate: 0.4 }, callbacks: { copies: 0 } });
    const orders = await Promise.all([1, 2].map(() => accepted(place, guest)));
    for (const id of orders) {
      await until(carried(place, guest, id), (carrier) => carrier?.state === "booked", 45_000);
      expect(await bob.books(id)).toEqual(["booked"]);
    }
  });

  test("is booked once by a carrier that is slow, and often answers when nobody listens any more", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place, undefined, { answerWithin: "PT1S" })];
    const calls = { seed: 5, latencyMs: [100, 400], timeoutRate: 0.4, timeoutMs: 1_500 };
    await bob.faults({ calls, callbacks: { copies: 0 } });
    const id = await accepted(place, guest);
    await until(carried(place, guest, id), (carrier) => carrier?.state === "booked", 45_000);
    expect(await bob.books(id)).toEqual(["booked"]);
  });

  test("comes to the same end with callbacks doubled and backwards", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    await bob.faults({ callbacks: { copies: 2, order: "backwards" } });
    const id = await accepted(place, guest);
    await until(carried(place, guest, id), (carrier) => carrier?.state === "booked");
    for (const step of ["shipped", "delivered"] as const) await bob.move(id, step);
    const order = await ends(place, guest, id, "delivered", "captured");
    const steps = order.timeline.map(({ type }) => type);
    expect(steps.filter((type) => type === "picked-up" || type === "delivered")).toEqual(["picked-up", "delivered"]);
    expect((await bob.mails(email)).filter(({ subject }) => subject.endsWith("on its way"))).toHaveLength(1);
  });

  test("goes to the own drivers where the tenant allows it, once it is certain that nothing is booked", async () => {
    const place = await Restaurant.open(harness);
    const bob = await BobsPost.of(place, ["bobs-post", "own"], { requoteAfter: "PT4S" });
    const [guest, driver] = [await place.guest(), await DriverPhone.onShift(place, "Ida")];
    await bob.faults(down);
    const id = await accepted(place, guest);
    await until(carried(place, guest, id), (carrier) => carrier !== null);
    await driver.take(id, 20_000);
    await bob.faults();
    const { delivery } = await until(() => place.order(guest, id), (order) => order.delivery?.driver?.name === "Ida");
    expect(delivery).not.toHaveProperty("carrier");
    expect(await bob.booking(id)).toMatchObject({ status: "released", open: false });
    expect(await bob.books(id)).toEqual([]);
  });

  test("is taken back from the carrier when it is cancelled", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    const id = await accepted(place, guest);
    await until(() => bob.books(id), (kinds) => kinds.length === 1);
    await place.cancel(place.staff, id);
    await ends(place, guest, id, "cancelled", "refunded");
    await until(() => bob.books(id), (kinds) => kinds.at(-1) === "withdrawn");
    await until(() => bob.booking(id), (booking) => booking?.status === "called-off");
  });

  test("is given to another by staff: the carrier gives it back first, and neither has it twice", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    const driver = await DriverPhone.onShift(place, "Ida");
    const id = await accepted(place, guest);
    await until(() => bob.books(id), (kinds) => kinds.length === 1);
    const give = (who: Person, channel: string, key?: string) =>
      place.ask(who, "POST", `/v1/deliveries/${id}/channel`, { body: { channel }, ...(key === undefined ? {} : { key }) });
    expect((await give(guest, "own")).status).toBe(403);
    const nobody = await give(place.staff, "swift");
    expect([nobody.status, nobody.text]).toEqual([422, expect.stringContaining("/channel")]);
    const [once, again] = [await give(place.staff, "own", "to-ida-please"), await give(place.staff, "own", "to-ida-please")];
    expect([once.status, again.status, again.text]).toEqual([200, 200, once.text]);
    await driver.take(id, 20_000);
    await until(() => place.order(guest, id), (order) => order.delivery?.driver?.name === "Ida");
    expect(await bob.books(id)).toEqual(["booked", "withdrawn"]);
    expect(await bob.booking(id)).toMatchObject({ status: "released", open: false });
    const acts = await place.ask(place.admin, "GET", "/v1/audit");
    expect(acts.text.split(`/v1/deliveries/${id}/channel`)).toHaveLength(2);
    for (const button of ["start", "ready"]) await place.press(id, button);
    for (const button of ["arrive", "pickup"]) await driver.press(id, button);
    expect((await give(place.staff, "bobs-post")).status).toBe(409);
  });

  test("takes as much of the carrier's room as its dishes weigh: what is too much goes by others, or waits and says so", async () => {
    const place = await Restaurant.open(harness);
    await place.publish([dish("soup", 350), dish("platter", 9_000, { load: 5 })]);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place, ["bobs-post", "own"])];
    const agree = (channel: string, body: object) => place.ask(place.admin, "PUT", `/v1/delivery/channels/${channel}`, { body });
    expect((await agree("bobs-post", { capacity: 8 })).status).toBe(200);
    const want = async (item: string) => {
      const { id } = await place.place(guest, { ...byPost, lines: [{ item, quantity: 1 }] });
      await place.cook(id, "accept");
      return id;
    };
    const ranked = async () => {
      const reply = await place.ask(place.staff, "GET", "/v1/delivery/channels");
      return ChannelRanking.parse(JSON.parse(reply.text)).channels;
    };
    const channels = async () => Object.fromEntries((await ranked()).map(({ channel, used }) => [channel, used]));
    const names = (await ranked()).map(({ channel, name }) => [channel, name]);
    expect(Object.fromEntries(names)).toEqual({ "bobs-post": "Bob's Post", own: null });
    const standing = async (id: string) => {
      const reply = await place.ask(place.staff, "GET", "/v1/zones/main/dispatch");
      return DispatchView.parse(JSON.parse(reply.text)).deliveries.find(({ order }) => order === id);
    };
    const first = await want("platter");
    await until(carried(place, guest, first), (carrier) => carrier?.state === "booked");
    expect(await channels()).toEqual({ "bobs-post": 5, own: 0 });
    const second = await want("platter");
    await until(channels, ({ own }) => own === 5);
    const soup = await want("soup");
    await until(carried(place, guest, soup), (carrier) => carrier?.state === "booked");
    expect(await channels()).toEqual({ "bobs-post": 6, own: 5 });
    await agree("own", { capacity: 5 });
    // Whoever of the two is in it waits within the room there is, and the other is told from it.
    const third = await want("platter");
    const fallbacks = async () => (await Promise.all([standing(second), standing(third)])).map((one) => one?.channel?.fallback ?? null);
    expect(await until(fallbacks, (ones) => ones.includes("own-late"))).toContain(null);
    expect(await bob.books(second)).toEqual([]);
  });

  test("that is lost is paid back", async () => {
    const place = await Restaurant.open(harness);
    const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
    const id = await accepted(place, guest);
    await until(() => bob.books(id), (kinds) => kinds.length === 1);
    for (const step of ["shipped", "lost"] as const) await bob.move(id, step);
    const order = await ends(place, guest, id, "failed", "refunded");
    expect(order.end).toMatchObject({ reason: "delivery-failed", detail: "The carrier has lost it." });
  });
}); // prettier-ignore

test("a callback is believed only from who knows the secret, and only about what is booked", async () => {
  const place = await Restaurant.open(harness);
  const [guest, bob] = [await place.guest(), await BobsPost.of(place)];
  const id = await accepted(place, guest);
  const booking = await until(() => bob.booking(id), (one) => one?.status === "booked"); // prettier-ignore
  const at = new Date().toISOString();
  const parcel = { id: booking?.booking, reference: id, status: "delivered", pickupAt: at, dropoffAt: at };
  expect(await bob.callBack(parcel, "what-bob-shows-us-0124")).toBe(401);
  expect(await bob.callBack({ ...parcel, reference: "ord_none" })).toBe(404);
  expect(await bob.callBack({ ...parcel, id: "another" })).toBe(404);
  expect(await bob.callBack({ id: 7 })).toBe(422);
  expect(await bob.booking(id)).toMatchObject({ status: "booked" });
  expect(await bob.callBack(parcel)).toBe(204);
  expect(await bob.callBack(parcel)).toBe(204);
  await until(() => place.events(guest, id), (events) => events.some(({ type }) => type === "mail-sent")); // prettier-ignore
  await ends(place, guest, id, "delivered", "captured");
});

test("what a carrier may not be is refused, and its secrets are shown to nobody", async () => {
  const place = await Restaurant.open(harness);
  const bob = await BobsPost.of(place);
  const put = (id: string, body: object) => place.ask(place.admin, "PUT", `/v1/carriers/${id}`, { body });
  const url = "https://post.example.com/api";
  expect((await put("new", { name: "New", url })).status).toBe(422);
  for (const wrong of ["https://10.0.0.1/x", "ftp://post.example.com", "https://post.internal", "http://post.org/x"]) {
    expect([wrong, (await put("bobs-post", { name: "Bob", url: wrong })).status]).toEqual([wrong, 422]);
  }
  const changed = await bob.agree({ secret: undefined, callbackSecret: undefined, enabled: false });
  expect(changed.text).not.toMatch(/secret/i);
  const storage = await harness
    .worker("delivery")
    .getDurableObjectStorage("CARRIER", { name: `${place.tenant}/bobs-post` });
  const kept = JSON.stringify([await storage.exec("SELECT * FROM state"), await storage.exec("SELECT * FROM events")]);
  expect(kept).toContain("Bob's Post");
  expect(kept).not.toMatch(new RegExp(`${paymentSecret}|what-bob-shows-us`));
  await expect(place.configure({ channels: ["own", "anns-bikes"] })).rejects.toThrow("/channels/1");
  expect(await bob.view()).toMatchObject({ enabled: false, silentAfter: "PT2S", giveUpAfter: "PT192H" });
  expect((await place.ask(place.staff, "GET", "/v1/carriers")).status).toBe(403);
  const stranger = await Restaurant.open(harness);
  expect((await stranger.ask(stranger.admin, "GET", "/v1/carriers/bobs-post")).status).toBe(404);
  expect(JSON.parse((await stranger.ask(stranger.admin, "GET", "/v1/carriers")).text)).toEqual({ carriers: [] });
});

test("a carrier takes no cash: where nobody else brings anything, the customer is told at the checkout", async () => {
  const place = await Restaurant.open(harness);
  await BobsPost.of(place);
  const guest = await place.guest();
  const body = place.wanted({ fulfilment: "delivery", payment: "cash" });
  const reply = await place.ask(guest, "POST", "/v1/orders", { body });
  expect([reply.status, reply.text]).toEqual([422, expect.stringContaining("/checkout/payment/method")]);
});
