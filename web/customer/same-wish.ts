import { z } from "zod";

const Sent = z.looseObject({
  checkout: z.looseObject({ payment: z.looseObject({ token: z.unknown().optional() }).optional() }).optional(),
});

/**
 * Whether two orders, as they are sent, want the same. What they come to is no matter, nor by which token the card is
 * known: a provider gives another every time it is asked.
 */
export function isSameWish(a: unknown, b: unknown): boolean {
  return JSON.stringify(wishOf(a)) === JSON.stringify(wishOf(b));
}

function wishOf(sent: unknown): unknown {
  const { checkout, ...rest } = Sent.parse(sent);
  const payment = checkout?.payment === undefined ? undefined : { ...checkout.payment, token: undefined };
  return { ...rest, checkout: { ...checkout, payment, expectedTotal: undefined } };
}
