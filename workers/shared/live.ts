import { z } from "zod";
import { Role } from "../../contracts/principal.ts";
import { problemOf, refuse } from "../../contracts/problem.ts";
import { log } from "./log.ts";

/** Who looks through a socket; kept in the socket's attachment, so that it survives hibernation. */
export const Viewer = z.object({
  subject: z.string(),
  role: Role,
  expiresAt: z.number(),
  /** What the viewer follows in an object that has several things to follow, e.g. one delivery of a zone. */
  topic: z.string(),
});
export type Viewer = z.infer<typeof Viewer>;

/**
 * Close codes of our own; after each a client comes back with `?after=` the last number it saw: after `expired`, which
 * is also said of a revoked token, with a new token, where it still gets one.
 */
export const closeCodes = { expired: 4401, tooSlow: 4408, tooMany: 4429 } as const;

const mostSockets = 200;
/** Of an object's sockets one viewer may have so large a part: a tenth. */
const shareOfOne = 0.1;
const longestMessage = 16_384;
/** Messages of a viewer's within ten seconds. A phone says where it is once a second. */
const mostMessages = 200;
const messagesWithinMs = 10_000;
/** Characters that may be on their way to a viewer of whom nothing is heard. */
const mostUnheard = 4 * 1024 * 1024;

/** What was sent to a socket since its viewer was last heard; memory alone, for an object that sleeps sends nothing. */
const unheard = new WeakMap<WebSocket, { size: number; since: number }>();
const heard = new WeakMap<WebSocket, { count: number; since: number }>();

/** The sockets of one object. They hibernate; pings are answered by the platform without waking the object. */
export class LiveSockets {
  private readonly ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.ctx = ctx;
    // Without this every ping would wake the object, and be paid for.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Opens a socket and sends what the viewer has missed. */
  accept(viewer: Viewer, protocol: string | null, first: readonly object[], most = mostSockets): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    if (this.ctx.getWebSockets().length >= most) {
      server.accept();
      server.close(closeCodes.tooMany, "too many sockets on this object");
    } else {
      this.makeRoom(viewer, most);
      this.ctx.acceptWebSocket(server, [viewer.topic, `role:${viewer.role}`, tagOf(viewer.subject)]);
      server.serializeAttachment(viewer);
      for (const message of first) this.tell(server, JSON.stringify(message), Date.now());
    }
    const headers = protocol === null ? undefined : { "sec-websocket-protocol": protocol };
    return new Response(null, { status: 101, webSocket: client, ...(headers === undefined ? {} : { headers }) });
  }

  /**
   * Sends to every socket, or those of one topic, what `messagesFor` says of its viewer. Never throws: what is told
   * here is written already, and must not look as if it were not. A viewer that cannot be told is sent away to resume.
   */
  broadcast(messagesFor: (viewer: Viewer) => readonly object[], now: number, topic?: string): void {
    const texts = new Map<string, string[]>();
    for (const socket of this.ctx.getWebSockets(topic)) {
      try {
        const viewer = viewerOf(socket);
        if (viewer.expiresAt <= now) {
          socket.close(closeCodes.expired, "the token has expired: refresh it and come back with ?after=");
          continue;
        }
        // Viewers of one role and topic see the same: what they are sent is written once.
        const sort = `${viewer.role} ${viewer.topic}`;
        let written = texts.get(sort);
        if (written === undefined) {
          written = messagesFor(viewer).map((message) => JSON.stringify(message));
          texts.set(sort, written);
        }
        for (const text of written) this.tell(socket, text, now);
      } catch (error) {
        log.error("viewer not told", { error: String(error) });
        close(socket, 1011, "something broke: come back with ?after=");
      }
    }
  }

  /** A viewer's oldest sockets give way to a new one: mostly they are of a phone that lost its network. */
  private makeRoom({ subject }: Viewer, most: number): void {
    const own = this.ctx.getWebSockets(tagOf(subject));
    const tooMany = own.length + 1 - Math.ceil(most * shareOfOne);
    for (const socket of own.slice(0, Math.max(0, tooMany))) {
      close(socket, closeCodes.tooMany, "too many sockets of one viewer: the oldest gives way");
    }
  }

  /**
   * The runtime says nothing of what it holds back for a slow viewer (a socket has no `bufferedAmount` there), and it
   * would hold back everything. So whoever neither pings nor speaks while much is sent to them is sent away to resume.
   */
  private tell(socket: WebSocket, text: string, now: number): void {
    const sent = unheard.get(socket) ?? { size: 0, since: now };
    sent.size += text.length;
    unheard.set(socket, sent);
    if (sent.size <= mostUnheard) return send(socket, text);
    const pingedAt = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    if (pingedAt < sent.since) return close(socket, closeCodes.tooSlow, "too slow: ping, and come back with ?after=");
    unheard.set(socket, { size: text.length, since: now });
    return send(socket, text);
  }

  /** Closes every socket of a subject of whose tokens one was revoked; whoever has another that holds comes back. */
  dismiss(subject: string): void {
    for (const socket of this.ctx.getWebSockets(tagOf(subject))) {
      close(socket, closeCodes.expired, "the token was revoked: sign in again and come back with ?after=");
    }
  }

  /** Closes our end of a socket whose viewer has closed theirs. */
  reciprocate(socket: WebSocket, code: number): void {
    // Codes that say why no code came may not be sent.
    close(socket, [1004, 1005, 1006, 1015].includes(code) ? 1000 : code, "closed");
  }
}

/** By this tag the platform finds a subject's sockets among thousands without waking the others' viewers. */
function tagOf(subject: string): string {
  return `subject:${subject}`;
}

export function viewerOf(socket: WebSocket): Viewer {
  return Viewer.parse(socket.deserializeAttachment());
}

/** Reads a client's message by its schema; on a bad one tells the client what was wrong and returns null. */
export function readMessage<T>(socket: WebSocket, raw: string | ArrayBuffer, schema: z.ZodType<T>): T | null {
  if (saysTooMuch(socket, Date.now())) return null;
  if (typeof raw !== "string" || raw.length > longestMessage)
    return misunderstood(socket, "", "a text of at most 16 KiB");
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return misunderstood(socket, "", "not JSON");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return misunderstood(socket, `/${issue?.path.join("/") ?? ""}`, issue?.message ?? "not understood");
}

/** Tells a client that its message is not taken. */
export function refuseMessage(socket: WebSocket, pointer: string, detail: string): null {
  return saysTooMuch(socket, Date.now()) ? null : misunderstood(socket, pointer, detail);
}

/** Counts a message, and closes the socket of whoever sends more than any client of ours would. */
function saysTooMuch(socket: WebSocket, now: number): boolean {
  unheard.delete(socket);
  const said = heard.get(socket);
  if (said === undefined || now - said.since >= messagesWithinMs) {
    heard.set(socket, { count: 1, since: now });
    return false;
  }
  said.count += 1;
  if (said.count <= mostMessages) return false;
  close(socket, closeCodes.tooMany, "too many messages: come back with ?after=");
  return true;
}

function misunderstood(socket: WebSocket, pointer: string, detail: string): null {
  const problem = problemOf(refuse("malformed-body", "The message was not understood.", [{ pointer, detail }]));
  send(socket, JSON.stringify({ type: "problem", problem }));
  return null;
}

function close(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // It is closed already.
  }
}

function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // The socket closed between the list and the send; its client resumes.
  }
}
