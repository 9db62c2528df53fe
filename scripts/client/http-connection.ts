import { Agent as PlainAgent, request as plainRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";

export interface HttpRequest {
  readonly method: string;
  /** Path and query, from the root. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** How long a server may take to answer. */
const patienceMs = 30_000;

/**
 * Requests to one server over kept-alive connections. Plain `node:http`, which costs a third of what `fetch` does: a
 * load generator shares the machine with what it measures.
 */
export class HttpConnection {
  readonly baseUrl: string;
  readonly #agent: PlainAgent | SecureAgent;
  readonly #request: typeof plainRequest;
  readonly #url: URL;

  /** `baseUrl` without a path, e.g. `http://127.0.0.1:8787`. */
  constructor(baseUrl: string) {
    this.#url = new URL(baseUrl);
    this.baseUrl = this.#url.origin;
    const secure = this.#url.protocol === "https:";
    this.#agent = new (secure ? SecureAgent : PlainAgent)({ keepAlive: true, maxSockets: 512, maxFreeSockets: 512 });
    this.#request = secure ? secureRequest : plainRequest;
  }

  /** Rejects when no answer came. */
  async send(sent: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.#once(sent);
    } catch (error) {
      // The server had closed the kept connection just before: it has not read the request.
      if (error instanceof StaleConnection) return this.#once(sent);
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #once({ method, path, headers, body }: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const { hostname, port } = this.#url;
      const options = { hostname, port, method, path, agent: this.#agent, timeout: patienceMs };
      const request = this.#request({ ...options, headers: { ...headers, ...length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      request.on("timeout", () => request.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
      request.on("error", (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(stale ? new StaleConnection(error.message) : error);
      });
      request.end(body);
    });
  }
}

class StaleConnection extends Error {}
