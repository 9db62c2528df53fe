/** A queue message is at most 128 KB; this leaves room for its wrapping. */
export const mostMessageBytes = 120_000;

/** The size of a text on a queue: UTF-8, where a Thai or Chinese letter takes three bytes. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
