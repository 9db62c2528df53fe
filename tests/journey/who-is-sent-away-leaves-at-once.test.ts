import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startHarness, type Harness } from "../harness.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** A socket that has been told something. */
async function follow(path: string, who: Person): Promise<WebSocket> {
  const socket = new WebSocket(`${harness.baseUrl.replace("http", "ws")}${path}`, {
    headers: { authorization: `Bearer ${who.token}` },
  });
  await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
  return socket;
}

/** Waits for the close frame, and says its code. */
async function closed(socket: WebSocket): Promise<number> {
  const code = new Promise<number>((resolve) => socket.once("close", resolve));
  await until(
    () => socket.readyState,
    (state) => state !== WebSocket.OPEN,
    3_000,
  );
  // workerd itself leaves the connection open until the object sleeps.
  socket.terminate();
  return code;
}

describe.concurrent("whoever is sent away", () => {
  test("leaves the board, the orders and the deliveries at once; who is not, stays", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest, { fulfilment: "delivery" });
    await place.cook(id, "accept");
    await until(
      () => place.line(guest, id),
      (line) => line?.status === "accepted",
      20_000,
    );
    const tablet = await place.client("staff", { venues: [place.venue] });
    const board = `/v1/venues/${place.venue}/kitchen/live`;
    await until(
      () => place.ask(place.staff, "GET", `/v1/deliveries/${id}`),
      ({ status }) => status === 200,
    );
    const [atBoard, atOrder, atDelivery, other] = await Promise.all([
      follow(board, tablet),
      follow(`/v1/orders/${id}/live`, tablet),
      follow(`/v1/deliveries/${id}/live`, tablet),
      follow(board, place.staff),
    ]);
    const gone = await place.ask(place.admin, "DELETE", `/v1/clients/${tablet.subject}`);
    expect(gone.status).toBe(204);
    expect(await Promise.all([atBoard, atOrder, atDelivery].map(closed))).toEqual([4401, 4401, 4401]);
    expect(other.readyState).toBe(WebSocket.OPEN);
    other.close();
    expect((await place.ask(tablet, "GET", `/v1/orders/${id}`)).status).toBe(401);
  });

  test("hears no more as a driver", async () => {
    const place = await Restaurant.open(harness);
    const made = await place.ask(place.admin, "POST", "/v1/clients", {
      body: { name: "Bob", role: "driver", driver: `bob-${randomUUID().slice(0, 8)}` },
    });
    const client: { id: string; secret: string } = JSON.parse(made.text);
    const driver = await place.signIn(client);
    const phone = await follow("/v1/drivers/me/live", driver);
    await place.ask(place.admin, "DELETE", `/v1/clients/${client.id}`);
    expect(await closed(phone)).toBe(4401);
  });

  test("hears no more of an order as the guest who signed out", async () => {
    const place = await Restaurant.open(harness);
    const guest = await place.guest();
    const { id } = await place.place(guest);
    await until(
      () => place.line(guest, id),
      (line) => line?.status === "sent",
      20_000,
    );
    const phone = await follow(`/v1/orders/${id}/live`, guest);
    await fetch(`${harness.baseUrl}/v1/oauth/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token: guest.token }),
    });
    expect(await closed(phone)).toBe(4401);
  });
});

test("a token that was revoked elsewhere a moment ago opens no socket here", async () => {
  const place = await Restaurant.open(harness);
  const tablet = await place.client("staff", { venues: [place.venue] });
  const board = `/v1/venues/${place.venue}/kitchen`;
  (await follow(`${board}/live`, tablet)).terminate();
  // As another isolate does: this one has not looked since.
  const { DB } = await harness.worker("ordering").getEnv();
  await DB.prepare("INSERT INTO revocations (id, tenant, expires_at) VALUES (?, ?, ?)")
    .bind(tablet.subject, place.tenant, Date.now() + 600_000)
    .run();
  await expect(follow(`${board}/live`, tablet)).rejects.toThrow("401");
});
