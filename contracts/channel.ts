import { z } from "zod";
import { Channel, ZoneId } from "./ids.ts";

/** How the channels of deliveries are chosen among, and how they do. Scores and their parts run from 0, the best, to 1. */

const weight = z.number().min(0).max(100);

/** What counts how much; only how they stand to each other matters. `turn`: the venue's own order of its channels. */
export const ChannelWeights = z
  .strictObject({ cost: weight, time: weight, quality: weight, turn: weight })
  .meta({ id: "ChannelWeights" });
export type ChannelWeights = z.infer<typeof ChannelWeights>;

/** What is agreed about a channel in a zone; what is left out stays as it is. */
export const ChannelTerms = z
  .strictObject({
    /**
     * So much at once and no more, in loads; null: any number. A delivery is one load, or where the menu gives things in
     * it a `load` of their own, the sum of these.
     */
    capacity: z.int().min(0).max(100_000).nullable(),
    /** What a delivery costs, in minor units, as long as nothing was paid; null: not known. */
    fee: z.int().min(0).max(10_000_000).nullable(),
  })
  .meta({ id: "ChannelTerms" });
export type ChannelTerms = z.infer<typeof ChannelTerms>;

export const ChannelView = z
  .object({
    channel: Channel,
    /** What the carrier is called; null: the own drivers, or a carrier the tenant does not have any more. */
    name: z.string().nullable(),
    /** From 1. Those that cannot be asked now come last. */
    rank: z.int().positive(),
    /** Why it stands there: `best`, `behind`, `full`, or that its breaker is open. */
    why: z.enum(["best", "behind", "full", "not-answering"]),
    score: z.object({ total: z.number(), cost: z.number(), time: z.number(), quality: z.number() }),
    breaker: z.enum(["closed", "open", "half-open"]),
    capacity: z.int().nullable(),
    /** What it has now, in loads, and what it can still take; null: any number. */
    used: z.int(),
    left: z.int().nullable(),
    fee: z.int().nullable(),
    /** Decayed averages, with what is supposed of somebody unknown: share brought, seconds, minor units a delivery. */
    expected: z.object({
      success: z.number(),
      latencySeconds: z.number(),
      latenessSeconds: z.number(),
      waySeconds: z.number(),
      cost: z.number().nullable(),
    }),
    /** How many deliveries this rests on, the older ones counting less. */
    observed: z.number(),
  })
  .meta({ id: "ChannelView" });
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelRanking = z
  .object({ zone: ZoneId, weights: ChannelWeights, channels: z.array(ChannelView), waiting: z.int() })
  .meta({ id: "ChannelRanking" });
export type ChannelRanking = z.infer<typeof ChannelRanking>;
