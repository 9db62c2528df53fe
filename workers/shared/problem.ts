import type { Context, ErrorHandler, NotFoundHandler, TypedResponse } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ClientErrorStatusCode, ServerErrorStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { Problem, problemOf, refuse, type ProblemSlug, type Refusal } from "../../contracts/problem.ts";
import { log } from "./log.ts";
import { routePattern } from "./route-pattern.ts";
import { troubleOf } from "./trouble.ts";

/** What a handler of a `createRoute` route may answer next to its success, when it lists `problemAnswers`. */
export type ProblemResponse = Response &
  (TypedResponse<Problem, ClientErrorStatusCode, "json"> | TypedResponse<Problem, ServerErrorStatusCode, "json">);

const problemContent = { "application/problem+json": { schema: Problem.meta({ id: "Problem" }) } };

/** The `responses` every documented route shares: `{ 200: …, ...problemAnswers }`. */
export const problemAnswers = {
  "4XX": { description: "Refused (RFC 9457)", content: problemContent },
  "5XX": { description: "Broken or unavailable (RFC 9457)", content: problemContent },
} as const;

/** The HTTP answer of a refusal: `application/problem+json`, never cached; 401 carries `WWW-Authenticate: Bearer`. */
export function problemResponse(
  refusal: Refusal,
  request?: Request,
  headers: Record<string, string> = {},
): ProblemResponse {
  const problem = problemOf(refusal, request === undefined ? undefined : new URL(request.url).pathname);
  const response = new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...required[refusal.refused],
      ...headers,
    },
  });
  // The typed fields exist for the compiler only, as in Hono's own c.json().
  return response as ProblemResponse;
}

/** What RFC 9110 wants beside a status, and how long to stay away where nothing better is known. */
const required: Partial<Record<ProblemSlug, Record<string, string>>> = {
  unauthenticated: { "www-authenticate": "Bearer" },
  "upgrade-required": { upgrade: "websocket" },
  "too-many": { "retry-after": "60" },
  unavailable: { "retry-after": "2" },
};

/**
 * `app.onError(onProblem)`: what was thrown goes to the log, never to the caller. Of a failed query only its cause goes
 * there, for the query's own words hold its parameters: names, addresses, hashes of secrets.
 */
export const onProblem: ErrorHandler = (error, c) => {
  if (error instanceof HTTPException) return problemResponse(refusalOf(error), c.req.raw);
  log.error("request failed", { method: c.req.method, path: c.req.path, ...troubleOf(error) });
  if (isOverload(error)) {
    return problemResponse(refuse("unavailable", "More is asked than can be answered just now. Try again."), c.req.raw);
  }
  return problemResponse(refuse("internal", "The fault is logged. Try again in a moment."), c.req.raw);
};

/** What the platform throws for an object that has more to do than it can, or that is just being moved. */
function isOverload(error: object): boolean {
  return ("overloaded" in error && error.overloaded === true) || ("retryable" in error && error.retryable === true);
}

/** `app.notFound(notFoundProblem(app))`: 405 with `Allow` where the path exists under another method, 404 elsewhere. */
export function notFoundProblem(app: {
  readonly routes: readonly { method: string; path: string }[];
}): NotFoundHandler {
  let table: readonly { method: string; pattern: RegExp }[] | undefined;
  return (c) => {
    table ??= app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => ({ method, pattern: routePattern(path) }));
    const allowed = new Set(table.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method));
    if (allowed.size === 0) return problemResponse(refuse("not-found", "No such route."), c.req.raw);
    if (allowed.has("GET")) allowed.add("HEAD");
    const allow = [...allowed].sort().join(", ");
    return problemResponse(refuse("method-not-allowed", `This path takes ${allow}.`), c.req.raw, { allow });
  };
}

/**
 * `new OpenAPIHono({ defaultHook: refuseInvalid })`: a body that fails its schema is 422 with one pointer for each
 * fault, a query or header likewise under `/query/…` (400 for a parameter that is not taken), and a path that cannot name
 * anything is 404.
 */
export function refuseInvalid(
  result: { success: boolean; target?: string; error?: z.core.$ZodError },
  c: Context,
): ProblemResponse | undefined {
  if (result.success || result.error === undefined) return undefined;
  const { target } = result;
  if (target === "param") return problemResponse(refuse("not-found", "Nothing has this address."), c.req.raw);
  if (target === "query") return problemResponse(queryRefusal(result.error), c.req.raw);
  const root = target === "json" || target === "form" || target === undefined ? "" : `/${target}`;
  const errors = faultsOf(result.error, root);
  return problemResponse(refuse("invalid-value", "See errors.", errors), c.req.raw);
}

/** Of a query that fails its schema: 400 where it has a parameter that is not taken, 422 for a value that is not. */
export function queryRefusal(error: z.core.$ZodError): Refusal {
  const unknown = error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
  const faults = faultsOf(error, "/query");
  if (unknown.length === 0) return refuse("invalid-value", "See errors.", faults);
  return refuse("unknown-parameter", `Not taken here: ${unknown.join(", ").slice(0, 200)}.`, faults);
}

/** Each fault of a failed parse as a JSON Pointer below `root` (RFC 6901); an unknown field is pointed at itself. */
export function faultsOf(error: z.core.$ZodError, root = ""): { pointer: string; detail: string }[] {
  return error.issues.slice(0, 50).flatMap((issue) => {
    const pointer = root + issue.path.map(token).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer, detail: issue.message }];
    return issue.keys.slice(0, 50).map((key) => ({ pointer: pointer + token(key), detail: "Unknown field." }));
  });
}

function token(key: PropertyKey): string {
  return `/${String(key).slice(0, 200).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function refusalOf(error: HTTPException): Refusal {
  if (error.status === 413) return refuse("too-large", "Send less in one request.");
  if (error.status === 415) return refuse("unsupported-media-type", "Send the media type this route documents.");
  if (error.status === 400) return refuse("malformed-body", "The body cannot be read as the media type it claims.");
  log.error("request failed", { ...troubleOf(error) });
  return refuse("internal", "The fault is logged. Try again in a moment.");
}
