import { expect, it } from "vitest";
import { dayAt, daysLater, startOfDay } from "./days.ts";

const iso = (day: string, zone: string) => new Date(startOfDay(day, zone)).toISOString();

it("a day begins at midnight on the venue's wall", () => {
  expect(iso("2026-11-21", "Europe/Berlin")).toBe("2026-11-20T23:00:00.000Z");
  expect(iso("2026-07-01", "Europe/Berlin")).toBe("2026-06-30T22:00:00.000Z");
  expect(iso("2026-07-01", "Asia/Kathmandu")).toBe("2026-06-30T18:15:00.000Z");
  expect(iso("2026-07-01", "Pacific/Kiritimati")).toBe("2026-06-30T10:00:00.000Z");
});

it("where the clocks skip midnight it begins when they go on", () => {
  expect(iso("2026-04-24", "Africa/Cairo")).toBe("2026-04-23T22:00:00.000Z");
});

it("the day of an instant is the venue's, not the reader's", () => {
  expect(dayAt(Date.parse("2026-11-20T23:30:00Z"), "Europe/Berlin")).toBe("2026-11-21");
  expect(dayAt(Date.parse("2026-11-21T03:00:00Z"), "America/New_York")).toBe("2026-11-20");
});

it("a week has seven days, also when the clocks change", () => {
  expect(daysLater("2026-03-30", -7)).toBe("2026-03-23");
  expect(daysLater("2026-12-31", 1)).toBe("2027-01-01");
});
