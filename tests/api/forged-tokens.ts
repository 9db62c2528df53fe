import { generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { unseal } from "../../workers/shared/sealing.ts";
import { keyEncryptionSecret, type Harness } from "../harness.ts";

/** Tokens for an admin of `demo` that hold no more, or never did, by what is wrong with them. */
export async function forgedTokens(harness: Harness, good: string): Promise<Record<string, string>> {
  const { DB } = await harness.worker("ordering").getEnv();
  const row = await DB.prepare(
    "select kid, sealed_private_jwk as sealed from signing_keys order by generation desc",
  ).first();
  const { kid, sealed } = { kid: String(row?.["kid"]), sealed: String(row?.["sealed"]) };
  const ours = await importJWK(JSON.parse(unseal(keyEncryptionSecret, "signing keys", kid, sealed) ?? "{}"), "ES256");
  const { privateKey: theirs } = await generateKeyPair("ES256");
  const claims = { tenant: "demo", role: "admin", venues: null, sid: "x", client_id: "x", jti: crypto.randomUUID() };
  const signed = (more: Record<string, unknown>, { typ = "at+jwt", key = ours, known = kid, lives = 600 } = {}) =>
    new SignJWT({ iss: "comanda", aud: "comanda-api", sub: "mallory", ...claims, ...more })
      .setProtectedHeader({ alg: "ES256", typ, kid: known })
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + lives)
      .sign(key);
  const [head = "", body = "", signature = ""] = good.split(".");
  const promoted = Buffer.from(JSON.stringify({ ...claims, sub: "mallory", exp: 9_999_999_999 })).toString("base64url");
  return {
    expired: await signed({}, { lives: -60 }),
    "of another issuer": await signed({ iss: "somebody" }),
    "for another audience": await signed({ aud: "somebody" }),
    "of another kind": await signed({}, { typ: "JWT" }),
    "of an unknown key": await signed({}, { known: "unknown", key: theirs }),
    "signed by a stranger": await signed({}, { key: theirs }),
    "of no role that there is": await signed({ role: "god" }),
    "of no tenant": await signed({ tenant: "../rival" }),
    unsigned: new UnsecuredJWT({ ...claims, sub: "mallory" })
      .setIssuer("comanda")
      .setAudience("comanda-api")
      .setExpirationTime("1h")
      .encode(),
    "with another's claims": `${head}.${promoted}.${signature}`,
    "without a signature": `${head}.${body}.`,
    "twice as long": `${good}.${good}`,
    endless: "a".repeat(9_000),
    empty: "",
    "a joke": "; DROP TABLE sessions",
  };
}
