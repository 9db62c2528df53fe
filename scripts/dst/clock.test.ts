import { expect, it } from "vitest";
import { Clock } from "./clock.ts";

it("a clock keeps appointments by their time, and by their making where the time is the same", async () => {
  const clock = new Clock(0);
  const kept: string[] = [];
  const keep = (what: string) => () => kept.push(`${what} at ${clock.now}`);
  for (const [n, at] of [7, 3, 9, 3, 1, 8, 3, 5].entries()) clock.at(at, keep(`${n}`));
  clock.in(2, () => clock.in(0, keep("soon")));
  expect(await clock.run(100)).toBe(true);
  expect(kept).toEqual(["4 at 1", "soon at 2", "1 at 3", "3 at 3", "6 at 3", "7 at 5", "0 at 7", "5 at 8", "2 at 9"]);
});

it("a clock rests when only what goes on for ever is left, and says when it had to be stopped", async () => {
  const clock = new Clock(0);
  let ticks = 0;
  const tick = (): void => {
    ticks += 1;
    clock.inBackground(10, tick);
  };
  tick();
  clock.in(25, () => {});
  expect(await clock.run(1_000)).toBe(true);
  expect([clock.now, ticks]).toEqual([25, 3]);
  clock.in(5_000, () => {});
  expect(await clock.run(1_000)).toBe(false);
});

it("time stands while anything works", async () => {
  const clock = new Clock(0);
  const seen: number[] = [];
  clock.in(10, async () => {
    for (let n = 0; n < 50; n += 1) await Promise.resolve();
    seen.push(clock.now);
  });
  clock.in(11, () => seen.push(clock.now));
  await clock.run(100);
  expect(seen).toEqual([10, 11]);
});
