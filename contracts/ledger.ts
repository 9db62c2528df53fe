import { z } from "zod";
import { LetterState } from "./dead-letter.ts";

const instant = z.string();

/** Whether a figure was read from what is recorded, or worked out from it by how the machinery works. */
const Figure = z.object({ count: z.int(), how: z.enum(["counted", "estimated"]) });
export type Figure = z.infer<typeof Figure>;

/** One sending of a fact. The first goes right after its write and is not recorded: its time is that of the write. */
const Sending = z.object({ at: instant, how: z.enum(["first", "again"]) });

/** A fact on its way from one actor to another: outbox → queue or call → receiver → what followed there. */
export const Hop = z.object({
  /** Stream and sequence, as in its envelope. */
  id: z.string(),
  /** CloudEvents type; null where it was applied, but nothing followed that would tell. */
  type: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  sequence: z.int(),
  way: z.enum(["queue", "call"]),
  /** When it was written to its sender's outbox, by the sender's clock. */
  writtenAt: instant.nullable(),
  sent: z.array(Sending),
  applied: z.enum(["yes", "no", "unknown"]),
  /** When it was applied, by the receiver's clock; null where that left no event. */
  appliedAt: instant.nullable(),
  /** The events its receiver recorded because of it; empty where it changed nothing. */
  effect: z.array(z.string()),
  /** From the write to the application, in milliseconds. */
  handOffMs: z.int().nullable(),
  /** Whether its sender has heard that it was applied; null where that cannot be told. */
  acknowledged: z.boolean().nullable(),
  /** Its dead letter, where it has died. */
  letter: z
    .object({
      id: z.string(),
      state: LetterState,
      attempts: z.int(),
      error: z.string(),
      firstAt: instant,
      lastAt: instant,
    })
    .nullable(),
});
export type Hop = z.infer<typeof Hop>;

/** A call to the outside that the order asked for. */
export const Call = z.object({
  /** The Idempotency-Key of every attempt. */
  key: z.string(),
  kind: z.string(),
  askedAt: instant,
  attempts: z.int().nullable(),
  /** Null while it is owed. */
  endedAt: instant.nullable(),
  outcome: z.enum(["recorded", "owed", "without effect"]),
  /** The events its outcome was recorded as. */
  effect: z.array(z.string()),
  /** When it is next made, and what went wrong the last time. */
  nextAt: instant.nullable(),
  error: z.string().nullable(),
});
export type Call = z.infer<typeof Call>;

export const Ledger = z.object({
  order: z.string(),
  /** The number of the order's newest event. */
  seq: z.int(),
  facts: z.array(Hop),
  calls: z.array(Call),
  costs: z.object({
    /** What was asked of the order and changed it; what only read it leaves no trace. */
    commands: Figure,
    timers: Figure,
    /** Attempts at calls to the outside. */
    outsideRequests: Figure,
    /** Calls to actors that brought facts, or came to do what was asked. */
    actorRequests: Figure,
    queueMessages: Figure,
    acknowledgements: Figure,
    /** Three for each message: written, read, deleted. */
    queueOperations: Figure,
    events: Figure,
    rowsWritten: Figure,
    rowsRead: Figure,
  }),
  /** What this look at the ledger cost itself: actors asked, and rows read there. */
  look: z.object({ actors: z.int(), rowsRead: z.int() }),
  /** What could not be learned, and why. */
  unknown: z.array(z.string()),
});
export type Ledger = z.infer<typeof Ledger>;
