import { and, eq, lte } from "drizzle-orm";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { fingerprintOf, idempotencyKeyOf } from "../../shared/idempotency.ts";
import { problemResponse } from "../../shared/problem.ts";
import { idempotency } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { newSecret, seal, unseal } from "./secrets.ts";

const workLasts = 60_000;
const answerLasts = 24 * 3_600_000;
const keptHeaders = ["content-type", "location", "etag"];

/**
 * For POST routes that write to D1, after the guard and the body limit, before the body is validated. A success is
 * kept for 24 h and answered again to the same request (`idempotency-replayed: true`); a refusal or a fault frees the
 * key, since nothing was done. Answers are sealed: some hold a secret shown once. A key whose worker died is free
 * after 60 s.
 */
export const idempotent = createMiddleware<{ Bindings: TokenEnv; Variables: { principal?: Principal } }>(
  async (c, next) => {
    const key = idempotencyKeyOf(c.req.raw);
    if (typeof key !== "string") return problemResponse(key, c.req.raw);
    const { principal } = c.var;
    const scope = principal === undefined ? "operator" : `${principal.tenant}/${principal.subject}`;
    const { pathname, search } = new URL(c.req.url);
    const fingerprint = fingerprintOf(c.req.method, pathname + search, await c.req.text());

    const claim = await claimed(c.env, { scope, key, fingerprint });
    if (typeof claim !== "string") {
      return isRefusal(claim) ? problemResponse(claim, c.req.raw, { "retry-after": "1" }) : claim;
    }
    await next();
    await settle(c.env, { scope, key, claim }, c.res);
    return undefined;
  },
);

interface Attempt {
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** The claim to work under; or what to answer instead: the kept answer, or a refusal. */
async function claimed(env: TokenEnv, { scope, key, fingerprint }: Attempt) {
  const now = Date.now();
  const claim = newSecret();
  const fresh = { claim, fingerprint, status: null, sealedAnswer: null, expiresAt: now + workLasts };
  const [mine] = await tokenDatabase(env)
    .insert(idempotency)
    .values({ scope, key, ...fresh })
    .onConflictDoUpdate({
      target: [idempotency.scope, idempotency.key],
      set: fresh,
      setWhere: lte(idempotency.expiresAt, now),
    })
    .returning({ claim: idempotency.claim });
  if (mine !== undefined) return mine.claim;

  const [theirs] = await tokenDatabase(env).select().from(idempotency).where(rowOf({ scope, key }));
  if (theirs !== undefined && theirs.fingerprint !== fingerprint) {
    return refuse("idempotency-key-reused", "Use a new Idempotency-Key for a new request.");
  }
  if (theirs === undefined || theirs.status === null || theirs.sealedAnswer === null) {
    return refuse("conflict", "A request with this Idempotency-Key is being worked on. Ask again in a moment.");
  }
  const kept = unseal(env.KEY_ENCRYPTION_SECRET, "idempotent answers", `${scope}\n${key}`, theirs.sealedAnswer);
  if (kept === null) return refuse("conflict", "This request was done, but its answer can be read no more.");
  const { headers, body } = KeptAnswer.parse(JSON.parse(kept));
  return new Response(body, { status: theirs.status, headers: { ...headers, "idempotency-replayed": "true" } });
}

async function settle(
  env: TokenEnv,
  { scope, key, claim }: { scope: string; key: string; claim: string },
  response: Response,
): Promise<void> {
  const mine = and(rowOf({ scope, key }), eq(idempotency.claim, claim));
  if (!response.ok) {
    await tokenDatabase(env).delete(idempotency).where(mine);
    return;
  }
  const headers = Object.fromEntries([...response.headers].filter(([name]) => keptHeaders.includes(name)));
  const kept: z.infer<typeof KeptAnswer> = { headers, body: await response.clone().text() };
  const place = `${scope}\n${key}`;
  const sealedAnswer = seal(env.KEY_ENCRYPTION_SECRET, "idempotent answers", place, JSON.stringify(kept));
  await tokenDatabase(env)
    .update(idempotency)
    .set({ status: response.status, sealedAnswer, expiresAt: Date.now() + answerLasts })
    .where(mine);
}

function rowOf({ scope, key }: { scope: string; key: string }) {
  return and(eq(idempotency.scope, scope), eq(idempotency.key, key));
}

const KeptAnswer = z.object({ headers: z.record(z.string(), z.string()), body: z.string() });
