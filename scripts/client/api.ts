import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import type { RouteContract } from "../../contracts/route.ts";
import { HttpConnection, type HttpAnswer } from "./http-connection.ts";
import { pathOf } from "./route-path.ts";

/** What the server answered. `ms` from the first attempt's sending to the answer; `status` 0 where none came. */
export type Reply<T> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly value: T;
      readonly ms: number;
      readonly headers: HttpAnswer["headers"];
    }
  | { readonly ok: false; readonly status: number; readonly problem: Problem; readonly ms: number };

/** Who asks: something that goes into the Authorization header and can be got anew. */
export interface Credential {
  authorization(): Promise<string>;
  /** The server did not take it: get another for the next attempt. */
  refused(): void;
}

export interface ApiRequest<T> {
  readonly method: string;
  readonly path: string;
  readonly schema: z.ZodType<T>;
  readonly as?: Credential | undefined;
  /** Sent as JSON; a text or bytes as they are, with `contentType`. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** The Idempotency-Key of a POST; a random one by default. */
  readonly key?: string | undefined;
  readonly headers?: Record<string, string>;
}

/** Parts of a call that a contract names. */
export interface CallParts<Contract extends RouteContract> {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | readonly string[]>;
  readonly body?: Contract["body"] extends infer Schema extends z.ZodType ? z.input<Schema> : never;
  readonly as?: Credential | undefined;
  readonly key?: string | undefined;
  readonly headers?: Record<string, string>;
}

/** Hears of every answer that no server should give. */
export interface ApiWatch {
  serverError(method: string, path: string, status: number, detail: string): void;
  /** The answer was not of the contract's shape. */
  misshapen(method: string, path: string, detail: string): void;
  /** No answer at all; it is tried again. */
  unreached(method: string, path: string, detail: string): void;
}

const silent: ApiWatch = { serverError() {}, misshapen() {}, unreached() {} };

/** For how long an unreachable or overloaded server is asked again, where nothing else is said. */
const usualPatienceMs = 60_000;

/** Comanda's public API as `contracts/` describes it. Every request may be repeated: GET, PUT, or POST under one key. */
export class Api {
  readonly connection: HttpConnection;
  readonly #watch: ApiWatch;
  readonly #patienceMs: number;

  constructor(baseUrl: string, watch: ApiWatch = silent, patienceMs = usualPatienceMs) {
    this.connection = new HttpConnection(baseUrl);
    this.#watch = watch;
    this.#patienceMs = patienceMs;
  }

  /** Calls a route of the contracts and gives back what its response schema makes of the answer. */
  call<Contract extends RouteContract>(
    contract: Contract,
    { params, query, ...rest }: CallParts<Contract> = {},
  ): Promise<Reply<z.output<Contract["response"]>>> {
    const path = pathOf(contract.path, params, query);
    const schema: z.ZodType<z.output<Contract["response"]>> = contract.response as Contract["response"] &
      z.ZodType<z.output<Contract["response"]>>;
    return this.send({ method: contract.method, path, schema, ...rest });
  }

  async send<T>(request: ApiRequest<T>): Promise<Reply<T>> {
    const { method, path, schema } = request;
    const key = request.key ?? randomUUID();
    const began = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#attempt(request, key);
      const ms = performance.now() - began;
      if (typeof answer === "string") {
        this.#watch.unreached(method, path, answer);
        if (ms < this.#patienceMs && (await pause(attempt))) continue;
        return { ok: false, status: 0, problem: noAnswer(answer), ms };
      }
      const { status, headers, text } = answer;
      if (status < 300) {
        const parsed = schema.safeParse(status === 204 ? {} : jsonOf(text));
        if (parsed.success) return { ok: true, status, value: parsed.data, ms, headers };
        const detail = z.prettifyError(parsed.error);
        this.#watch.misshapen(method, path, detail);
        return { ok: false, status, problem: misshapen(detail), ms };
      }
      if (status >= 500) this.#watch.serverError(method, path, status, text.slice(0, 500));
      if (status === 401 && request.as !== undefined && attempt === 0) {
        request.as.refused();
        continue;
      }
      const again = status === 503 || status === 429;
      if (again && ms < this.#patienceMs && (await pause(attempt, Number(headers["retry-after"] ?? 0) * 1000)))
        continue;
      return { ok: false, status, problem: problemIn(status, text), ms };
    }
  }

  close(): void {
    this.connection.close();
  }

  async #attempt<T>(request: ApiRequest<T>, key: string): Promise<HttpAnswer | string> {
    const { method, path, as, body } = request;
    const raw = typeof body === "string" || body instanceof Uint8Array;
    try {
      return await this.connection.send({
        method,
        path,
        headers: {
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": request.contentType ?? "application/json" }),
          ...(method === "POST" ? { "idempotency-key": key } : {}),
          ...(as === undefined ? {} : { authorization: await as.authorization() }),
          ...request.headers,
        },
        ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      });
    } catch (error) {
      return error instanceof Error ? error.message || error.name : String(error);
    }
  }
}

async function pause(attempt: number, leastMs = 0): Promise<true> {
  await sleep(Math.max(leastMs, Math.min(2_000, 50 * 2 ** attempt)));
  return true;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemIn(status: number, text: string): Problem {
  const parsed = Problem.safeParse(jsonOf(text));
  return parsed.success
    ? parsed.data
    : { type: "about:blank", title: `Answered ${status}`, status, detail: text.slice(0, 500) };
}

function noAnswer(detail: string): Problem {
  return { type: "about:blank", title: "No answer", status: 0, detail };
}

function misshapen(detail: string): Problem {
  return { type: "about:blank", title: "The answer is not of the shape its contract says", status: 0, detail };
}
