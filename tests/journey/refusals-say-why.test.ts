import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import { startHarness, type Harness } from "../harness.ts";
import { Restaurant, type Reply } from "./restaurant.ts";

let harness: Harness;
let place: Restaurant;
beforeAll(async () => {
  harness = await startHarness();
  place = await Restaurant.open(harness, { deliveryRadius: 2_000 });
});
afterAll(() => harness.stop());

function refusal({ status, text }: Reply) {
  const { type, errors = [] } = Problem.parse(JSON.parse(text));
  return { status, slug: type.split("/").at(-1), pointers: errors.map(({ pointer }) => pointer) };
}

describe("an address", () => {
  test("beyond the venue's delivery area is refused before anybody pays", async () => {
    const guest = await place.guest();
    const near = place.wanted({ fulfilment: "delivery" });
    const far = { ...near.checkout, address: { line1: "Marienplatz 1", city: "München", lat: 48.137, lng: 11.575 } };
    const refused = await place.ask(guest, "POST", "/v1/orders", { body: { ...near, checkout: far } });
    expect(refusal(refused)).toEqual({ status: 422, slug: "outside-area", pointers: ["/checkout/address"] });

    const { checkout: _, ...basket } = near;
    const { id } = z
      .object({ id: z.string() })
      .parse(JSON.parse((await place.ask(guest, "POST", "/v1/orders", { body: basket })).text));
    const placed = await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: far });
    expect(refusal(placed)).toEqual({ status: 422, slug: "outside-area", pointers: ["/address"] });
    expect(await place.books(id)).toEqual([]);
    expect((await place.ask(guest, "POST", `/v1/orders/${id}/place`, { body: near.checkout })).status).toBe(200);
  });

  test("is not taken for what is fetched", async () => {
    const wanted = place.wanted();
    const { address } = place.wanted({ fulfilment: "delivery" }).checkout;
    const body = { ...wanted, checkout: { ...wanted.checkout, address } };
    const refused = await place.ask(await place.guest(), "POST", "/v1/orders", { body });
    expect(refusal(refused)).toEqual({ status: 422, slug: "invalid-value", pointers: ["/checkout/address"] });
  });
});

describe("a query", () => {
  test("with a parameter that is not taken is refused by its name, whoever answers", async () => {
    const who = place.admin;
    for (const path of [
      `/v1/venues/${place.venue}`,
      `/v1/venues/${place.venue}/menu`,
      `/v1/tenants/${place.tenant}/venues`,
      "/v1/orders",
      "/v1/dead-letters",
      "/v1/clients",
      "/v1/devices",
      `/v1/venues/${place.venue}/kitchen/tickets`,
      "/v1/zones/main/deliveries",
    ]) {
      expect((await place.ask(who, "GET", path)).status, path).toBe(200);
      const refused = refusal(await place.ask(who, "GET", `${path}?nope=1`));
      expect(refused, path).toEqual({ status: 400, slug: "unknown-parameter", pointers: ["/query/nope"] });
    }
  });

  test("that names no orders is told what it lacks", async () => {
    const { status, text } = await place.ask(await place.guest(), "GET", "/v1/orders/statuses");
    expect([status, Problem.parse(JSON.parse(text)).errors]).toEqual([
      422,
      [{ pointer: "/query/id", detail: expect.stringContaining("id=ord_") }],
    ]);
  });
});

test("a request with two Idempotency-Keys is refused", async () => {
  const headers = new Headers({
    authorization: `Bearer ${(await place.guest()).token}`,
    "content-type": "application/json",
  });
  for (const key of ["a", "b"]) headers.append("idempotency-key", key);
  const body = JSON.stringify(place.wanted());
  const response = await fetch(`${harness.baseUrl}/v1/orders`, { method: "POST", headers, body });
  expect(response.status).toBe(400);
});

test("an end of a pause or of what is sold out is taken in any offset", async () => {
  const until = "2099-01-01T02:00:00+02:00";
  for (const [path, body] of [
    ["sold-out", { key: "soup", until }],
    ["pause", { until }],
  ] as const) {
    expect((await place.ask(place.staff, "POST", `/v1/venues/${place.venue}/${path}`, { body })).status, path).toBe(
      200,
    );
  }
  const { text } = await place.ask(place.staff, "POST", `/v1/venues/${place.venue}/resume`, { body: {} });
  expect(JSON.parse(text)).toMatchObject({ soldOut: ["soup"], paused: null });
});
