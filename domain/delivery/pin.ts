import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Delivery } from "./delivery.ts";

/** So many misses lock the PIN for so long: ten thousand PINs cannot be tried at the door. */
export const mostMisses = 5;
export const lockMs = 10 * 60_000;

/** What a PIN given at the door comes to. */
export type PinVerdict =
  | { readonly right: true }
  | { readonly right: false; readonly misses: number; readonly lockedUntil: number | null };

export function tryPin({ job, pin }: Delivery, given: string, now: number): PinVerdict | Refusal {
  if (pin.lockedUntil !== null && now < pin.lockedUntil) {
    const minutes = Math.ceil((pin.lockedUntil - now) / 60_000);
    return refuse("conflict", `The PIN was wrong too often. Try again in ${minutes} min, or let the venue confirm.`, [
      { pointer: "/pin", detail: `wrong too often, locked for ${minutes} min` },
    ]);
  }
  if (given === job.pin) return { right: true };
  const misses = (pin.lockedUntil === null ? pin.misses : 0) + 1;
  return { right: false, misses, lockedUntil: misses >= mostMisses ? now + lockMs : null };
}

/** What is answered to a PIN that was counted as a miss. */
export function missed({ pin }: Delivery): Refusal {
  const left = mostMisses - pin.misses;
  const detail =
    left > 0
      ? `That is not the PIN. ${left} more ${left === 1 ? "try" : "tries"} before it is locked for 10 minutes.`
      : "That is not the PIN. It is now locked for 10 minutes; the venue can confirm the delivery.";
  return refuse("invalid-value", detail, [{ pointer: "/pin", detail: "not the customer's PIN" }]);
}
