import { urlFault } from "../../domain/endpoint/safe-url.ts";
import type { Outcome } from "../../domain/endpoint/events.ts";

/** Headers and body together must have come by then. */
const patienceMs = 15_000;
/** Bytes of an answer that are read; what comes after them is not waited for. */
const mostRead = 2_048;
/** Characters of an answer that are kept. */
const excerptLength = 500;
/** Bytes; an order of a hundred lines in many languages stays below. */
const largestBody = 256 * 1024;

/** One attempt. Never throws: whatever happens is its outcome. */
export async function callEndpoint(
  url: string,
  headers: Record<string, string>,
  body: string,
  loopback: boolean,
): Promise<Outcome> {
  // Judged at every call: what was let through before may not be any more.
  const fault = urlFault(url, loopback);
  if (fault !== null) return { error: `address not allowed: ${fault}` };
  if (Buffer.byteLength(body) > largestBody) return { error: "the report is too large" };
  // Not AbortSignal.timeout: while its timer runs, answered or not, the object is kept from hibernating.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Comanda-Webhooks/1.0", ...headers },
      body,
      // A redirect would lead past the check of the address; it is an answer like any other that is not 2xx.
      redirect: "manual",
      signal: patience.signal,
    });
    const { status } = response;
    const retryAfterMs = retryAfter(response.headers.get("retry-after"), Date.now());
    return { status, retryAfterMs, excerpt: await excerptOf(response) };
  } catch (error) {
    return { error: (error instanceof Error ? error.message : String(error)).slice(0, excerptLength) };
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds of a Retry-After in seconds or as an HTTP date; null where there is none or it makes no sense. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = /^[A-Z][a-z]{2}/.test(header.trim()) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The status has been heard: an answer whose body breaks off or drips is heard all the same. */
async function excerptOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    while (bytes < mostRead) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      bytes += value.byteLength;
    }
  } catch {
    // What came until then is enough.
  }
  void reader.cancel().catch(() => {});
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, mostRead)).slice(0, excerptLength);
}
