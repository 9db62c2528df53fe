import { z } from "zod";

const Claims = z.object({ aud: z.string(), exp: z.number() });
const dayS = 24 * 3_600;

/** Whether the header says who sends, by a token signed under the key it names, for this origin, and for a day at most. */
export async function isSignedFor(authorization: string | null, origin: string): Promise<boolean> {
  const [, token = "", open = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization ?? "") ?? [];
  const [head = "", body = "", signature = ""] = token.split(".");
  const point = Buffer.from(open, "base64url");
  if (point.length !== 65 || signature === "") return false;
  const claims = Claims.safeParse(jsonOf(Buffer.from(body, "base64url").toString()));
  const now = Date.now() / 1_000;
  if (!claims.success || claims.data.aud !== origin) return false;
  if (claims.data.exp <= now || claims.data.exp > now + dayS) return false;
  try {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("raw", point, algorithm, false, ["verify"]);
    const signed = new TextEncoder().encode(`${head}.${body}`);
    return await crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" },
      key,
      Buffer.from(signature, "base64url"),
      signed,
    );
  } catch {
    return false;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
