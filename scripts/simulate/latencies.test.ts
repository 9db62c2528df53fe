import { expect, test } from "vitest";
import { Latencies, percentilesOf } from "./latencies.ts";

test("percentiles are by nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentilesOf(hundred)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
});

test("of a single time all are that time, of none all are zero", () => {
  expect(percentilesOf([7.123])).toEqual({ count: 1, p50: 7.12, p95: 7.12, p99: 7.12, max: 7.12 });
  expect(percentilesOf([])).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
});

test("times are kept by name", () => {
  const latencies = new Latencies();
  latencies.add("place", 3);
  latencies.add("place", 1);
  latencies.add("status", 2);
  expect(Object.entries(latencies.summary()).map(([name, { count, max }]) => [name, count, max])).toEqual([
    ["place", 2, 3],
    ["status", 1, 2],
  ]);
});
