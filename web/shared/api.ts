import type { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import type { RouteContract } from "../../contracts/route.ts";
import { reachable } from "./reachable.ts";
import { hearDate } from "./server-clock.ts";

export type Reply<T> = { readonly ok: true; readonly value: T } | Refused;

export interface Refused {
  readonly ok: false;
  readonly problem: Problem;
  /** How long the server wants to be left alone. */
  readonly afterMs?: number;
}

export interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Sent as JSON; a file as it is. */
  readonly body?: object;
  /** The Idempotency-Key: the same for every repetition of one intent. */
  readonly key?: string;
  readonly token?: string;
  /** The version this is meant to replace: answered 412 where that is not the newest any more. */
  readonly over?: number;
  /** Past whatever the browser has kept of an earlier answer. */
  readonly fresh?: boolean;
}

export type RouteTo<T> = Pick<RouteContract, "method" | "path"> & { readonly response: z.ZodType<T> };

/** Of an answer that is not what its contract says. */
export const unreadable: Problem = { type: "about:blank", title: "The answer cannot be read", status: 502 };

const patienceMs = 15_000;
const longestRestMs = 60_000;

/** Sends one request. Status 0 in the problem: no answer came, and nobody knows whether the request arrived. */
export async function ask<T>(route: RouteTo<T>, asked: Asked = {}): Promise<Reply<T>> {
  const { body, key, token, over } = asked;
  const file = body instanceof Blob;
  const askedAt = Date.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(pathOf(route.path, asked), {
      method: route.method,
      ...(asked.fresh === true ? { cache: "no-cache" } : {}),
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": file && body.type !== "" ? body.type : "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(over === undefined ? {} : { "if-match": `"${over}"` }),
      },
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body) }),
      // Eight megabytes take their time on a restaurant's line.
      signal: AbortSignal.timeout(file ? 8 * patienceMs : patienceMs),
    });
    // An answer that a browser may keep is dated when it was first given.
    if (response.headers.get("cache-control")?.includes("no-store") === true)
      hearDate(response.headers.get("date"), askedAt);
    text = await response.text();
    reachable.value = true;
  } catch {
    reachable.value = false;
    return { ok: false, problem: { type: "about:blank", title: "No connection", status: 0 } };
  }
  if (!response.ok) {
    const afterMs = Math.min(longestRestMs, 1_000 * Number(response.headers.get("retry-after") ?? 0));
    return { ok: false, problem: problemIn(response.status, text), ...(afterMs > 0 ? { afterMs } : {}) };
  }
  const parsed = route.response.safeParse(text === "" ? {} : jsonOf(text));
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: unreadable };
}

/** A route's path with its parameters filled in and its query appended. */
export function pathOf(path: string, { params = {}, query = {} }: Pick<Asked, "params" | "query">): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

/** The last part of a problem's type, e.g. `sold-out`. */
export function slugOf(problem: Problem): string {
  return problem.type.split("/").at(-1) ?? "";
}

function problemIn(status: number, text: string): Problem {
  const parsed = Problem.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : { type: "about:blank", title: `Answered ${status}`, status };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
