import type { Context, MiddlewareHandler } from "hono";
import type { Principal } from "../../../contracts/principal.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import type { Door } from "../../shared/routes.ts";
import { limitOf, TokenBuckets, type Spent } from "../../shared/token-bucket.ts";
import type { OrderingEnv } from "../env.ts";

type Policy = "client" | "tenant" | "address";
interface Found extends Spent {
  readonly seconds: number;
  readonly policy: Policy;
  readonly quota: number;
}

const longestAddress = 16_384;
const largestHeaders = 32_768;

/** The buckets of this isolate, by the words of the limit they hold: a limit is changed by a new deployment. */
const bucketsByLimit = new Map<string, TokenBuckets | null>();

/**
 * Holds every request to what its sender may ask: by token or, without one, by address; by tenant; by address. Counted
 * in the isolate's memory, so that the way of an order pays no call for it. The crew is held to its own token's limit
 * alone: a flood of guests, or one in the venue's own Wi-Fi, must not shut the kitchen out.
 */
export const holdToLimits: MiddlewareHandler<Door<OrderingEnv>> = async (c, next) => {
  const odd = outsized(c.req.raw);
  if (odd !== null) return problemResponse(odd, c.req.raw);
  const found = spend(c, Date.now());
  const over = found.find(({ allowed }) => !allowed);
  if (over !== undefined) return tooMany(c.req.raw, over, found);
  if (isSignIn(c.req.path) && !(await maySignIn(c))) {
    const refusal = refuse("too-many", "Too many sign-ins from this address. Wait a minute.");
    return problemResponse(refusal, c.req.raw, { "retry-after": "60" });
  }
  await next();
  const { headers, status } = c.res;
  // A socket's answer cannot be changed; what may be kept would tell another's numbers.
  if (status === 101 || headers.get("cache-control")?.includes("public") === true) return undefined;
  for (const [name, value] of Object.entries(headersOf(found))) headers.set(name, value);
  return undefined;
};

/** What the platform takes and we do not: nothing of ours is so long. */
function outsized(request: Request): Refusal | null {
  if (request.url.length > longestAddress) return refuse("uri-too-long", "Send a shorter address.");
  let size = 0;
  for (const [name, value] of request.headers) size += name.length + value.length;
  return size > largestHeaders ? refuse("headers-too-large", "Send at most 32 KiB of headers.") : null;
}

function spend(c: Context<Door<OrderingEnv>>, now: number): Found[] {
  const { env } = c;
  const principal = c.get("principal") ?? null;
  const address = addressOf(c.req.raw);
  const crew = isCrew(principal);
  const asked: [Policy, string | undefined, string][] = [];
  if (principal === null) asked.push(["client", env.LIMIT_ANONYMOUS, address]);
  else asked.push(["client", crew ? env.LIMIT_CREW : env.LIMIT_CLIENT, `${principal.tenant}/${principal.subject}`]);
  const place = principal?.tenant ?? placeOf(c.req.path);
  if (!crew && place !== null) asked.push(["tenant", env.LIMIT_TENANT, place]);
  if (!crew) asked.push(["address", env.LIMIT_ADDRESS, address]);
  const found: Found[] = [];
  for (const [policy, words, key] of asked) {
    const buckets = bucketsOf(policy, words);
    if (buckets === null) continue;
    const spent = buckets.spend(key, now);
    found.push({ ...spent, ...buckets.limit, policy });
    // What is refused here is not counted against those it would have gone to.
    if (!spent.allowed) break;
  }
  return found;
}

function bucketsOf(policy: Policy, words: string | undefined): TokenBuckets | null {
  if (words === undefined) return null;
  const name = `${policy} ${words}`;
  const known = bucketsByLimit.get(name);
  if (known !== undefined) return known;
  const limit = limitOf(words);
  const made = limit === null ? null : new TokenBuckets(limit);
  bucketsByLimit.set(name, made);
  return made;
}

function isCrew(principal: Principal | null): boolean {
  return principal !== null && !["customer", "service", "watcher"].includes(principal.role);
}

/** Where a request without a token goes: a venue or tenant by its name in the path. */
function placeOf(path: string): string | null {
  return /^\/v1\/(?:venues|tenants)\/([^/]{1,64})/.exec(path)?.[1] ?? null;
}

/** The sender's address as Cloudflare says it; of IPv6 the network, since a household has 2^64 of them. */
export function addressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip") ?? "here";
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}

function isSignIn(path: string): boolean {
  return path === "/v1/oauth/token" || path === "/v1/oauth/device_authorization";
}

/** The platform's own counter, one for all isolates of a location: sign-ins write to D1, and guests cost nothing. */
async function maySignIn({ env, req }: Context<Door<OrderingEnv>>): Promise<boolean> {
  try {
    return (await env.SIGN_INS.limit({ key: addressOf(req.raw) })).success;
  } catch {
    // A counter that is away must not shut everybody out.
    return true;
  }
}

function tooMany(request: Request, over: Found, found: readonly Found[]): Response {
  const whose = { client: "you may ask", tenant: "this tenant is asked", address: "your address may ask" }[over.policy];
  const refusal = refuse("too-many", `That is more than ${whose} at a time. Wait ${over.retryIn} s.`);
  return problemResponse(refusal, request, { "retry-after": String(over.retryIn), ...headersOf(found) });
}

/**
 * As draft-ietf-httpapi-ratelimit-headers-10 writes them: what the client has left, and what refused it. What is left
 * of a tenant's would tell everybody how much others ask of it.
 */
function headersOf(found: readonly Found[]): Record<string, string> {
  const told = found.filter(({ policy, allowed }) => policy === "client" || !allowed);
  if (told.length === 0) return {};
  const policies = told.map(({ policy, quota, seconds }) => `"${policy}";q=${quota};w=${seconds}`);
  // With Retry-After both must speak of the same moment.
  const limits = told.map(({ policy, left, allowed, fullIn, retryIn }) => {
    return `"${policy}";r=${left};t=${allowed ? fullIn : retryIn}`;
  });
  return { "ratelimit-policy": policies.join(", "), ratelimit: limits.join(", ") };
}
