import { describe, expect, it, vi } from "vitest";
import { Message } from "../../contracts/envelope.ts";
import { Acknowledgements } from "../../workers/shared/acknowledgements.ts";
import { Actor } from "../../workers/shared/actor.ts";
import { storeDeadLetters } from "../../workers/shared/dead-letters.ts";
import { consume } from "../../workers/shared/inbox.ts";
import { badDay, noFaults } from "./faults.ts";
import { busyHour, deadlyHour, orders } from "./hours.ts";
import { Town, type Frame } from "./town.ts";

const frame: Frame = { Acknowledgements, Actor, consume, storeDeadLetters };
const minute = 60_000;
const first = Number(process.env["FIRST_SEED"] ?? 1);
const seeds = Array.from({ length: Number(process.env["SEEDS"] ?? 30) }, (_, at) => first + at);

vi.spyOn(console, "info").mockReturnValue();
vi.spyOn(console, "error").mockReturnValue();

describe("actors in a bad world", () => {
  it.each(seeds)("lose nothing, double nothing and come to rest (seed %i)", async (seed) => {
    const town = new Town(frame, seed);
    await town.live(deadlyHour, badDay, 90 * minute);
    expect(town.faultsFound()).toEqual([]);
    expect(town.world.powerCuts).toBeGreaterThan(5);
  });

  it("does the same twice for the same seed", async () => {
    const times = [];
    for (const _ of [1, 2]) {
      const town = new Town(frame, 7);
      await town.live(deadlyHour, badDay, 90 * minute);
      times.push([
        town.world.clock.now,
        town.world.powerCuts,
        ...orders.map((order) => JSON.stringify(town.chat(order))),
      ]);
    }
    expect(times[0]).toEqual(times[1]);
  });

  it("send every fact once and ring every timer in time on a good day", async () => {
    const town = new Town(frame, 1);
    const sent: string[] = [];
    town.world.onSend = (_queue, body) => sent.push(...Message.parse(body).facts.map(({ id }) => id));
    await town.live((here) => (busyHour(here), here.poison.clear()), noFaults, 90 * minute);
    expect(town.faultsFound()).toEqual([]);
    expect(sent.length).toBeGreaterThan(20);
    expect(new Set(sent).size).toBe(sent.length);
    expect(town.latestRing()).toBeLessThanOrEqual(100);
    expect(Math.max(...town.payments.values())).toBe(1);
  });
});
