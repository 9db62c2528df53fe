import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { ulid } from "ulid";
import { keyFor, type Purpose } from "../../shared/sealing.ts";

/** `prefix_` and 26 lower-case characters that sort by time. */
export function newId(prefix: string): string {
  return `${prefix}_${ulid().toLowerCase()}`;
}

/** `prefix_` and 26 lower-case base32 characters, always the same of the same text. */
export function derivedId<Prefix extends string>(prefix: Prefix, text: string): `${Prefix}_${string}` {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  let bits = BigInt(`0x${hashOf(text)}`);
  let id = "";
  while (id.length < 26) {
    id += alphabet[Number(bits % 32n)];
    bits /= 32n;
  }
  return `${prefix}_${id}`;
}

/** 256 random bits in base64url, 43 characters: beyond guessing, so a plain hash keeps it. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares in a time that tells nothing of where the two differ. */
export function sameSecret(given: string, wanted: string): boolean {
  return sameHash(hashOf(given), hashOf(wanted));
}

export function sameHash(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** HMAC-SHA-256 in base64url under a key derived for the purpose. */
export function macOf(secret: string, purpose: Purpose, text: string): string {
  return createHmac("sha256", keyFor(secret, purpose)).update(text).digest("base64url");
}
