import { refuse, type Refusal } from "../../contracts/problem.ts";

/** A request's JSON, as text and read. */
export interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

/**
 * The JSON body of a request, of at most `largest` bytes; none sent counts as `{}`.
 * Refuses with too-large, unsupported-media-type or malformed-body.
 */
export async function jsonBodyOf(request: Request, largest: number): Promise<JsonBody | Refusal> {
  const text = await textBodyOf(request, largest);
  if (typeof text !== "string") return text;
  if (text === "") return { text, value: {} };
  if (!isJson(request.headers.get("content-type"))) {
    return refuse("unsupported-media-type", "Send the body as application/json.");
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    return refuse("malformed-body", "The body is not JSON.");
  }
}

/** The body of a request as it is, of at most `largest` bytes. Refuses with too-large, or malformed-body if not UTF-8. */
export async function textBodyOf(request: Request, largest: number): Promise<string | Refusal> {
  const bytes = await bytesBodyOf(request, largest);
  if (!(bytes instanceof Uint8Array)) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return refuse("malformed-body", "The body is not UTF-8.");
  }
}

/** The bytes of a request, `largest` of them at most. Refuses with too-large. */
export async function bytesBodyOf(request: Request, largest: number): Promise<Uint8Array | Refusal> {
  if (Number(request.headers.get("content-length") ?? 0) > largest) return tooLarge(largest);
  return (await bytesOf(request.body, largest)) ?? tooLarge(largest);
}

/** Counts while it reads, because content-length may be missing or lie; null when there is more than `largest`. */
async function bytesOf(body: ReadableStream<Uint8Array> | null, largest: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The rest is left unread and not cancelled, which would close the connection before the refusal is heard.
  for await (const chunk of body?.values({ preventCancel: true }) ?? []) {
    size += chunk.byteLength;
    if (size > largest) return null;
    chunks.push(chunk);
  }
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : new Uint8Array(Buffer.concat(chunks));
}

function isJson(type: string | null): boolean {
  return type !== null && /^application\/json *(?:;|$)/i.test(type.trim());
}

function tooLarge(largest: number): Refusal {
  return refuse("too-large", `Send at most ${Math.floor(largest / 1024)} KiB.`);
}
