import { randomUUID } from "node:crypto";
import { z } from "zod";
import { factsAsSaid } from "../../contracts/facts-for-tests.ts";
import { jpeg } from "../../domain/delivery/photo-for-tests.ts";
import type { HttpConnection } from "../client/http-connection.ts";
import type { Known } from "./random-value.ts";
import type { Asker } from "./requests.ts";

/** Who sets the scene, and where: at a venue that the random requests themselves leave alone. */
export interface Stagehands {
  readonly guest: Asker;
  readonly admin: Asker;
  readonly phone: Asker;
}

const Made = z.looseObject({ id: z.string() });
const Code = z.object({ user_code: z.string() });
const venue = "fuzz-scene";
const carrier = "fuzz-post";
const ticket = "/v1/venues/{venue}/kitchen/tickets/{order}";
const delivery = "/v1/deliveries/{id}";
const menu = {
  comanda: "menu/1",
  currency: "EUR",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
  categories: [{ id: "all", name: { en: "All" }, items: ["soup"] }],
  items: [{ id: "soup", name: { en: "Soup" }, variations: [{ id: "bowl", name: { en: "Bowl" }, price: 400 }], groups: [] }],
  groups: [],
}; // prettier-ignore
const lines = [{ item: "soup", variation: "bowl", quantity: 2 }];
const customer = { name: "Fuzz", phone: "+4915112345678" };
const address = { line1: "Fuzz Street 1", city: "Berlin", lat: 52.51, lng: 13.4 };
const photo = Buffer.from(jpeg({ width: 64, height: 64, bytes: 9 })).toString("base64");

/**
 * Things in every state that a route asks about, made anew now and then, because what is served uses them up: each
 * by the route it is for, and by the name of the parameter or field that takes it. Endpoints hear of the venue `heard`; one of them is at
 * `listener`, where somebody answers.
 */
