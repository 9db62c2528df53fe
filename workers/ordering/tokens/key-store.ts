import { desc, inArray } from "drizzle-orm";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from "jose";
import { accessTokenSeconds } from "../../shared/token.ts";
import { Refreshed } from "../../shared/refreshed.ts";
import { seal, unseal } from "../../shared/sealing.ts";
import { signingKeys } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";

export interface SigningKey {
  readonly generation: number;
  readonly kid: string;
  readonly key: CryptoKey;
}

const rotationAge = 30 * 24 * 3_600_000;
// An isolate may sign with the former key for another two minutes (`active`), and its tokens live ten more.
const retention = accessTokenSeconds * 1_000 + 5 * 60_000;

const active = new Refreshed<SigningKey>({ staleAfter: 60_000, unusableAfter: 120_000 });

/** The key to sign with; the first one is made on first use. */
export async function activeKey(env: TokenEnv, background: (work: Promise<unknown>) => void): Promise<SigningKey> {
  return active.get(Date.now(), () => newestKey(env), background);
}

/** Public keys of every token that may still be valid, newest first, with `kid`, `alg` and `use`. */
export async function publicKeys(env: TokenEnv): Promise<readonly JWK[]> {
  const now = Date.now();
  const rows = await rowsNewestFirst(env);
  return rows.filter((row, at) => retiredAt(rows, at) + retention > now).map((row) => row.publicJwk);
}

/** Makes a new key the active one; when two do it at once, both end with the same. */
export async function rotateKey(env: TokenEnv): Promise<SigningKey> {
  const [newest] = await rowsNewestFirst(env);
  await makeKey(env, (newest?.generation ?? 0) + 1);
  return active.reload(Date.now(), () => newestKey(env));
}

/** For cron: rotates after 30 days and deletes keys whose last token has expired. */
export async function tendKeys(env: TokenEnv): Promise<void> {
  const now = Date.now();
  const [newest] = await rowsNewestFirst(env);
  if (newest !== undefined && newest.createdAt + rotationAge <= now) await rotateKey(env);
  const rows = await rowsNewestFirst(env);
  const spent = rows.filter((row, at) => retiredAt(rows, at) + retention <= now).map((row) => row.generation);
  if (spent.length > 0) await tokenDatabase(env).delete(signingKeys).where(inArray(signingKeys.generation, spent));
}

async function newestKey(env: TokenEnv): Promise<SigningKey> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [newest] = await rowsNewestFirst(env);
    const found = newest === undefined ? null : await opened(env, newest);
    if (found !== null) return found;
    // None yet, or one sealed under a former KEY_ENCRYPTION_SECRET: the next generation replaces it.
    await makeKey(env, (newest?.generation ?? 0) + 1);
  }
  throw new Error("no signing key can be opened: do all isolates have the same KEY_ENCRYPTION_SECRET?");
}

async function makeKey(env: TokenEnv, generation: number): Promise<void> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const publicPart = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicPart);
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  await tokenDatabase(env)
    .insert(signingKeys)
    .values({
      generation,
      kid,
      publicJwk: { ...publicPart, kid, alg: "ES256", use: "sig" },
      sealedPrivateJwk: seal(env.KEY_ENCRYPTION_SECRET, "signing keys", kid, privateJwk),
      createdAt: Date.now(),
    })
    .onConflictDoNothing();
}

type KeyRow = typeof signingKeys.$inferSelect;

async function rowsNewestFirst(env: TokenEnv): Promise<KeyRow[]> {
  return tokenDatabase(env).select().from(signingKeys).orderBy(desc(signingKeys.generation));
}

/** A key retires when its successor, the row before it, is made; the active one never. */
function retiredAt(rows: readonly KeyRow[], at: number): number {
  return rows[at - 1]?.createdAt ?? Infinity;
}

async function opened(env: TokenEnv, row: KeyRow): Promise<SigningKey | null> {
  const json = unseal(env.KEY_ENCRYPTION_SECRET, "signing keys", row.kid, row.sealedPrivateJwk);
  if (json === null) return null;
  const jwk: JWK = JSON.parse(json);
  const key = await importJWK(jwk, "ES256");
  return key instanceof Uint8Array ? null : { generation: row.generation, kid: row.kid, key };
}
