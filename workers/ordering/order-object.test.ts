import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { guest, id, ordered, start } from "../../domain/order/story-for-tests.ts";
import { ObjectState } from "../shared/testing/object-state.ts";
import type { OrderingEnv } from "./env.ts";
import { OrderObject } from "./order-object.ts";

beforeEach(() => {
  vi.stubGlobal("WebSocketRequestResponsePair", class {});
  vi.spyOn(Date, "now").mockReturnValue(start);
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const viewer = { role: "customer", subject: guest, venues: null } as const;
const ask = { by: guest, key: null, fingerprint: null, traceparent: "" };

/** An order that is being placed, whose venue holds its stock until then (epoch ms), and answers when it is told to. */
function placing(reservedUntil: number) {
  const hold = Promise.withResolvers<{ reservedUntil: number }>();
  const env = { VENUE: { getByName: () => ({ hold: () => hold.promise }) } } as unknown as OrderingEnv;
  const order = new OrderObject(new ObjectState(`demo/${id}`).asState, env);
  const command = { type: "place", venue: "demo-1", fulfilment: "pickup", lines: [], order: ordered() } as const;
  const answer = order.place({ ...command, lines: [] }, ordered().demand, 1, ask, viewer);
  return { order, answer, answered: () => hold.resolve({ reservedUntil }) };
}

it("is not placed on a reservation of which it told the venue that it was not, though its own clock is behind", async () => {
  const until = start + 60_000;
  const { order, answer, answered } = placing(until);
  await Promise.resolve();
  expect(order.isPlaced(until)).toBe(false);
  answered();
  expect(await answer).toMatchObject({ refused: "conflict", detail: expect.stringContaining("given back") });
  expect(order.isPlaced()).toBe(false);
});

it("is placed on one that was made since, and on one that nobody asks about", async () => {
  const until = start + 60_000;
  const { order, answer, answered } = placing(until);
  expect(order.isPlaced(until - 1)).toBe(false);
  answered();
  expect(await answer).toMatchObject({ replayed: false });
  expect(order.isPlaced(until)).toBe(true);
});
