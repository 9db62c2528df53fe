import { beforeEach, describe, expect, it, vi } from "vitest";
import { Disk } from "./testing/disk.ts";
import { ObjectState } from "./testing/object-state.ts";
import { Timers } from "./timers.ts";

let disk: Disk;
let timers: Timers;

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  disk = new Disk();
  timers = new Timers(new ObjectState("t/a", disk).asState);
});

describe("named timers on one alarm", () => {
  it("move the alarm to an earlier time and never to a later one", () => {
    timers.arm(5_000);
    timers.arm(9_000);
    expect(disk.alarmAt).toBe(5_000);
    timers.arm(2_000);
    expect(disk.alarmAt).toBe(2_000);
    timers.arm(Infinity);
    expect(disk.alarmAt).toBe(2_000);
    timers.rang();
    timers.arm(9_000);
    expect(disk.alarmAt).toBe(9_000);
  });

  it("go off the most overdue first, and only those that are still due when it is their turn", () => {
    let deadlines: Record<string, number> = { second: 20, first: 10, called: 30, later: 99 };
    const fired: string[] = [];
    timers.fire(
      () => deadlines,
      50,
      (name) => {
        fired.push(name);
        const { [name]: _, ...rest } = deadlines;
        deadlines = rest;
        if (name === "second") delete deadlines["called"];
      },
    );
    expect(fired).toEqual(["first", "second"]);
    expect(timers.next(deadlines)).toBe(99);
  });

  it("are put off for a minute when they throw or change nothing, without holding up the others", () => {
    const deadlines: Record<string, number> = { throws: 10, idle: 20, good: 30 };
    const fired: string[] = [];
    const goOff = (name: string): void => {
      fired.push(name);
      if (name === "throws") throw new Error("a bug");
      if (name === "good") delete deadlines["good"];
    };
    timers.fire(() => deadlines, 1_000, goOff);
    expect(fired).toEqual(["throws", "idle", "good"]);
    expect(timers.next(deadlines)).toBe(61_000);
    timers.fire(() => deadlines, 2_000, goOff);
    expect(fired).toHaveLength(3);
    timers.fire(() => deadlines, 61_000, goOff);
    expect(fired.slice(3)).toEqual(["throws", "idle"]);
  });

  it("are not put off at a new time because they were at an old one", () => {
    timers.fire(
      () => ({ offer: 10 }),
      1_000,
      () => {},
    );
    expect(timers.next({ offer: 10 })).toBe(61_000);
    expect(timers.next({ offer: 5_000 })).toBe(5_000);
  });

  it("go off once an alarm, even one that sets itself anew in the past", () => {
    let at = 10;
    let times = 0;
    timers.fire(
      () => ({ round: at }),
      1_000,
      () => {
        times += 1;
        at += 1;
      },
    );
    expect(times).toBe(1);
    expect(timers.next({ round: at })).toBe(11);
  });
});
