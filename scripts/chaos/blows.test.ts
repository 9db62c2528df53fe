import { describe, expect, it } from "vitest";
import { blowsFrom, wordsOf } from "./blows.ts";

describe("the blows of a run", () => {
  it("are the same for the same seed, and others for another", () => {
    expect(blowsFrom("7", 60_000, 12)).toEqual(blowsFrom("7", 60_000, 12));
    expect(blowsFrom("7", 60_000, 12)).not.toEqual(blowsFrom("8", 60_000, 12));
  });

  it("are as many kills as asked for, in the order of their times and within the span", () => {
    const blows = blowsFrom("7", 60_000, 12);
    expect(blows.filter(({ kind }) => kind !== "fault")).toHaveLength(12);
    expect(blows.filter(({ kind }) => kind === "lone")).toHaveLength(2);
    expect(blows.filter(({ kind }) => kind === "fault")).toHaveLength(4);
    const times = blows.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((at) => at >= 3_000 && at <= 60_000)).toBe(true);
  });

  it("hit the product, the sandbox and both, and some hit twice in a row", () => {
    const blows = blowsFrom("7", 60_000, 60).flatMap((blow) => (blow.kind === "kill" ? [blow] : []));
    expect(new Set(blows.map(({ parts }) => parts.join(" ")))).toEqual(
      new Set(["product", "sandbox", "product sandbox"]),
    );
    expect(blows.some(({ againAfter }) => againAfter === null)).toBe(true);
    expect(blows.some(({ againAfter }) => againAfter !== null)).toBe(true);
  });

  it("kill runtimes alone of both parts, and have everybody outside misbehave", () => {
    const blows = blowsFrom("7", 60_000, 100);
    const lone = blows.flatMap((blow) => (blow.kind === "lone" ? [blow.part] : []));
    const peers = blows.flatMap((blow) => (blow.kind === "fault" ? [blow.peer] : []));
    expect(new Set(lone)).toEqual(new Set(["product", "sandbox"]));
    expect(new Set(peers)).toEqual(new Set(["provider", "mail", "carrier", "push"]));
  });

  it("never ask anybody for more faults than it has answers", () => {
    for (const blow of blowsFrom("7", 60_000, 200)) {
      if (blow.kind !== "fault") continue;
      const { errorRate = 0, timeoutRate = 0, loseAnswerRate = 0 } = blow.fault;
      expect(errorRate + timeoutRate + loseAnswerRate).toBeLessThanOrEqual(1);
    }
  });

  it("are told in words", () => {
    expect(wordsOf({ kind: "kill", at: 0, parts: ["product", "sandbox"], deadFor: 500, againAfter: 2_000 })).toBe(
      "killed product and sandbox, dead for 0.5 s, and again 2.0 s after its new start",
    );
    expect(wordsOf({ kind: "fault", at: 0, lasts: 4_000, peer: "provider", fault: { seed: 1, errorRate: 0.5 } })).toBe(
      'for 4.0 s the provider misbehaves: {"errorRate":0.5}',
    );
  });
});
