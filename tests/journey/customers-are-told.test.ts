import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startHarness, type Harness } from "../harness.ts";
import { DriverPhone } from "./driver-phone.ts";
import { ListeningBrowser } from "./listening-browser.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

const Mails = z.object({ mails: z.array(z.object({ to: z.string(), subject: z.string() })) });
const ada = { customer: { name: "Ada", phone: null, email: "ada@example.org" } };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function mailsTo(place: Restaurant): Promise<string[]> {
  const response = await fetch(`${harness.sandboxUrl}/mailbox?account=${place.tenant}`);
  return Mails.parse(await response.json()).mails.map(({ subject }) => subject);
}

/** Makes the push service misbehave, for this restaurant only. */
async function pushFault(place: Restaurant, push?: object): Promise<void> {
  const headers = { "content-type": "application/json", "x-account": place.tenant };
  const body = JSON.stringify(push === undefined ? {} : { push });
  expect((await fetch(`${harness.sandboxUrl}/faults`, { method: "PUT", headers, body })).status).toBe(200);
}

test.concurrent("a browser is told how its order goes, in words only it can read, and no mail says the same", async () => {
  const place = await Restaurant.open(harness);
  const driver = await DriverPhone.onShift(place, "Bob");
  const guest = await place.guest();
  const { id, code } = await place.place(guest, { ...ada, fulfilment: "delivery" });
  const browser = new ListeningBrowser(place);
  await browser.listen(guest, { kind: "order", order: id });
  await place.cook(id, "accept", "start", "ready");
  await driver.take(id);
  await driver.press(id, "pickup");
  // At the door.
  await driver.place.ask(driver.person, "POST", "/v1/drivers/me/position", { body: { lat: 52.5375, lng: 13.4097 } });
  await browser.hears(3);
  const pin = (await place.order(guest, id)).delivery?.pin;
  await driver.press(id, "deliver", { pin });
  const told = await browser.hears(4);
  expect(told.map(({ title }) => title)).toEqual([
    `Tasca has accepted your order ${code}`,
    `Your order ${code} is on its way`,
    `Your order ${code} is almost there`,
    `Your order ${code} is with you`,
  ]);
  expect(told[0]?.body).toMatch(/^It will be ready about \d\d:\d\d\.$/);
  expect(told[2]).toMatchObject({
    url: `/${place.tenant}/orders/${id}`,
    tag: id,
    topic: id,
    ttl: 600,
    urgency: "high",
  });
  expect(new Set(told.map(({ key }) => key)).size).toBe(4);
  expect(await mailsTo(place)).toEqual([]);
  const log = JSON.stringify(await place.events(place.admin, id));
  expect(log).toContain("push-sent");
  expect(log).not.toContain(browser.name);
});

test.concurrent("a browser that is gone is asked no more, and what matters is written instead", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const { id, code } = await place.place(guest, ada);
  const browser = new ListeningBrowser(place);
  await browser.listen(guest, { kind: "order", order: id });
  await browser.leave();
  await place.cook(id, "accept");
  await until(
    () => mailsTo(place),
    (mails) => mails.includes(`Tasca has accepted your order ${code}`),
  );
  const failed = (await place.events(place.admin, id)).filter(({ type }) => type === "push-failed");
  expect(failed.map(({ body }) => JSON.parse(body))).toMatchObject([{ gone: true, about: "accepted" }]);
  await place.cancel(place.staff, id, { reason: "staff-cancelled" });
  await until(
    () => mailsTo(place),
    (mails) => mails[0] === `Your order ${code} is cancelled`,
  );
  expect(await browser.told()).toEqual([]);
});

test.concurrent("a push service that is down, or loses its answers, is asked again until it has taken it", async () => {
  const place = await Restaurant.open(harness);
  const guest = await place.guest();
  const { id } = await place.place(guest, ada);
  const browser = new ListeningBrowser(place);
  await browser.listen(guest, { kind: "order", order: id }, { language: "de" });
  await pushFault(place, { errorRate: 1, errorStatus: 429 });
  await place.cook(id, "accept");
  await wait(1_000);
  expect(await browser.told()).toEqual([]);
  await pushFault(place, { loseAnswerRate: 1 });
  await browser.hears(1, 20_000);
  // The object goes down with the call half made; whoever wakes it finds what is owed.
  const orders = harness.worker("ordering");
  await orders.evictDurableObject("ORDER", { name: `${place.tenant}/${id}`, webSockets: "hibernate" }).catch(() => {});
  await pushFault(place);
  await until(
    () => place.events(place.admin, id),
    (events) => events.some(({ type }) => type === "push-sent"),
    20_000,
  );
  const told = await browser.told();
  // However often it came: one message, which a newer one with its tag would replace.
  expect(new Set(told.map(({ key, title, tag }) => `${key} ${title} ${tag}`)).size).toBe(1);
  expect(told[0]?.title).toContain("hat Bestellung");
  expect(await mailsTo(place)).toEqual([]);
});

