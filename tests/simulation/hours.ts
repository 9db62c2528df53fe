import type { Address } from "../../contracts/address.ts";
import type { Town } from "./town.ts";

const minute = 60_000;
export const orders: Address[] = ["order/t/1", "order/t/2", "order/t/3"];
const others: Address[] = ["board/t/k", "venue/t/v"];

/** A busy hour: everybody talks to everybody, pays, and wants to be woken; some of what is said is hard to swallow. */
export function busyHour(town: Town): void {
  const { clock } = town.world;
  const all = [...orders, ...others];
  let from = clock.chance.of(all);
  let rush = clock.now;
  for (let n = 1; n <= 90; n += 1) {
    // Rushes of six by one actor: facts of one stream must be on their way together.
    if (n % 6 === 0) {
      from = clock.chance.of(all);
      rush = clock.now + clock.chance.upTo(60 * minute);
    }
    const at = rush + clock.chance.upTo(3_000);
    const to = clock.chance.of(
      all.filter((other) => other !== from && [from, other].some((one) => one.startsWith("order"))),
    );
    const text = `${clock.chance.of(["word", "word", "echo", "ignore"])} ${n}`;
    clock.at(at, () => void town.insist(from, { type: "say", to, text }));
    if (n % 4 === 0) clock.at(at, () => void town.insist(from, { type: "pay", text: `bill ${n}` }));
    const due = at + clock.chance.upTo(20 * minute);
    if (n % 5 === 0) clock.at(at, () => void town.insist(from, { type: "wake-me", name: `timer ${n}`, at: due }));
    if (n % 9 === 0) town.poison.add(text);
  }
}

/** The same, and three times the process dies. */
export function deadlyHour(town: Town): void {
  busyHour(town);
  for (const at of [11, 29, 47]) town.world.clock.in(at * minute, () => town.world.kill());
}
