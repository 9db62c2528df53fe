import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { addressOf } from "../contracts/address.ts";
import { eventTypeOf, type Message } from "../contracts/envelope.ts";
import { root } from "../scripts/project.ts";
import { startHarness, type Harness } from "./harness.ts";
import { enclosed } from "./journey/facts.ts";
import { Restaurant } from "./journey/restaurant.ts";
import { until } from "./journey/until.ts";

const Line = z.looseObject({
  at: z.iso.datetime(),
  level: z.enum(["info", "error"]),
  message: z.string(),
  worker: z.enum(["ordering", "kitchen", "delivery"]),
  traceparent: z.string().regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/),
  order: z.string().nullable(),
  actor: z.string().nullable(),
});

let harness: Harness;
let place: Restaurant;
beforeAll(async () => {
  harness = await startHarness();
  place = await Restaurant.open(harness);
});
afterAll(() => harness.stop());

const lines = () => harness.logs().map((line) => Line.parse(JSON.parse(line)));
const order = `ord_${"7".repeat(26)}`;
const traceparent = `00-${"c".repeat(32)}-${"d".repeat(16)}-01`;

/** A fact the receiver's code cannot read: its consumer gives it up after 7 s. */
async function poison(kind: "board" | "zone"): Promise<void> {
  const { KITCHEN_INBOX, DELIVERY_INBOX } = await harness.worker("ordering").getEnv();
  const to = addressOf(kind, place.tenant, kind === "board" ? place.venue : "main");
  const type = kind === "board" ? "order.sent" : "delivery.requested";
  const fact = enclosed(addressOf("order", place.tenant, order), to, 1, eventTypeOf(type), { nothing: "of it" });
  const queue = kind === "board" ? KITCHEN_INBOX : DELIVERY_INBOX;
  await queue.send({ facts: [{ ...fact, traceparent }], acks: [] } satisfies Message);
}

describe("the log of all workers", () => {
  it("is one JSON object a line, each with worker, trace and order", async () => {
    const guest = await place.guest();
    await Promise.all([poison("board"), poison("zone")]);
    const { id } = await place.place(guest, { payment: "card_declined" });
    await place.reaches(guest, id, "cancelled");
    await until(lines, (all) => all.filter(({ message }) => message === "dead letter").length === 2, 30_000);
    expect(lines().length).toBeGreaterThanOrEqual(2);
  });

  it("says of what a fact did on whose trace and about which order, whichever worker it reached", () => {
    const letters = lines().filter(({ message }) => message === "dead letter");
    expect(letters.map(({ worker }) => worker).toSorted()).toEqual(["delivery", "kitchen"]);
    for (const letter of letters) expect(letter).toMatchObject({ order, traceparent });
  });

  it("has the trace of the request in the lines of the object it reached", async () => {
    const guest = await place.guest();
    const placed = await place.place(guest);
    await place.cook(placed.id, "accept");
    // Facts that come twice, or too late, say so: on the trace of whatever caused them.
    const [board, actor] = [addressOf("board", place.tenant, place.venue), addressOf("order", place.tenant, placed.id)];
    const late = enclosed(board, actor, 3, eventTypeOf("ticket.accepted"), { readyAt: Date.now(), by: "tablet" });
    const { ORDERING_INBOX } = await harness.worker("ordering").getEnv();
    await place.press(placed.id, "start");
    await place.cancel(place.staff, placed.id);
    await place.reaches(place.staff, placed.id, "cancelled");
    await ORDERING_INBOX.send({ facts: [4, 5].map((sequence) => ({ ...late, sequence, traceparent })), acks: [] });
    const without = (line: z.infer<typeof Line>) =>
      line.message === "news without effect" && line.traceparent === traceparent;
    const told = await until(lines, (all) => all.some(without));
    const actorName = `${place.tenant}/${placed.id}`;
    expect(told.find(without)).toMatchObject({ worker: "ordering", order: placed.id, actor: actorName });
  });
});

describe("the workers' code", () => {
  it("writes to the log by one way only", () => {
    const sources = globSync("workers/**/*.ts", {
      cwd: root,
      exclude: ["**/.wrangler/**", "**/*.test.ts", "**/testing/**"],
    });
    const others = sources.filter((path) => /\bconsole\./.test(readFileSync(join(root, path), "utf8")));
    expect(others).toEqual(["workers/shared/log.ts"]);
  });
});
