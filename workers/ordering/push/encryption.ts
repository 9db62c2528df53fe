/** Bytes of one record; what a push service must take at least is 4,096 (RFC 8030, 7.2). */
const recordSize = 4_096;
/** Of a record of 4,096 bytes the header takes 86, the tag 16 and the delimiter one. */
export const mostPlain = recordSize - 86 - 16 - 1;

export interface Recipient {
  /** The browser's public key, a point of P-256, uncompressed. */
  readonly p256dh: Uint8Array;
  readonly auth: Uint8Array;
}

/** What is new for every message; given only to be held to the RFC's example. */
export interface Fresh {
  readonly keys: CryptoKeyPair;
  readonly salt: Uint8Array;
}

/**
 * Encrypts a message for one browser, so that its push service cannot read it: `aes128gcm` (RFC 8188) under a key agreed
 * with the browser's (RFC 8291). Throws where `p256dh` is no point of the curve, or the text is longer than `mostPlain`.
 */
export async function encrypted(plain: Uint8Array, to: Recipient, fresh?: Fresh): Promise<Uint8Array> {
  if (plain.byteLength > mostPlain) throw new Error(`at most ${mostPlain} bytes`);
  const { keys, salt } = fresh ?? { keys: await newKeys(), salt: crypto.getRandomValues(new Uint8Array(16)) };
  const theirs = await publicKeyOf(to.p256dh);
  const own = new Uint8Array(await exported(keys.publicKey));
  // The platform takes the standard's `public`, but its types know it by another name.
  const agreement = { name: "ECDH", public: theirs, $public: theirs };
  const shared = await crypto.subtle.deriveBits(agreement, keys.privateKey, 256);
  const keying = await derived(shared, to.auth, [ascii("WebPush: info\0"), to.p256dh, own], 32);
  const key = await derived(keying, salt, [ascii("Content-Encoding: aes128gcm\0")], 16);
  const nonce = await derived(keying, salt, [ascii("Content-Encoding: nonce\0")], 12);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  // The byte 2 says that this is the last record.
  const record = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, cipher, joined([plain, Uint8Array.of(2)]));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, recordSize);
  return joined([salt, size, Uint8Array.of(own.byteLength), own, new Uint8Array(record)]);
}

/** The browser's key; throws where the bytes are no point of the curve. */
export function publicKeyOf(point: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, []);
}

async function newKeys(): Promise<CryptoKeyPair> {
  const keys = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  if ("privateKey" in keys) return keys;
  throw new Error("a pair was asked for");
}

async function exported(key: CryptoKey): Promise<ArrayBuffer> {
  const raw = await crypto.subtle.exportKey("raw", key);
  if (raw instanceof ArrayBuffer) return raw;
  throw new Error("bytes were asked for");
}

async function derived(
  secret: ArrayBuffer,
  salt: Uint8Array,
  info: readonly Uint8Array[],
  bytes: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: joined(info) }, key, bytes * 8);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
