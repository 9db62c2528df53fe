import { type ReadonlySignal, signal } from "@preact/signals";
import type { z } from "zod";
import type { Reply } from "./api.ts";
import { remember, remembered } from "./remembered.ts";
import { serverNow } from "./server-clock.ts";
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
  /**
   * Keeps what it has told, for a start without a connection: under which name (see `remember`), and all of it as one
   * message. What is remembered comes as a message before anything is live; then the server is asked for all of it.
   */
  readonly remembered?: { readonly name: string; state(): M | null };
}

/** A page being looked at must say within five seconds that it is cut off; a hidden one need not. */
const seenEveryMs = 1_500;
const hiddenEveryMs = 25_000;
const answerWithinMs = 1_700;
const longestPauseMs = 10_000;
const rememberAfterMs = 500;
const rememberAgainMs = 60_000;

/** A live stream that comes back after every break with `?after=` the last number seen. */
export class LiveStream<M extends Numbered> {
  readonly #options: StreamOptions<M>;
  readonly #live = signal(false);
  readonly #asOf = signal<number | null>(null);
  #socket: WebSocket | null = null;
  #last: number | null = null;
  #failures = 0;
  #over = false;
  #retry = 0;
  #heartbeat = 0;
  #heardAt = 0;
  #writtenAt = 0;
  #writing = 0;

  constructor(options: StreamOptions<M>) {
    this.#options = options;
    addEventListener("online", this.#hurry);
    addEventListener("offline", this.#drop);
    document.addEventListener("visibilitychange", this.#look);
    void this.#recall();
    void this.#connect();
  }

  /** Whether what is shown is how it stands now. */
  get live(): ReadonlySignal<boolean> {
    return this.#live;
  }

  /** Until when (epoch ms) what is shown was so, while it is not live; null where nothing is known. */
  get asOf(): ReadonlySignal<number | null> {
    return this.#asOf;
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
    clearTimeout(this.#writing);
  }

  readonly #hurry = (): void => {
    if (this.#socket !== null || this.#over) return;
    clearTimeout(this.#retry);
    void this.#connect();
  };

  readonly #look = (): void => {
    if (document.visibilityState !== "visible") return this.#write();
    this.#hurry();
    this.#listen(0);
  };

  readonly #drop = (): void => {
    const socket = this.#socket;
    this.#cut();
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
    this.#cut();
    if (code === 4401) await this.#options.session.token(token);
    else if (!opened && navigator.onLine) {
      const reply = await this.#options.probe();
      if (!reply.ok && [401, 403, 404].includes(reply.problem.status)) return this.#refuse(reply.problem.status);
    }
    this.#again();
  }

  #cut(): void {
    this.#socket = null;
    if (this.#heardAt > 0) this.#asOf.value = this.#heardAt;
    this.#live.value = false;
    clearTimeout(this.#heartbeat);
  }

  async #recall(): Promise<void> {
    const { remembered: kept, schema, message } = this.#options;
    const before = kept === undefined ? null : await remembered(kept.name, schema);
    if (before === null || this.#heardAt > 0 || this.#over) return;
    this.#asOf.value = before.at;
    message(before.value);
  }

  /** Many messages are written down once. */
  #keep(afterMs: number): void {
    if (this.#options.remembered === undefined || this.#writing !== 0) return;
    this.#writing = setTimeout(() => this.#write(), afterMs);
  }

  #write(): void {
    clearTimeout(this.#writing);
    this.#writing = 0;
    const { remembered: kept } = this.#options;
    const state = this.#heardAt === 0 || this.#over ? null : (kept?.state() ?? null);
    if (kept === undefined || state === null) return;
    this.#writtenAt = serverNow();
    remember(kept.name, state, this.#heardAt);
  }

  #refuse(status: number): void {
    this.close();
    const { remembered: kept } = this.#options;
    if (kept !== undefined) remember(kept.name, null);
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
      if (this.#last === null) return;
      this.#live.value = true;
      this.#heardAt = serverNow();
      if (this.#heardAt - this.#writtenAt > rememberAgainMs) this.#keep(0);
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
    this.#heardAt = serverNow();
    this.#options.message(parsed.data);
    this.#keep(rememberAfterMs);
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
