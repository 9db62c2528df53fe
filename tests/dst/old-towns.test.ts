import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Frozen } from "../../scripts/dst/frozen.ts";
import { goOn } from "../../scripts/dst/trial.ts";

const folder = join(import.meta.dirname, "old-towns");

/**
 * Each file is a town in the middle of its orders as the product of that day had stored it: rows, alarms, messages
 * under way, the provider's books. It is never written anew: today's product must get along with it.
 */
describe("a town that an earlier version has left in mid-order", () => {
  it.each(readdirSync(folder))(
    "is brought to its end by this one: %s",
    async (name) => {
      const frozen = JSON.parse(readFileSync(join(folder, name), "utf8")) as Frozen;
      for (let seed = 1; seed <= 15; seed += 1) {
        const { found, ends, orders } = await goOn(frozen, seed);
        expect(found, `seed ${seed}`).toEqual([]);
        expect(orders).toBeGreaterThan(frozen.customers.length);
        expect(ends.length).toBeGreaterThan(1);
      }
    },
    120_000,
  );
});