export async function sceneFor(
  connection: HttpConnection,
  by: Stagehands,
  heard: string,
  listener: string,
): Promise<Record<string, Known>> {
  const ask = async (as: Asker | null, method: string, path: string, body?: object): Promise<unknown> => {
    const headers = {
      ...(as === null || as.authorization === null ? {} : { authorization: as.authorization }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      "idempotency-key": randomUUID(),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const { status, text } = await connection.send({ method, path, headers, ...sent });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
    return text === "" ? null : JSON.parse(text);
  };
  /** What cannot be had after so many random changes is done without. */
  const some = async <T>(many: number, make: () => Promise<T>): Promise<T[]> => {
    const made = await Promise.allSettled(Array.from({ length: many }, make));
    return made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  };
  const place = async (fulfilment: "pickup" | "delivery"): Promise<string> => {
    const checkout = { customer, payment: { method: "card", token: "card_ok" }, ...(fulfilment === "delivery" ? { address } : {}) };
    return Made.parse(await ask(by.guest, "POST", "/v1/orders", { venue, fulfilment, lines, checkout })).id;
  }; // prettier-ignore
  const press = async (order: string, ...buttons: readonly string[]): Promise<string> => {
    for (const button of buttons) {
      const path = `/v1/venues/${venue}/kitchen/tickets/${order}/${button}`;
      await insist(() => ask(by.admin, "POST", path, button === "accept" ? { prepMinutes: 5 } : {}));
    }
    return order;
  };
  const cooked =
    (...buttons: readonly string[]) =>
    async () =>
      press(await place("pickup"), ...buttons);
  const driven = async (driver: string, ...buttons: readonly string[]): Promise<string> => {
    const order = await press(await place("delivery"), "accept");
    if (buttons.length > 0) await insist(() => ask(by.admin, "POST", `/v1/deliveries/${order}/assign`, { driver }));
    for (const button of buttons.slice(1)) await ask(by.phone, "POST", `/v1/deliveries/${order}/${button}`, button === "deliver" ? { photo } : {});
    return order;
  }; // prettier-ignore

  await ask(by.admin, "PUT", `/v1/venues/${venue}`, {
    name: "Scene",
    timeZone: "Europe/Berlin",
    address: "Here 1",
    point: { lat: 52.5, lng: 13.4 },
  });
  await ask(by.admin, "PUT", `/v1/venues/${venue}/menu`, menu); // prettier-ignore
  const agreed = {
    name: "Post",
    url: "http://127.0.0.1:9",
    secret: "what-we-say-to-them",
    callbackSecret: "what-they-say-to-us",
  };
  await some(1, () => ask(by.admin, "PUT", `/v1/carriers/${carrier}`, agreed)); // prettier-ignore
  const shift = { on: true, zone: "main", name: "Ada", vehicle: "bike", position: { lat: 52.5, lng: 13.4 } };
  await some(1, () => ask(by.phone, "POST", "/v1/drivers/me/shift", shift));

  const { id: driver } = Made.parse(await ask(by.phone, "GET", "/v1/drivers/me"));
  const baskets = await some(6, async () => Made.parse(await ask(by.guest, "POST", "/v1/orders", { venue, lines })).id);
  const [waiting, accepted, preparing, ready] = await Promise.all([
    some(6, () => place("pickup")),
    some(5, cooked("accept")),
    some(4, cooked("accept", "start")),
    some(4, cooked("accept", "start", "ready")),
  ]);
  const collected = await some(3, cooked("accept", "start", "ready", "handover"));
  const withdrawn = await some(2, async () => {
    const order = await press(await place("pickup"), "seen");
    await ask(by.guest, "POST", `/v1/orders/${order}/cancel`, {});
    return order;
  });
  const [asked, assigned, there, fetched, delivered] = [
    await some(3, () => driven(driver)),
    await some(4, () => driven(driver, "assign")),
    await some(2, () => driven(driver, "assign", "arrive")),
    await some(3, () => driven(driver, "assign", "arrive", "pickup")),
    await some(1, () => driven(driver, "assign", "arrive", "pickup", "deliver")),
  ];
  const hook = { url: "http://127.0.0.1:9/hook", venues: [heard] };
  await some(3, () => ask(by.admin, "POST", "/v1/webhooks", hook));
  const { endpoints: listening } = z
    .object({ endpoints: z.array(Made) })
    .parse(await ask(by.admin, "GET", "/v1/webhooks"));
  const endpoints = listening.map(({ id }) => id);
  const [endpoint = "", ...others] = endpoints; // prettier-ignore
  await some(1, () => ask(by.admin, "PUT", `/v1/webhooks/${endpoint}`, { ...hook, url: listener }));
  const tests = await some(
    2,
    async () => Made.parse(await ask(by.admin, "POST", `/v1/webhooks/${endpoint}/test`, {})).id,
  );
  const clients = await some(
    3,
    async () => Made.parse(await ask(by.admin, "POST", "/v1/clients", { name: "Fuzz", role: "staff" })).id,
  );
  const carried = await some(2, async () => {
    const order = await driven(driver, "assign");
    await ask(by.admin, "POST", `/v1/deliveries/${order}/channel`, { channel: carrier });
    return order;
  });
  await some(3, async () => {
    const { user_code } = Code.parse(await ask(null, "POST", "/v1/oauth/device_authorization", { tenant: "demo", kind: "tablet" }));
    await ask(by.admin, "POST", "/v1/devices/approve", { user_code, name: "Fuzz", venues: [venue] });
  }); // prettier-ignore
  let codesMade = 0;
  const codes = await some(16, async () => {
    const kind = codesMade++ % 2 === 0 ? "tablet" : "driver";
    return Code.parse(await ask(null, "POST", "/v1/oauth/device_authorization", { tenant: "demo", kind })).user_code;
  });

  const { deadLetters: letters } = z
    .object({ deadLetters: z.array(Made.extend({ order: z.string() })) })
    .parse(await ask(by.admin, "GET", "/v1/dead-letters"));
  const ofLetter: Known = {
    id: letters.map(({ id }) => id),
    data: letters.map(({ order }) => ({ ...factsAsSaid["order.sent"][0], order })),
  };
  const atBoard = (orders: readonly string[]): Known => ({ venue: [venue], order: orders, line: ["0"], lines: [[0]] });
  const ofDelivery = (orders: readonly string[]): Known => ({
    id: orders,
    driver: [driver],
    channel: ["own", carrier],
  });
  const ofEndpoint = (ids: readonly string[]): Known => ({
    endpoint: ids,
    report: tests,
    url: [hook.url],
    venues: [hook.venues],
  });
  const devices =
    z.object({ items: z.array(Made) }).safeParse(await ask(by.admin, "GET", "/v1/devices")).data?.items ?? [];
  return {
    "/v1/orders/{order}/lines": { order: baskets, lines: [lines] },
    "/v1/orders/{order}/place": { order: baskets, token: ["card_ok"], requestedFor: [null], address: [null] },
    "/v1/orders/{order}/refunds": { order: collected, amount: [1, 50], lines: [[{ line: 0, quantity: 1 }]] },
    "/v1/orders/{order}/proof": { order: delivered },
    "/v1/orders/{order}/personal-data": { order: collected },
    [`${ticket}/seen`]: atBoard(waiting),
    [`${ticket}/accept`]: atBoard(waiting),
    [`${ticket}/reject`]: atBoard(waiting.slice(2)),
    [`${ticket}/promise`]: atBoard(accepted),
    [`${ticket}/start`]: atBoard(accepted),
    [`${ticket}/ready`]: atBoard(preparing),
    [`${ticket}/recall`]: atBoard(ready),
    [`${ticket}/handover`]: atBoard(ready),
    [`${ticket}/acknowledge`]: atBoard(withdrawn),
    [`${ticket}/bump`]: atBoard(preparing),
    [`${ticket}/unbump`]: atBoard(preparing),
    [`${ticket}/lines/{line}/bump`]: atBoard(preparing),
    [`${ticket}/lines/{line}/unbump`]: atBoard(preparing),
    [delivery]: ofDelivery([...asked, ...assigned]),
    [`${delivery}/live`]: ofDelivery([...asked, ...assigned]),
    [`${delivery}/accept`]: ofDelivery(asked),
    [`${delivery}/decline`]: ofDelivery([...asked, ...assigned]),
    [`${delivery}/assign`]: ofDelivery(asked),
    [`${delivery}/channel`]: ofDelivery([...asked, ...assigned]),
    [`${delivery}/arrive`]: ofDelivery(assigned),
    [`${delivery}/pickup`]: ofDelivery([...assigned, ...there]),
    [`${delivery}/deliver`]: { ...ofDelivery(fetched), photo: [photo] },
    [`${delivery}/fail`]: ofDelivery(fetched),
    [`${delivery}/returned`]: ofDelivery(fetched),
    "/v1/webhooks": ofEndpoint(endpoints),
    "/v1/webhooks/{endpoint}": ofEndpoint(others),
    "/v1/webhooks/{endpoint}/secret": ofEndpoint(others),
    "/v1/webhooks/{endpoint}/test": ofEndpoint(endpoints),
    "/v1/webhooks/{endpoint}/replay": ofEndpoint([endpoint]),
    "/v1/webhooks/{endpoint}/reports": ofEndpoint([endpoint]),
    "/v1/webhooks/{endpoint}/reports/{report}": ofEndpoint([endpoint]),
    "/v1/webhooks/{endpoint}/reports/{report}/replay": ofEndpoint([endpoint]),
    "/v1/dead-letters/{id}": ofLetter,
    "/v1/dead-letters/{id}/dry-run": ofLetter,
    "/v1/dead-letters/{id}/data": ofLetter,
    "/v1/dead-letters/{id}/redrive": ofLetter,
    "/v1/dead-letters/{id}/drop": ofLetter,
    "/v1/clients/{id}": { id: clients.slice(1) },
    "/v1/clients/{id}/secret": { id: clients },
    // After ten wrong codes nobody is let in for ten minutes, so that there are many right ones.
    "/v1/devices/approve": { user_code: codes.slice(4), venues: [[venue]], station: [null] },
    "/v1/devices/deny": { user_code: codes.slice(0, 4) },
    "/v1/devices/{id}": { id: devices.map(({ id }) => id) },
    "/v1/carriers/{carrier}": { carrier: [carrier] },
    "/v1/carriers/{carrier}/bookings": { carrier: [carrier] },
    "/v1/tenants": { id: [`fuzz-${randomUUID().slice(0, 8)}`] },
    "/v1/tenants/{tenant}/carriers/{carrier}/callbacks": {
      carrier: [carrier],
      reference: carried,
      "x-carrier-secret": [agreed.callbackSecret],
    },
    "/v1/venues/{venue}/menu": { venue: [venue], ...Object.fromEntries(Object.entries(menu).map(([part, is]) => [part, [is]])) },
    "/v1/menus/import": { venue: [venue], "": [menu] },
    "/v1/venues/{venue}/menu/versions/{version}": { venue: [venue], version: ["1"] },
    "/v1/venues/{venue}/menu/document": { venue: [venue] },
    "/v1/push/subscriptions": {
      topic: [{ kind: "venue", venue }],
      endpoint: ["http://127.0.0.1:9/push"],
      // Those of RFC 8291's example.
      p256dh: ["BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"],
      auth: ["BTBZMqHH6r4Tts7J_aSIgg"],
    },
  }; // prettier-ignore
}

/** What follows another thing by way of a queue may be a moment late. */
async function insist(attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (tries >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * tries));
    }
  }
}
