import { afterEach, expect, it } from "vitest";
import { byServer, hearDate } from "./server-clock.ts";

const minuteMs = 60_000;
const at = Date.parse("2026-11-22T18:00:00Z");
const said = (ms: number): string => new Date(ms).toUTCString();

afterEach(() => hearDate(said(at), at, at));

it("learns from an answer that this device's clock is ten minutes wrong, either way", () => {
  hearDate(said(at + 10 * minuteMs), at, at + 200);
  expect(Math.abs(byServer(at) - (at + 10 * minuteMs))).toBeLessThan(1_000);
  hearDate(said(at - 10 * minuteMs), at, at + 200);
  expect(Math.abs(byServer(at) - (at - 10 * minuteMs))).toBeLessThan(1_000);
});

it("takes a second for none, and learns nothing from an answer that says no time or was long on its way", () => {
  hearDate(said(at + 1_000), at, at + 100);
  expect(byServer(at)).toBe(at);
  hearDate(null, at, at);
  hearDate("yesterday", at, at);
  hearDate(said(at + minuteMs), at, at + 14_000);
  expect(byServer(at)).toBe(at);
});
