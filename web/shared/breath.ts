/** So long a finger may wait without anybody noticing (ms), on a phone that is slow already. */
const longestMs = 12;

/** Goes through work piece by piece, and lets the browser answer a finger in between. */
export async function inBreaths<T>(pieces: Iterable<T>, work: (piece: T) => void): Promise<void> {
  let since = performance.now();
  for (const piece of pieces) {
    if (performance.now() - since > longestMs) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      since = performance.now();
    }
    work(piece);
  }
}
