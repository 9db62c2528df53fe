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

/** Close codes of our own; after either a client comes back with `?after=` the last number it saw. */
export const closeCodes = { expired: 4401, tooMany: 4429 } as const;

const mostSockets = 200;
const longestMessage = 16_384;

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
      this.ctx.acceptWebSocket(server, [viewer.topic, `role:${viewer.role}`]);
      server.serializeAttachment(viewer);
      for (const message of first) server.send(JSON.stringify(message));
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
        for (const text of written) send(socket, text);
      } catch (error) {
        log.error("viewer not told", { error: String(error) });
        close(socket, 1011, "something broke: come back with ?after=");
      }
    }
  }

  /** Closes our end of a socket whose viewer has closed theirs. */
  reciprocate(socket: WebSocket, code: number): void {
    // Codes that say why no code came may not be sent.
    close(socket, [1004, 1005, 1006, 1015].includes(code) ? 1000 : code, "closed");
  }
}

export function viewerOf(socket: WebSocket): Viewer {
  return Viewer.parse(socket.deserializeAttachment());
}

/** Reads a client's message by its schema; on a bad one tells the client what was wrong and returns null. */
export function readMessage<T>(socket: WebSocket, raw: string | ArrayBuffer, schema: z.ZodType<T>): T | null {
  if (typeof raw !== "string" || raw.length > longestMessage)
    return refuseMessage(socket, "", "a text of at most 16 KiB");
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return refuseMessage(socket, "", "not JSON");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuseMessage(socket, `/${issue?.path.join("/") ?? ""}`, issue?.message ?? "not understood");
}

/** Tells a client that its message was not understood. */
export function refuseMessage(socket: WebSocket, pointer: string, detail: string): null {
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