test.concurrent("nobody is told of what is not theirs, and nothing is sent where nothing may be sent", async () => {
  const [place, rival] = await Promise.all([Restaurant.open(harness), Restaurant.open(harness)]);
  const [guest, other] = await Promise.all([place.guest(), place.guest()]);
  const { id } = await place.place(guest);
  const order = { kind: "order", order: id };
  const venue = { kind: "venue", venue: place.venue };
  const browser = new ListeningBrowser(place);
  for (const [who, topic] of [[other, order], [rival.admin, order], [place.staff, order], [guest, venue], [rival.admin, venue]] as const) {
    expect((await browser.subscribe(who, topic)).status).toBe(404);
  } // prettier-ignore
  for (const [pointer, more] of [
    ["/endpoint", { endpoint: "https://10.0.0.1/push" }],
    ["/endpoint", { endpoint: "https://metadata.google.internal/x" }],
    ["/endpoint", { endpoint: "http://fcm.googleapis.com/x" }],
    ["/endpoint", { endpoint: "not a url" }],
    ["/keys/p256dh", { keys: { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) } }],
    ["/keys/auth", { keys: { p256dh: `B${"A".repeat(86)}`, auth: "short" } }],
    ["/topic/order", { topic: { kind: "order", order: "ord_1" } }],
  ] as const) {
    const reply = await browser.subscribe(guest, order, more);
    expect([reply.status, JSON.parse(reply.text).errors[0].pointer]).toEqual([422, pointer]);
  }
  for (let more = 0; more < 5; more += 1) await new ListeningBrowser(place).listen(guest, order);
  expect((await browser.subscribe(guest, order)).status).toBe(409);

  // Told no more: whoever has subscribed says so, and nobody else can.
  const owner = new ListeningBrowser(place);
  await owner.listen(place.admin, venue);
  const body = { endpoint: owner.endpoint };
  const end = async (who: typeof guest) =>
    JSON.parse((await place.ask(who, "DELETE", "/v1/push/subscriptions", { body })).text);
  expect(await end(guest)).toEqual({ ended: 0 });
  expect(await end(rival.admin)).toEqual({ ended: 0 });
  expect(await end(place.admin)).toEqual({ ended: 1 });

  // Nor is whoever was sent away.
  const gone = await place.client("staff");
  await owner.listen(gone, venue);
  const token = new URLSearchParams({ token: gone.token });
  expect((await fetch(`${harness.baseUrl}/v1/oauth/revoke`, { method: "POST", body: token })).status).toBe(200);
  const { DB } = await harness.worker("ordering").getEnv();
  const listed = "SELECT count(*) AS n FROM push_topics WHERE tenant = ? AND kind = 'venue'";
  await until(
    () => DB.prepare(listed).bind(place.tenant).first<number>("n"),
    (left) => left === 0,
  );
});

test.concurrent("a ticket nobody shows is alarmed for on the board, and at last on the owner's phone", async () => {
  const place = await Restaurant.open(harness, { escalateAfter: ["PT5S", "PT6S", "PT7S"] });
  const owner = new ListeningBrowser(place);
  await owner.listen(place.admin, { kind: "venue", venue: place.venue }, { language: "de" });
  const guest = await place.guest();
  const unseen = await place.place(guest);
  const seen = await place.place(guest);
  await place.ticket(seen.id);
  await place.press(seen.id, "seen");
  const level = async (id: string) => (await place.tickets()).find(({ order }) => order === id)?.escalated ?? 0;
  await until(
    () => level(unseen.id),
    (now) => now >= 1,
  );
  const [told] = await owner.hears(1, 20_000);
  expect(told).toMatchObject({
    title: `Tasca: Bestellung ${unseen.code} sieht niemand`,
    url: `/kitchen?tenant=${place.tenant}`,
    urgency: "high",
  });
  expect(await level(unseen.id)).toBe(3);
  expect(await level(seen.id)).toBe(0);
  await place.press(unseen.id, "accept", { prepMinutes: 5 });
  expect(await level(unseen.id)).toBe(0);
  expect(await owner.told()).toHaveLength(1);
});

test.concurrent("when the alarm rises is checked when the venue says so", async () => {
  const place = await Restaurant.open(harness);
  const base = { name: "Tasca", timeZone: "Europe/Berlin", address: "Oderberger Straße 12, Berlin" };
  for (const escalateAfter of [
    ["PT15S"],
    ["PT1S", "PT20S", "PT30S"],
    ["PT30S", "PT20S", "PT60S"],
    ["15", "30", "60"],
  ]) {
    const reply = await place.ask(place.admin, "PUT", `/v1/venues/${place.venue}`, {
      body: { ...base, escalateAfter },
    });
    expect(reply.status, reply.text).toBe(422);
  }
});
