import { describe, expect, it, vi } from "vitest";
import type { Address } from "../../contracts/address.ts";
import { Actor } from "../../workers/shared/actor.ts";
import { storeDeadLetters } from "../../workers/shared/dead-letters.ts";
import { consume } from "../../workers/shared/inbox.ts";
import { badDay, noFaults } from "./faults.ts";
import { Town, type Frame } from "./town.ts";

const frame: Frame = { Actor, consume, storeDeadLetters };
const minute = 60_000;
const orders: Address[] = ["order/t/1", "order/t/2", "order/t/3"];
const others: Address[] = ["board/t/k", "venue/t/v"];

vi.spyOn(console, "info").mockReturnValue();
vi.spyOn(console, "error").mockReturnValue();

/** A busy hour: everybody talks to everybody, pays, and wants to be woken. */
function busyHour(town: Town): void {
  const { clock } = town.world;
  const all = [...orders, ...others];
  for (let n = 1; n <= 60; n += 1) {
    const at = clock.now + clock.chance.upTo(60 * minute);
    const from = clock.chance.of(all);
    const to = clock.chance.of(all.filter((other) => other !== from && [from, other].some((one) => one.startsWith("order"))));
    const text = `${clock.chance.of(["word", "word", "echo", "ignore"])} ${n}`;
    clock.at(at, () => void town.insist(from, { type: "say", to, text }));
    if (n % 4 === 0) clock.at(at, () => void town.insist(from, { type: "pay", text: `bill ${n}` }));
    const due = at + clock.chance.upTo(20 * minute);
    if (n % 5 === 0) clock.at(at, () => void town.insist(from, { type: "wake-me", name: `timer ${n}`, at: due }));
    if (n % 9 === 0) town.poison.add(text);
  }
}

/** The same, and three times the process dies. */
function deadlyHour(town: Town): void {
  busyHour(town);
  for (const at of [11, 29, 47]) town.world.clock.in(at * minute, () => town.world.kill());
}

describe("actors in a bad world", () => {
  it.each(Array.from({ length: 40 }, (_, at) => at + 1))(
    "lose nothing, double nothing and come to rest (seed %i)",
    async (seed) => {
      const town = new Town(frame, seed);
      await town.live(deadlyHour, badDay, 90 * minute);
      expect(town.faultsFound()).toEqual([]);
      expect(town.world.powerCuts).toBeGreaterThan(5);
    },
  );

  it("does the same twice for the same seed", async () => {
    const times = [];
    for (const _ of [1, 2]) {
      const town = new Town(frame, 7);
      await town.live(deadlyHour, badDay, 90 * minute);
      times.push([town.world.clock.now, town.world.powerCuts, ...orders.map((order) => JSON.stringify(town.chat(order)))]);
    }
    expect(times[0]).toEqual(times[1]);
  });
});
