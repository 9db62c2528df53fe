import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { ulid } from "ulid";

type Purpose = "signing keys" | "refresh tokens" | "idempotent answers" | "webhook secrets" | "client secrets";

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

/** AES-256-GCM; what is sealed for one `place` cannot be opened at another. */
export function seal(secret: string, purpose: Purpose, place: string, plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret, purpose), iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What `seal` was given, or null when secret, purpose or place is another or the text was touched. */
export function unseal(secret: string, purpose: Purpose, place: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < 28) return null;
  try {
    const opened = createDecipheriv("aes-256-gcm", keyFor(secret, purpose), bytes.subarray(0, 12))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([opened.update(bytes.subarray(28)), opened.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function keyFor(secret: string, purpose: Purpose): Uint8Array {
  if (secret.length < 16) throw new Error("KEY_ENCRYPTION_SECRET must have at least 16 characters");
  return new Uint8Array(hkdfSync("sha256", secret, "comanda", purpose, 32));
}
