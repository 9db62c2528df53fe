import { z } from "zod";

const Rate = z.number().min(0).max(1);
const Milliseconds = z.int().min(0).max(600_000);

/**
 * How one peer misbehaves. Rates are shares of requests, 0 to 1, together at most 1:
 * `errorRate` answers `errorStatus` without acting, `timeoutRate` acts and then stays silent for `timeoutMs`,
 * `loseAnswerRate` acts and then answers 500. `latencyMs` is [least, most] before any answer.
 */
export const Fault = z
  .strictObject({
    seed: z.int().default(1),
    latencyMs: z.tuple([Milliseconds, Milliseconds]).default([0, 0]),
    errorRate: Rate.default(0),
    errorStatus: z.int().min(400).max(599).default(503),
    timeoutRate: Rate.default(0),
    timeoutMs: Milliseconds.default(60_000),
    loseAnswerRate: Rate.default(0),
  })
  .refine(({ latencyMs: [least, most] }) => least <= most, {
    path: ["latencyMs"],
    message: "the first number is the least, the second the most",
  })
  .refine((fault) => fault.errorRate + fault.timeoutRate + fault.loseAnswerRate <= 1, {
    message: "errorRate, timeoutRate and loseAnswerRate together are at most 1",
  });
export type Fault = z.infer<typeof Fault>;

/** The document of `PUT /faults`: a peer that is not named behaves. */
export const Faults = z.strictObject({ payments: Fault.optional(), mail: Fault.optional(), push: Fault.optional() });
export type Faults = z.infer<typeof Faults>;

/** What becomes of one request. Only `error` means that nothing was done. */
export type Fate =
  | { readonly kind: "answer"; readonly delayMs: number }
  | { readonly kind: "error"; readonly delayMs: number; readonly status: number }
  | { readonly kind: "lost"; readonly delayMs: number }
  | { readonly kind: "silence"; readonly delayMs: number };

export const atOnce: Fate = { kind: "answer", delayMs: 0 };

/**
 * The fate of the n-th attempt (from 1) at a request, named by its idempotency key or its path.
 * It hangs on nothing else, so a run repeats itself however its requests interleave.
 */
export function fateOf(fault: Fault, request: string, attempt: number): Fate {
  const name = `${fault.seed}\n${request}\n${attempt}`;
  const [least, most] = fault.latencyMs;
  const delayMs = least + Math.floor(draw(`${name}\nlatency`) * (most - least + 1));
  const luck = draw(`${name}\nfate`);
  if (luck < fault.errorRate) return { kind: "error", delayMs, status: fault.errorStatus };
  if (luck < fault.errorRate + fault.timeoutRate) return { kind: "silence", delayMs: fault.timeoutMs };
  if (luck < fault.errorRate + fault.timeoutRate + fault.loseAnswerRate) return { kind: "lost", delayMs };
  return { kind: "answer", delayMs };
}

/** A number in [0, 1) from a text: FNV-1a, then the 32-bit finalizer of MurmurHash3. */
function draw(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
