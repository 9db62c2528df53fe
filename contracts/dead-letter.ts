import { z } from "zod";

/** A dropped letter's fact is given up; until its tombstone has been applied, `closedAt` is null. */
export const LetterState = z.enum(["open", "closed", "dropped"]);
export type LetterState = z.infer<typeof LetterState>;

/** A fact that could not be handled: where it came from, where it was going, and what went wrong. */
export const DeadLetterView = z.object({
  id: z.string(),
  consumer: z.string(),
  sender: z.string(),
  receiver: z.string(),
  sequence: z.int(),
  type: z.string(),
  order: z.string(),
  error: z.string(),
  stack: z.string(),
  attempts: z.int(),
  state: LetterState,
  /** The fact as its sender wrote it. */
  envelope: z.unknown(),
  /** What it says instead, where somebody has edited it; null where nobody has. */
  edited: z.unknown(),
  firstAt: z.string(),
  lastAt: z.string(),
  closedAt: z.string().nullable(),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** What somebody did with a letter. */
export const LetterAct = z.object({
  at: z.string(),
  by: z.string(),
  act: z.enum(["edited", "redriven", "dropped"]),
  reason: z.string(),
});
export type LetterAct = z.infer<typeof LetterAct>;

/** A fact of the same stream that waits behind a letter. */
export const Blocked = z.object({
  sequence: z.int(),
  type: z.string(),
  order: z.string(),
  writtenAt: z.string(),
  /** Whether the receiver has it already, and holds it until its turn. */
  held: z.boolean(),
});

/** A letter's stream, as its two ends tell it at this moment. */
export const StreamView = z.object({
  /** Up to where the receiver has applied; null where it is no actor, or cannot be asked. */
  applied: z.int().nullable(),
  /** How often the sender has sent again since it last heard anything, and when it next will. */
  retransmissions: z.int(),
  nextAt: z.string().nullable(),
  /** The facts behind the letter, oldest first, at most 50. */
  blocks: z.array(Blocked),
  /** What of this could not be asked, and why. */
  unknown: z.array(z.string()),
});
export type StreamView = z.infer<typeof StreamView>;

export const DeadLetterDetail = DeadLetterView.extend({ stream: StreamView, acts: z.array(LetterAct) });
export type DeadLetterDetail = z.infer<typeof DeadLetterDetail>;

/** What a receiver would do with a fact if it came now; nothing was changed to find out. */
export const Rehearsal = z.discriminatedUnion("outcome", [
  /** These events would be recorded, these facts sent, these calls made; with none it is applied and changes nothing. */
  z.object({
    outcome: z.literal("applied"),
    events: z.array(z.string()),
    facts: z.array(z.object({ to: z.string(), type: z.string() })),
    calls: z.array(z.string()),
  }),
  /** The rules refuse it as too late or out of place: it counts as applied, and its stream goes on. */
  z.object({ outcome: z.literal("refused"), why: z.string() }),
  /** It would die again. */
  z.object({ outcome: z.literal("failing"), error: z.string() }),
  /** The receiver has had this number, and would drop it. */
  z.object({ outcome: z.literal("repeated"), applied: z.int() }),
  /** Its turn has not come: this number is next. */
  z.object({ outcome: z.literal("waiting"), next: z.int() }),
]);
export type Rehearsal = z.infer<typeof Rehearsal>;
