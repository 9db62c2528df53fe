import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../project.ts";
import { broken } from "./checker.ts";
import { figuresOf } from "./figures.ts";
import { readInstance } from "./instance.ts";
import { matching, nearestDriver } from "./policy.ts";
import { clickToDoorByDay } from "./published.ts";
import { replay } from "./replay.ts";

const days = join(process.env["COMANDA_DATA"] ?? join(root, "..", "shared", "data"), "dispatch");
const day = "0r50t100s1p100";

test.skipIf(!existsSync(join(days, day)))(
  `a real day keeps the rules, and beats the published figure and whoever is nearest (needs the real data in ${days})`,
  () => {
    const instance = readInstance(days, day);
    const ours = replay(instance, "perfect", matching);
    expect(broken(instance, ours)).toEqual([]);
    const { undeliveredPct, clickToDoor } = figuresOf(instance, ours);
    expect(undeliveredPct).toBe(0);
    expect(clickToDoor).toBeLessThan(clickToDoorByDay[day]?.paper ?? 0);
    expect(clickToDoor).toBeLessThan(figuresOf(instance, replay(instance, "perfect", nearestDriver)).clickToDoor);
    const estimated = replay(instance, "estimated", matching);
    expect(broken(instance, estimated)).toEqual([]);
    expect(figuresOf(instance, estimated).undeliveredPct).toBe(0);
  },
);
