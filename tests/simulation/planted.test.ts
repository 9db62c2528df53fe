import { describe, expect, it, vi } from "vitest";
import { badDay } from "./faults.ts";
import { deadlyHour } from "./hours.ts";
import { frameWith, type Fault } from "./planted.ts";
import { Town } from "./town.ts";

vi.spyOn(console, "info").mockReturnValue();
vi.spyOn(console, "error").mockReturnValue();

const minute = 60_000;
const mostSeeds = 20;

const planted: Record<string, Fault> = {
  "acknowledges what it has not applied": {
    file: "actor.ts",
    of: "upTo: this.outbox.appliedOf(from)",
    instead: "upTo: Math.max(...(senders.get(from) ?? []).map((fact) => fact.sequence))",
  },
  "deletes facts nobody has acknowledged": {
    file: "outbox.ts",
    of: '"DELETE FROM outbox WHERE peer = ? AND sequence <= ?", to, stream.acked',
    instead: '"DELETE FROM outbox WHERE peer = ?", to',
  },
  "marks a fact as applied in a transaction of its own": {
    file: "actor.ts",
    of: "else this.record(events, { by, origin }, traceparent, now, also);",
    instead: "else this.record(events, { by, origin }, traceparent, now, () => {});\n    this.memory.write(also);",
  },
  "writes without a transaction": {
    file: "storage.ts",
    of: "return this.storage.transactionSync(() => {",
    instead: "return ((work: () => T) => work())(() => {",
  },
  "arms no alarm when it records": {
    file: "actor.ts",
    of: "    this.armFor(",
    instead: "    if (seq < 0) this.armFor(",
  },
  "does not notice that its alarm went off": { file: "actor.ts", of: "    this.timers.rang();\n", instead: "" },
  "forgets a call before its outcome is recorded": {
    file: "actor.ts",
    of: "    await this.effects.attempt<Command>(",
    instead: "    this.effects.settle(key);\n    await this.effects.attempt<Command>(",
  },
  "keeps its answers in another transaction than their events": {
    file: "actor.ts",
    of: "else this.record(events, { by: ask.by }, ask.traceparent, now, keep);",
    instead:
      "else {\n      this.record(events, { by: ask.by }, ask.traceparent, now, () => {});\n      this.memory.write(() => keep(this.state));\n    }",
  },
  "chains each event to nothing": {
    file: "actor.ts",
    of: "hash = chained(hash, body)",
    instead: 'hash = chained("", body)',
  },
  "numbers its facts from 0": {
    file: "link.ts",
    of: "sent: stream.sent + count,",
    instead: "sent: stream.sent + count - 1,",
  },
  "drops what a poisoned stream holds": {
    file: "link.ts",
    of: "if (item === undefined) break;",
    instead: "if (item === undefined && waiting.size === 0) break;\n    if (item === undefined) continue;",
  },
  "does not close dead letters": {
    file: "dead-letters.ts",
    of: "if (old.length === 0) return;",
    instead: "if (old.length >= 0) return;",
  },
  "thinks a fact handled whose handling threw": {
    file: "outbox.ts",
    of: "        this.drop(envelope);\n",
    instead: "        this.storage.write(() => this.markApplied(envelope, Date.now()));\n",
  },
};

describe("the simulation", () => {
  it.each(Object.keys(planted))("finds an actor that %s", async (name) => {
    const fault = planted[name];
    if (fault === undefined) return;
    const frame = await frameWith(fault);
    let found: string[] = [];
    for (let seed = 1; seed <= mostSeeds && found.length === 0; seed += 1) {
      const town = new Town(frame, seed);
      await town.live(deadlyHour, badDay, 90 * minute);
      found = town.faultsFound();
    }
    expect(found).not.toEqual([]);
  });
});
