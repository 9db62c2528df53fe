import { z } from "zod";
import { OrderId, VenueId } from "./ids.ts";

/** A language tag (BCP 47), of which the first part counts: `de`, `en-GB`. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/, "a language tag such as de or en-GB");

/** What somebody wants to be told of: how an order goes, or tickets of a venue that nobody looks at. */
export const PushTopic = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("order"), order: OrderId }),
    z.strictObject({ kind: z.literal("venue"), venue: VenueId }),
  ])
  .meta({ id: "PushTopic" });
export type PushTopic = z.infer<typeof PushTopic>;

/** The push service's own address for one browser. */
const Endpoint = z.string().min(1).max(1_000);

/** What a browser's `PushSubscription` says of itself, in base64url as it gives it, and what it is to be told of. */
export const NewSubscription = z
  .strictObject({
    endpoint: Endpoint,
    keys: z.strictObject({
      /** A point of the curve P-256, uncompressed: 65 bytes. */
      p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}$/, "65 bytes in base64url"),
      auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/, "16 bytes in base64url"),
    }),
    topic: PushTopic,
    /** In which language to be told; left out: as the request's Accept-Language says, else as the order's, else in English. */
    language: Language.optional(),
  })
  .meta({ id: "NewSubscription" });
export type NewSubscription = z.infer<typeof NewSubscription>;

export const SubscriptionView = z.object({ id: z.string(), topic: PushTopic }).meta({ id: "PushSubscription" });

export const EndedSubscription = z.strictObject({ endpoint: Endpoint });

/**
 * What a push brings, for the service worker to show: a newer one with the same `tag` takes the place of an older one.
 * `url` is a page of this origin.
 */
export const PushMessage = z.object({ title: z.string(), body: z.string(), url: z.string(), tag: z.string() });
export type PushMessage = z.infer<typeof PushMessage>;

/** How a push service is to treat a push (RFC 8030): for how long to keep it (ms), how much it matters, what it replaces. */
export const Pushed = z.object({
  subscription: z.string(),
  message: PushMessage,
  ttlMs: z.int(),
  urgency: z.enum(["normal", "high"]),
  topic: z.string(),
  /** Not to be tried any more after then (epoch ms). */
  until: z.int(),
});
export type Pushed = z.infer<typeof Pushed>;

/** How a push ended for good. `gone`: the browser does not want any more of them. */
export type PushEnd =
  | { readonly result: "sent" }
  | { readonly result: "gone" }
  | { readonly result: "failed"; readonly detail: string };
