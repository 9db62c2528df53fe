import { type ReadonlySignal, signal } from "@preact/signals";
import type { z } from "zod";
import type { Reply } from "./api.ts";
import type { Session } from "./session.ts";

interface Numbered {
  readonly type: string;
  readonly seq?: number | undefined;
}

export interface StreamOptions<M extends Numbered> {
  /** Path without `after`. */
  readonly path: string;
  readonly session: Session;
  readonly schema: z.ZodType<M>;
  message(message: M): void;
  /** The same thing asked by HTTP: a browser is not told why a socket was refused. */
  probe(): Promise<Reply<unknown>>;
  /** There is nothing to follow, or not for this holder: it is not tried again. */
  refused(status: number): void;
}

/** A page being looked at must say within five seconds that it is cut off; a hidden one need not. */
const seenEveryMs = 1_800;
const hiddenEveryMs = 25_000;
const answerWithinMs = 1_700;
const longestPauseMs = 10_000;

/** A live stream that comes back after every break with `?after=` the last number seen. */
export class LiveStream<M extends Numbered> {
  readonly #options: StreamOptions<M>;
  readonly #live = signal(false);
  #socket: WebSocket | null = null;
  #last: number | null = null;
  #failures = 0;
  #over = false;
  #retry = 0;
  #heartbeat = 0;

  constructor(options: StreamOptions<M>) {
    this.#options = options;
    addEventListener("online", this.#hurry);
    addEventListener("offline", this.#drop);
    document.addEventListener("visibilitychange", this.#look);
    void this.#connect();
  }

  /** Whether what is shown is how it stands now. */
  get live(): ReadonlySignal<boolean> {
    return this.#live;
  }

  /** Whether it was sent. */
  send(message: object): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.#over = true;
    removeEventListener("online", this.#hurry);
    removeEventListener("offline", this.#drop);
    document.removeEventListener("visibilitychange", this.#look);
    this.#drop();
    clearTimeout(this.#retry);
  }

  readonly #hurry = (): void => {
    if (this.#socket !== null || this.#over) return;
    clearTimeout(this.#retry);
    void this.#connect();
  };

  readonly #look = (): void => {
    if (document.visibilityState !== "visible") return;
    this.#hurry();
    this.#listen(0);
  };

  readonly #drop = (): void => {
    const socket = this.#socket;
    this.#socket = null;
    this.#live.value = false;
    clearTimeout(this.#heartbeat);
    socket?.close();
    if (!this.#over) this.#again();
  };

  async #connect(): Promise<void> {
    const { path, session } = this.#options;
    const token = await session.token();
    if (this.#over || this.#socket !== null) return;
    if (!token.ok) {
      if (token.problem.status === 401) return this.#refuse(401);
      return this.#again();
    }
    const after = this.#last === null ? "" : `?after=${this.#last}`;
    const url = `${location.origin.replace(/^http/, "ws")}${path}${after}`;
    const socket = new WebSocket(url, ["comanda.v1", `bearer.${token.value}`]);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
      // Where nothing was missed nothing is sent: only an answer shows that there is somebody at the other end.
      this.#listen(0);
    });
    socket.addEventListener("message", ({ data }) => this.#socket === socket && this.#hear(String(data)));
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket === socket) void this.#lost(opened, code, token.value);
    });
  }

  async #lost(opened: boolean, code: number, token: string): Promise<void> {
    this.#socket = null;
    this.#live.value = false;
    clearTimeout(this.#heartbeat);
    if (code === 4401) await this.#options.session.token(token);
    else if (!opened && navigator.onLine) {
      const reply = await this.#options.probe();
      if (!reply.ok && [401, 403, 404].includes(reply.problem.status)) return this.#refuse(reply.problem.status);
    }
    this.#again();
  }

  #refuse(status: number): void {
    this.close();
    this.#options.refused(status);
  }

  #again(): void {
    clearTimeout(this.#retry);
    if (this.#over) return;
    const pause = Math.min(longestPauseMs, 250 * 2 ** this.#failures) * (0.5 + Math.random());
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#socket === null && void this.#connect(), pause);
  }

  #hear(text: string): void {
    this.#failures = 0;
    this.#listen(pauseNow());
    if (text === "pong") {
      this.#live.value = this.#last !== null;
      return;
    }
    const parsed = this.#options.schema.safeParse(jsonOf(text));
    // Words of a newer server: whatever they say, a state we know is in the next snapshot.
    if (!parsed.success) return;
    const { type, seq } = parsed.data;
    if (seq !== undefined && type !== "snapshot" && this.#last !== null) {
      if (seq <= this.#last) return;
      if (seq > this.#last + 1) {
        this.#last = null;
        return this.#drop();
      }
    }
    if (seq !== undefined) this.#last = seq;
    this.#live.value = true;
    this.#options.message(parsed.data);
  }

  /** Pings after `ms` of silence; a server that does not answer even then is gone. */
  #listen(ms: number): void {
    clearTimeout(this.#heartbeat);
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#heartbeat = setTimeout(() => {
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send("ping");
      this.#heartbeat = setTimeout(this.#drop, answerWithinMs);
    }, ms);
  }
}

function pauseNow(): number {
  return document.visibilityState === "visible" ? seenEveryMs : hiddenEveryMs;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
