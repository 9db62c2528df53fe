import { Hono, type Context } from "hono";
import { z } from "zod";
import { Principal, principalHeader } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { RouteContract } from "../../contracts/route.ts";
import type { Answer, Ask } from "./actor.ts";
import { fingerprintOf, idempotencyKeyOf } from "./idempotency.ts";
import { traceNow } from "./occasion.ts";
import { faultsOf, notFoundProblem, onProblem, problemResponse, queryRefusal } from "./problem.ts";
import { jsonBodyOf } from "./request-body.ts";

/** What a door knows of a request before its routes see it: who asks, null for nobody. */
export interface Door<Env> {
  Bindings: Env;
  /** `barred` says why a token that was sent does not hold. */
  Variables: { principal: Principal | null; barred?: Refusal };
}

/** A request that fits its contract and whose principal may make it. */
export interface Call<Contract extends RouteContract, Env> {
  readonly params: Parsed<Contract, "params">;
  readonly query: Parsed<Contract, "query">;
  readonly body: Parsed<Contract, "body">;
  readonly principal: Contract["roles"] extends "public" ? Principal | null : Principal;
  readonly ask: Ask;
  readonly request: Request;
  readonly env: Env;
}

type Parsed<
  Contract extends RouteContract,
  Part extends "params" | "query" | "body",
> = Contract[Part] extends infer Schema extends z.ZodType ? z.output<Schema> : unknown;

/** An `Answer` is sent as it stands, any other object as JSON, a `Response` untouched. */
export type Reply = Answer | Refusal | Response | object;

/** Bytes, where a contract says nothing else. */
export const largestBody = 256 * 1024;

/** Of a route whose contract names no parameters: none is taken. */
const noQuery = z.strictObject({});

/** A door without routes: what fits none is answered 404 or 405, and what breaks 500, as problem documents. */
export function door<Env>(): Hono<Door<Env & object>> {
  const app = new Hono<Door<Env & object>>();
  app.notFound(notFoundProblem(app));
  app.onError(onProblem);
  return app;
}

/** The door of a service behind the front door, which has checked who asks and says so in a header. */
export function innerDoor<Env>(): Hono<Door<Env & object>> {
  const app = door<Env>();
  app.use(async (c, next) => {
    const header = c.req.header(principalHeader);
    c.set("principal", header === undefined ? null : Principal.parse(JSON.parse(header)));
    await next();
  });
  return app;
}

/** Opens a route: the handler is given only what fits the contract. */
export function mount<Env extends object, Contract extends RouteContract>(
  app: Hono<Door<Env>>,
  contract: Contract,
  handler: (call: Call<Contract, Env>) => Reply | Promise<Reply>,
): void {
  app.on(contract.method, contract.path.replaceAll(/\{(\w+)\}/g, ":$1"), async (c) => {
    const traceparent = traceNow(c.req.header("traceparent") ?? null);
    const call = await callOf(c, contract, traceparent);
    const reply = isRefusal(call) ? call : await handler(call);
    return respond(c, contract, reply, traceparent);
  });
}

async function callOf<Env extends object, Contract extends RouteContract>(
  c: Context<Door<Env>>,
  contract: Contract,
  traceparent: string,
): Promise<Call<Contract, Env> | Refusal> {
  const request = c.req.raw;
  const principal = c.get("principal") ?? null;
  const barred = barredBy(contract, principal, c.get("barred"));
  if (barred !== null) return barred;
  const params = contract.params?.safeParse(c.req.param());
  if (params?.success === false) return refuse("not-found", "Nothing has this address.");
  const query = (contract.query ?? noQuery).safeParse(textsOf(new URL(request.url).searchParams));
  if (!query.success) return queryRefusal(query.error);
  if (contract.socket === true && request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return refuse("upgrade-required", "Connect with a WebSocket.");
  }
  const key = contract.idempotent ? idempotencyKeyOf(request) : null;
  if (key !== null && typeof key !== "string") return key;
  const json =
    request.body === null ? { text: "", value: {} } : await jsonBodyOf(request, contract.largestBody ?? largestBody);
  if (isRefusal(json)) return json;
  const body = contract.body?.safeParse(json.value);
  if (body?.success === false) return refuse("invalid-value", "See errors.", faultsOf(body.error));
  const by = principal?.subject ?? "anonymous";
  const ask: Ask = {
    by,
    // Two subjects may happen on the same key; neither may be given the other's answer, nor the other's order.
    key: key === null ? null : `${by} ${key}`,
    fingerprint: key === null ? null : fingerprintOf(contract.method, c.req.path, json.text),
    traceparent,
  };
  const call = { params: params?.data, query: query.data, body: body?.data, principal, ask, request, env: c.env };
  // Each part was parsed by the contract's own schema, and barredBy() lets nobody without a principal past roles.
  return call as Call<Contract, Env>;
}

function barredBy({ roles }: RouteContract, principal: Principal | null, why: Refusal | undefined): Refusal | null {
  if (roles === "public") return null;
  if (principal === null) return why ?? refuse("unauthenticated", "Send Authorization: Bearer with an access token.");
  return roles.includes(principal.role) ? null : refuse("forbidden", `This takes the role ${roles.join(" or ")}.`);
}

/** A query as its schema reads it: a parameter given more than once is an array. */
export function textsOf(query: URLSearchParams): Record<string, string | string[]> {
  const named = [...new Set(query.keys())].map((name): [string, string | string[]] => {
    const [first = "", ...more] = query.getAll(name);
    return [name, more.length === 0 ? first : [first, ...more]];
  });
  return Object.fromEntries(named);
}

function respond(c: Context, contract: RouteContract, reply: Reply, traceparent: string): Response {
  if (reply instanceof Response) return reply;
  if (isRefusal(reply)) return problemResponse(reply, c.req.raw, { traceparent });
  const { body, replayed } = isAnswer(reply) ? reply : { body: JSON.stringify(reply), replayed: false };
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store", traceparent });
  if (replayed) headers.set("idempotent-replayed", "true");
  return new Response(contract.status === 204 ? null : body, { status: contract.status, headers });
}

function isAnswer(reply: object): reply is Answer {
  return (
    "body" in reply && typeof reply.body === "string" && "replayed" in reply && typeof reply.replayed === "boolean"
  );
}
