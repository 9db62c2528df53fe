import { z } from "zod";
import type { Role } from "./principal.ts";

/**
 * One route of the public surface, as plain data: the worker behind it is mounted from it, and the OpenAPI document
 * of the front door is written from it.
 */
export interface RouteContract {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** OpenAPI style, e.g. `/v1/venues/{venue}/kitchen/tickets`. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** Who may; `public` needs no token. */
  readonly roles: readonly Role[] | "public";
  /** Of texts. A path that does not fit is answered 404. */
  readonly params?: z.ZodObject;
  /**
   * Of texts, strict; a parameter given more than once comes as an array. One that does not fit is answered 422, one
   * that is not named here 400.
   */
  readonly query?: z.ZodObject;
  /** JSON; strict, so that an unknown field is refused. No body sent counts as `{}`. */
  readonly body?: z.ZodType;
  /** Bytes; 256 KiB where nothing is said. */
  readonly largestBody?: number;
  readonly response: z.ZodType;
  /** The answer's media type, where it is not JSON. */
  readonly media?: string;
  /** Of the answer when all went well. */
  readonly status: number;
  /** Whether an Idempotency-Key is required. */
  readonly idempotent: boolean;
  /** A WebSocket upgrade; `response` is what the server sends over it. */
  readonly socket?: boolean;
}

/** A query's whole number, sent as decimal digits and nothing else: no text at all is not 0. */
export const count = (least: number, most: number) =>
  z.preprocess(
    (text) => (typeof text === "string" && /^\d{1,16}$/.test(text) ? Number(text) : text),
    z.int().min(least).max(most),
  );

/** What a socket is asked for: what came after a number, and, where no header can be set, the token. */
export const LiveQuery = z.strictObject({
  after: count(0, Number.MAX_SAFE_INTEGER).optional(),
  access_token: z.string().optional(),
});
