import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What a key is derived for: what is sealed for one purpose cannot be opened for another. */
export type Purpose =
  | "signing keys"
  | "refresh tokens"
  | "idempotent answers"
  | "webhook secrets"
  | "client secrets"
  | "carrier secrets"
  | "order links"
  | "traces of customers";

/** Derived once: an installation has one secret and as many keys as there are purposes. */
const keys = new Map<string, Uint8Array>();

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

/** 256 bits under `secret` for one purpose; throws where the secret is too short to be one. */
export function keyFor(secret: string, purpose: Purpose): Uint8Array {
  // An installation that was not given one has none at all.
  if (!secret || secret.length < 16) throw new Error("KEY_ENCRYPTION_SECRET must have at least 16 characters");
  const name = `${purpose}\n${secret}`;
  const known = keys.get(name) ?? new Uint8Array(hkdfSync("sha256", secret, "comanda", purpose, 32));
  keys.set(name, known);
  return known;
}
