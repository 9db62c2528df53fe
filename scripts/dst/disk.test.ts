import { beforeEach, describe, expect, it } from "vitest";
import { ActorStorage } from "../../workers/shared/storage.ts";
import { PowerCut } from "../../workers/shared/testing/disk.ts";
import { Disk, storageOn, type Current } from "./disk.ts";

let disk: Disk;
let stepsLeft = Infinity;
const current: Current = {
  step: (writes) => {
    if (stepsLeft <= 0 || (writes && --stepsLeft <= 0)) throw new PowerCut();
  },
};
const wake = (): ActorStorage => new ActorStorage(storageOn(disk, current, () => {}));
const write = (): void => {
  const memory = wake();
  memory.write(() => {
    memory.appendEvent(memory.tip().seq + 1, "{}", "");
    memory.putState("self", "{}");
  });
};
const events = (): unknown[] => disk.rows("SELECT seq FROM events ORDER BY seq");

beforeEach(() => {
  disk = new Disk();
  stepsLeft = Infinity;
});

describe("a disk", () => {
  it("has all of a write or nothing of it, wherever the power goes off", () => {
    const outcomes = new Set<string>();
    for (let steps = 1; steps < 30; steps += 1) {
      disk = new Disk();
      stepsLeft = steps;
      let isCut = false;
      try {
        write();
      } catch (error) {
        isCut = error instanceof PowerCut;
      }
      stepsLeft = Infinity;
      const states = disk.rows("SELECT key FROM state");
      expect(states.length).toBe(events().length);
      outcomes.add(`${isCut ? "cut" : "done"}, ${events().length} written`);
      write();
      expect(events().length).toBe(states.length + 1);
    }
    expect([...outcomes].toSorted()).toEqual(["cut, 0 written", "cut, 1 written", "done, 1 written"]);
  });

  it("that was emptied is as good as new, also where its tables were made in a write that was undone", () => {
    stepsLeft = 4;
    expect(write).toThrow(PowerCut);
    stepsLeft = Infinity;
    disk.empty();
    for (let life = 1; life <= 3; life += 1) {
      expect([disk.hasTables, wake().exists, events()]).toEqual([false, false, []]);
      write();
      write();
      expect(events()).toEqual([{ seq: 1 }, { seq: 2 }]);
      disk.empty();
    }
  });

  it("tells of the events of a write when it is done, and never of one that was undone", () => {
    const told: string[] = [];
    disk.onEvents = (events) => told.push(...events.map(({ body }) => body));
    write();
    expect(told).toEqual(["{}"]);
    stepsLeft = 4;
    expect(write).toThrow(PowerCut);
    expect(told).toEqual(["{}"]);
  });
});
