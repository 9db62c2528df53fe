import { describe, expect, it } from "vitest";
import { misfit, mutations, simulate } from "../../scripts/dst/mutation.ts";

/** A fault that takes more days than this to be noticed is not really looked for. */
const mostSeeds = 200;
const all = await mutations();
/** One for each part of the promise, quickly found; `npm run dst:mutations` looks for every one. */
const quick = [
  "acknowledges what it has not applied",
  "keeps no answers",
  "arms no alarm when it records",
  "forgets a call before its outcome is recorded",
  "gives the number of an acknowledged fact to the next",
  "gives the stock of an ended order back once more with its money",
  "asks for the capture again with every event",
  "does not wait for a fact that is missing before one that came early",
  "shows a viewer who comes back what it showed the first",
  "refunds nothing of what was captured before the cancellation",
];

describe("a planted fault", () => {
  it.each(all.map((mutation) => [mutation.does, mutation] as const))("fits the product: it %s", async (_, mutation) => {
    expect(await misfit(mutation)).toBeNull();
  });

  it.concurrent.each(quick)(
    "is shown by a day in town: a product that %s",
    async (does) => {
      const mutation = all.find((one) => one.does === does);
      expect(mutation).toBeDefined();
      const { status, output } = await simulate(
        ["--seeds", `${mostSeeds}`, "--failures", "1", "--jobs", "1"],
        mutation,
      );
      expect(output).toMatch(/^✗ /m);
      expect(status).toBe(1);
    },
    240_000,
  );
});
