import { z } from "zod";
import { Address } from "./address.ts";
import { facts, type Fact, type FactType } from "./events.ts";
import { TenantId } from "./ids.ts";

/** How facts travel: each in an envelope that says its stream and its place there. */

const factTypes = Object.keys(facts) as [FactType, ...FactType[]];

/**
 * A fact in transit: a CloudEvents 1.0 event. `from → to` is its stream, `sequence` its place there, from 1;
 * `id` (stream and sequence) with `source` is the key by which a repetition is known.
 */
export const Envelope = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal("application/json"),
  data: z.unknown(),
  tenant: TenantId,
  from: Address,
  to: Address,
  sequence: z.int().positive(),
  correlationid: z.string(),
  causationid: z.string(),
  traceparent: z.string().optional(),
});
export type Envelope = z.infer<typeof Envelope> & { from: Address; to: Address };

/** `comanda.order.sent.v1` for `order.sent`. */
export function eventTypeOf(type: FactType): string {
  return `comanda.${type}.v1`;
}

/**
 * The fact an envelope carries. Throws on a type or a shape this code does not know: the message is then retried
 * and dead-lettered, and comes again after the deploy that knows it. Fields it does not know are passed over.
 */
export function factIn(envelope: Envelope): Fact {
  const type = factTypeOf(envelope);
  if (type === null) throw new Error(`unknown fact type ${envelope.type}`);
  return { type, data: facts[type].parse(envelope.data) } as Fact;
}

/** `order.sent` for an envelope's `comanda.order.sent.v1`; null where this code knows no such fact. */
export function factTypeOf(envelope: Pick<Envelope, "type">): FactType | null {
  return factTypes.find((known) => eventTypeOf(known) === envelope.type) ?? null;
}

/** The type of what takes the place of a fact that was given up: applied without effect, so that others have their turn. */
const tombstoneType = "comanda.tombstone.v1";

/** What takes the place of a fact in its stream once somebody has dropped it. */
export function tombstoneOf(envelope: Envelope): Envelope {
  return { ...envelope, type: tombstoneType, data: { type: envelope.type } };
}

export function isTombstone({ type }: Pick<Envelope, "type">): boolean {
  return type === tombstoneType;
}

/** Up to where a receiver has applied the stream `from → to`. */
export const Acknowledgement = z.object({ from: Address, to: Address, upTo: z.int().nonnegative() });
export type Acknowledgement = z.infer<typeof Acknowledgement> & { from: Address; to: Address };

/** What travels on an inbox queue: one flush of facts, or a batch of acknowledgements. */
export const Message = z.object({
  facts: z.array(Envelope),
  acks: z.array(Acknowledgement),
  /** The facts were sent before, and not acknowledged. */
  again: z.boolean().optional(),
});
export interface Message {
  readonly facts: Envelope[];
  readonly acks: Acknowledgement[];
  readonly again?: boolean | undefined;
}
