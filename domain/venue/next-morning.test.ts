import { describe, expect, test } from "vitest";
import { nextMorning } from "./next-morning.ts";

const next = (now: string, zone = "Europe/Berlin") => new Date(nextMorning(Date.parse(now), zone)).toISOString();

describe("what is sold out for today", () => {
  test("is back at five in the morning, by the clock on the wall", () => {
    expect(next("2026-11-21T17:30:20Z")).toBe("2026-11-22T04:00:00.000Z");
    expect(next("2026-11-21T23:30:00Z")).toBe("2026-11-22T04:00:00.000Z");
    expect(next("2026-11-22T03:59:59Z")).toBe("2026-11-22T04:00:00.000Z");
    expect(next("2026-11-22T04:00:00Z")).toBe("2026-11-23T04:00:00.000Z");
    expect(next("2026-11-21T17:30:00Z", "Asia/Kolkata")).toBe("2026-11-21T23:30:00.000Z");
  });

  test("is so, too, in the nights in which the clocks are changed", () => {
    expect(next("2026-10-24T20:00:00Z")).toBe("2026-10-25T04:00:00.000Z");
    expect(next("2026-03-28T20:00:00Z")).toBe("2026-03-29T03:00:00.000Z");
  });
});
