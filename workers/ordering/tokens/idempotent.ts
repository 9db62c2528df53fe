import { and, eq, lte } from "drizzle-orm";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { fingerprintOf, idempotencyKeyOf } from "../../shared/idempotency.ts";
import { problemResponse } from "../../shared/problem.ts";
import { seal, unseal } from "../../shared/sealing.ts";
import { idempotency } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { newSecret } from "./secrets.ts";

const workLasts = 60_000;
/** Milliseconds for which a repetition is answered as the first was. */
export const answerLasts = 24 * 3_600_000;
/** Characters; D1 takes no row beyond 2 MB. */
const longestKept = 1_500_000;
const keptHeaders = ["content-type", "location", "etag"];

/** Whose request it is (`scope`), the Idempotency-Key it carries, and what it asks for. */
export interface Attempt {
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * For POST routes that write to D1, after the guard and the body limit, before the body is validated: the whole request
 * is worked on `once`. `request` names it for ever: what it makes, made again after a crash, is to meet itself.
 */
export const idempotent = createMiddleware<{
  Bindings: TokenEnv;
  Variables: { principal?: Principal | null; request: string };
}>(async (c, next) => {
  const key = idempotencyKeyOf(c.req.raw);
  if (typeof key !== "string") return problemResponse(key, c.req.raw);
  const { principal } = c.var;
  const scope = principal ? scopeOf(principal) : "operator";
  const { pathname, search } = new URL(c.req.url);
  const fingerprint = fingerprintOf(c.req.method, pathname + search, await c.req.text());
  c.set("request", `${scope}\n${key}`);
  return once(c.env, { scope, key, fingerprint }, c.req.raw, async () => {
    await next();
    return c.res;
  });
});

export function scopeOf({ tenant, subject }: Principal): string {
  return `${tenant}/${subject}`;
}

/**
 * A success is kept for 24 h and answered again to the same request (`idempotent-replayed: true`); a refusal or a fault
 * frees the key, since nothing was done. Answers are sealed: some hold a secret shown once. A key whose worker died is
 * free after 60 s. An answer too long to keep is not kept: only for work that may be done again.
 */
export async function once(
  env: TokenEnv,
  attempt: Attempt,
  request: Request,
  work: () => Promise<Response>,
): Promise<Response> {
  const claim = await claimed(env, attempt);
  if (typeof claim !== "string") {
    return isRefusal(claim) ? problemResponse(claim, request, { "retry-after": "1" }) : claim;
  }
  const claimedAttempt = { ...attempt, claim };
  const response = await work().catch(async (error: unknown) => {
    await release(env, claimedAttempt);
    throw error;
  });
  await settle(env, claimedAttempt, response);
  return response;
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
  return new Response(body, { status: theirs.status, headers: { ...headers, "idempotent-replayed": "true" } });
}

type Claim = Attempt & { readonly claim: string };

async function settle(env: TokenEnv, attempt: Claim, response: Response): Promise<void> {
  if (!response.ok) return release(env, attempt);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => keptHeaders.includes(name)));
  const kept: z.infer<typeof KeptAnswer> = { headers, body: await response.clone().text() };
  const place = `${attempt.scope}\n${attempt.key}`;
  const sealedAnswer = seal(env.KEY_ENCRYPTION_SECRET, "idempotent answers", place, JSON.stringify(kept));
  if (sealedAnswer.length > longestKept) return release(env, attempt);
  await tokenDatabase(env)
    .update(idempotency)
    .set({ status: response.status, sealedAnswer, expiresAt: Date.now() + answerLasts })
    .where(ownRow(attempt));
}

async function release(env: TokenEnv, attempt: Claim): Promise<void> {
  await tokenDatabase(env).delete(idempotency).where(ownRow(attempt));
}

function ownRow({ claim, ...row }: Claim) {
  return and(rowOf(row), eq(idempotency.claim, claim));
}

function rowOf({ scope, key }: { scope: string; key: string }) {
  return and(eq(idempotency.scope, scope), eq(idempotency.key, key));
}

const KeptAnswer = z.object({ headers: z.record(z.string(), z.string()), body: z.string() });
