import { describe, expect, it } from "vitest";
import { faultsToPlant } from "./faults-to-plant.ts";
import { simulate } from "./planted.ts";

/** A fault that takes more days than this to be noticed is not really looked for. */
const mostSeeds = 200;

describe("a day in town", () => {
  it.concurrent.each(Object.keys(faultsToPlant))("shows a product that %s", async (name) => {
    const { status, output } = await simulate(
      ["--seeds", `${mostSeeds}`, "--failures", "1", "--jobs", "1"],
      faultsToPlant[name],
    );
    expect(output).toMatch(/^✗ /m);
    expect(status).toBe(1);
  });
});
