import { WebSocket } from "ws";
import type { z } from "zod";
import type { Credential } from "./api.ts";
import { follow, type Numbered, type SequenceFault } from "./sequence.ts";

export interface LiveOptions<M extends Numbered> {
  /** `http://host:port` of the server. */
  readonly baseUrl: string;
  /** Path without `after`. */
  readonly path: string;
  readonly as: Credential;
  readonly schema: z.ZodType<M>;
  /** Resume after this number; without it the stream begins with a snapshot. */
  readonly after?: number;
  message(message: M): void;
  /** A number was skipped or came again, or a message was none of the contract's. */
  fault(kind: SequenceFault | "misshapen", detail: string): void;
  /** The server refused the socket (4xx): it is not tried again. */
  refused?(status: number): void;
  /** It is to be opened again. */
  lost?(reason: string): void;
}

/** Nothing heard for so long: ask whether the server is still there, and give it so long to answer. */
const quietMs = 20_000;
const answerWithinMs = 10_000;
const longestPauseMs = 3_000;

/** A live stream that comes back after every break with `?after=` the last number, and checks that none is missing. */
export class LiveSocket<M extends Numbered> {
  readonly #options: LiveOptions<M>;
  #socket: WebSocket | null = null;
  #last: number | null;
  #failures = 0;
  #over = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: LiveOptions<M>) {
    this.#options = options;
    this.#last = options.after ?? null;
    void this.#connect();
  }

  /** The number of the last message, null before the first. */
  get seq(): number | null {
    return this.#last;
  }

  /** Whether it was sent; false while the socket is being opened again. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Breaks the connection as a tunnel or a tunnel's end would: it must come back without missing anything. */
  cut(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#over = true;
    this.#quiet(0);
    this.#socket?.close(1000);
    this.#socket = null;
  }

  async #connect(): Promise<void> {
    const { baseUrl, path, as } = this.#options;
    const after = this.#last === null ? "" : `${path.includes("?") ? "&" : "?"}after=${this.#last}`;
    const authorization = await as.authorization().catch((error: unknown) => error);
    if (this.#over) return;
    if (typeof authorization !== "string") return this.#again(String(authorization));
    const socket = new WebSocket(baseUrl.replace(/^http/, "ws") + path + after, {
      headers: { authorization },
      perMessageDeflate: false,
      handshakeTimeout: 15_000,
    });
    this.#socket = socket;
    socket.on("open", () => {
      this.#failures = 0;
      this.#quiet(quietMs);
    });
    socket.on("message", (data: Buffer) => this.#hear(data.toString()));
    socket.on("unexpected-response", (request, response) => {
      const status = response.statusCode ?? 0;
      request.destroy();
      if (status === 401 && this.#failures === 0) as.refused();
      else if (status >= 400 && status < 500 && status !== 429) {
        this.close();
        this.#options.refused?.(status);
        return;
      }
      this.#again(`refused with ${status}`);
    });
    // The close that follows opens it again.
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      if (this.#socket !== socket) return;
      if (code === 4401) as.refused();
      this.#again(`closed with ${code} ${reason.toString()}`.trim());
    });
  }

  #hear(text: string): void {
    if (this.#over) return;
    this.#quiet(quietMs);
    if (text === "pong") return;
    const { schema, message, fault } = this.#options;
    const parsed = schema.safeParse(jsonOf(text));
    if (!parsed.success) return fault("misshapen", `${parsed.error.message.slice(0, 300)} in ${text.slice(0, 200)}`);
    const followed = follow(this.#last, parsed.data);
    if (followed.fault !== null) {
      fault(followed.fault, `${parsed.data.type} ${parsed.data.seq} after ${this.#last ?? "nothing"}`);
    }
    this.#last = followed.last;
    message(parsed.data);
  }

  #again(reason: string): void {
    this.#socket = null;
    this.#quiet(0);
    if (this.#over) return;
    this.#options.lost?.(reason);
    const pause = Math.min(longestPauseMs, 50 * 2 ** this.#failures);
    this.#failures += 1;
    setTimeout(() => this.#over || void this.#connect(), pause);
  }

  /** Pings after `ms` of silence, and takes a server that does not answer even then for gone; 0 stops. */
  #quiet(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === 0) return;
    this.#timer = setTimeout(() => {
      this.send("ping");
      this.#timer = setTimeout(() => this.cut(), answerWithinMs);
    }, ms);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
