import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitOf, TokenBuckets } from "./token-bucket.ts";

const second = 1_000;

describe("a limit", () => {
  it("is written as requests and seconds", () => expect(limitOf("300/10")).toEqual({ quota: 300, seconds: 10 }));
  it("that is off, or cannot be read, is none", () => {
    for (const text of ["off", "", undefined, "0/10", "10/0", "10", "-1/10", "1e3/10", " 5/5"]) {
      expect(limitOf(text), text).toBeNull();
    }
  });
});

describe("a bucket", () => {
  it("lets the whole quota through at once, and then as much as flows in", () => {
    const buckets = new TokenBuckets({ quota: 10, seconds: 5 });
    const taken = Array.from({ length: 12 }, () => buckets.spend("ann", 0));
    expect(taken.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false, false]);
    expect(taken[0]).toEqual({ allowed: true, left: 9, fullIn: 1, retryIn: 0 });
    expect(taken[11]).toEqual({ allowed: false, left: 0, fullIn: 5, retryIn: 1 });
    expect(buckets.spend("ann", second).allowed).toBe(true);
  });

  it("is one's own: who has emptied theirs takes nothing from another", () => {
    const buckets = new TokenBuckets({ quota: 1, seconds: 10 });
    buckets.spend("ann", 0);
    expect([buckets.spend("ann", 0).allowed, buckets.spend("bob", 0).allowed]).toEqual([false, true]);
  });

  it("never lets more through than quota and flow together, at whatever pace it is asked", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: -50, max: 2_000 }), { maxLength: 300 }),
        (quota, seconds, steps) => {
          const buckets = new TokenBuckets({ quota, seconds });
          let now = 0;
          let latest = 0;
          let allowed = 0;
          for (const step of steps) {
            now += step;
            latest = Math.max(latest, now);
            const spent = buckets.spend("ann", now);
            allowed += Number(spent.allowed);
            expect(spent.allowed ? spent.retryIn === 0 : spent.retryIn >= 1).toBe(true);
            expect(spent.left).toBeLessThanOrEqual(quota);
          }
          expect(allowed).toBeLessThanOrEqual(quota + (latest / (seconds * second)) * quota + 1e-6);
        },
      ),
    );
  });

  it("of somebody made up is forgotten, and what is known stays bounded", () => {
    const buckets = new TokenBuckets({ quota: 5, seconds: 1 }, 100);
    for (let at = 0; at < 10_000; at += 1) {
      buckets.spend(`stranger ${at}`, at);
      buckets.spend("ann", 0);
    }
    expect(buckets.size).toBeLessThanOrEqual(200);
    expect(buckets.spend("ann", 0).allowed).toBe(false);
  });
});
