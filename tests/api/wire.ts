import { Agent, request } from "node:http";
import { expect } from "vitest";
import { z } from "zod";

/** A request as it goes over the wire: nothing in it is corrected on the way. */
export interface Sent {
  readonly method: string;
  /** Path and query as they stand, percent signs included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | undefined;
  /** Sends no content-length. */
  readonly chunked?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body read as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** A hostile client of one server. Whatever it sends, an answer must come, and be one that a client can read. */
export class Wire {
  readonly baseUrl: string;
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl;
    this.#url = new URL(baseUrl);
  }

  /** Sends, and holds the answer to what every answer owes: in time, no fault of ours, every refusal a problem document. */
  async ask(sent: Sent): Promise<Answer> {
    let answer = await this.send(sent);
    for (let again = 0; again < 5 && isLost(answer, sent); again += 1) answer = await this.send(sent);
    decent(answer, sent);
    return answer;
  }

  send(sent: Sent): Promise<Answer> {
    const { method, path, headers = {}, body, chunked = false } = sent;
    const { hostname, port } = this.#url;
    const length = body === undefined ? {} : framing(body, chunked);
    return new Promise((resolve, reject) => {
      const options = { hostname, port, method, path, agent: this.#agent, timeout: 20_000, maxHeaderSize: 262_144 };
      const going = request({ ...options, headers: { ...length, ...writable(headers) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOf(text) });
        });
      });
      going.on("upgrade", ({ headers: given }, socket) => {
        socket.destroy();
        resolve({ status: 101, headers: given, text: "", json: undefined });
      });
      going.on("timeout", () => going.destroy(new Error(`no answer to ${method} ${path.slice(0, 200)}`)));
      // A kept connection may close just as it is taken again, which every client has to reckon with; a fresh one may not.
      going.on("error", (error) => (going.reusedSocket ? resolve(this.send(sent)) : reject(error)));
      going.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The local runtime's own entry, which no deployment has, loses a large body that is refused once in some hundred times, oftener where it is busy. */
function isLost({ status, text }: Answer, { body = "" }: Sent): boolean {
  return status === 500 && body.length > 200_000 && text.startsWith("Error: Network connection lost.");
}

const Problem = z.looseObject({
  type: z.string().regex(/^https:\/\/comanda\.dev\/problems\/[a-z-]+$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  instance: z.string().startsWith("/"),
  errors: z.array(z.strictObject({ pointer: z.string().regex(/^(?:\/.*)?$/s), detail: z.string().min(1) })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What no answer may hold: a stack, a page, a word of the machinery behind. */
const telltale =
  /\bat (?:async )?[\w.<> ]*\(?(?:file:|\/|[\w-]+\.[jt]s:\d)|node_modules|<html|<!doctype|SQLITE|D1_ERROR|ZodError|TypeError|RangeError|SyntaxError/i;

export function decent(answer: Answer, sent?: Sent): void {
  const about =
    sent === undefined ? "" : `${sent.method} ${sent.path.slice(0, 300)} ${String(sent.body).slice(0, 120)}`;
  expect(answer.status, `${about} → ${answer.text.slice(0, 600)}`).toBeLessThan(500);
  if (answer.status < 400) return;
  if (sent?.method !== "HEAD") problemIn(answer, about);
  expect(answer.headers["content-type"], about).toBe("application/problem+json");
  if (answer.status === 401) expect(answer.headers["www-authenticate"], about).toBeTruthy();
  if (answer.status === 405) expect(answer.headers["allow"], about).toMatch(/[A-Z]/);
}

/** The problem document of an answer; fails where it is none, or says more than a stranger may know. */
export function problemIn(answer: Answer, about = ""): Problem {
  const parsed = Problem.safeParse(answer.json);
  expect(parsed.error, `${about} → ${answer.status} ${answer.text.slice(0, 600)}`).toBeUndefined();
  const problem = Problem.parse(answer.json);
  expect(problem.status, about).toBe(answer.status);
  const { instance: _, ...ours } = problem;
  expect(JSON.stringify(ours), about).not.toMatch(telltale);
  return problem;
}

/** Said outright, since Node by itself sends no body in chunks with DELETE. */
function framing(body: string | Uint8Array, chunked: boolean): Record<string, string> {
  return chunked ? { "transfer-encoding": "chunked" } : { "content-length": String(Buffer.byteLength(body)) };
}

export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export const asJson = { "content-type": "application/json" };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writable(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}
