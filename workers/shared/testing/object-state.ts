import type { Viewer } from "../live.ts";
import { Disk, steadyPower, storageOn, type Power } from "./disk.ts";

/** A viewer's socket as an object sees it; what it is sent is kept, as text. */
export class WatchingSocket {
  readonly sent: string[] = [];
  closed: { code: number; reason: string } | undefined;
  pingedAt: number | null = null;
  private readonly attachment: Viewer;

  constructor(attachment: Viewer) {
    this.attachment = attachment;
  }

  send(text: string): void {
    if (this.closed !== undefined) throw new TypeError("Can't call WebSocket send() after close().");
    this.sent.push(text);
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  deserializeAttachment(): unknown {
    return structuredClone(this.attachment);
  }
}

/** What a Durable Object is given when it wakes, over a disk that may have been used before. */
export class ObjectState {
  readonly id: { readonly name: string | undefined; toString(): string };
  readonly storage: DurableObjectStorage;
  readonly sockets: { readonly socket: WatchingSocket; readonly tags: readonly string[] }[] = [];
  private readonly unfinished = new Set<Promise<unknown>>();

  constructor(name: string | undefined, disk: Disk = new Disk(), power: Power = steadyPower) {
    this.id = { name, toString: () => `id of ${name}` };
    this.storage = storageOn(disk, power);
  }

  waitUntil(work: Promise<unknown>): void {
    const ended = work.then(
      () => {},
      () => {},
    );
    this.unfinished.add(ended);
    void ended.then(() => this.unfinished.delete(ended));
  }

  /** Resolves when all that was begun, and what it began in turn, has ended. */
  async rest(): Promise<void> {
    while (this.unfinished.size > 0) await Promise.all(this.unfinished);
  }

  /** Opens a viewer's socket. */
  watch(viewer: Viewer): WatchingSocket {
    const socket = new WatchingSocket(viewer);
    this.sockets.push({ socket, tags: [viewer.topic, `role:${viewer.role}`, `subject:${viewer.subject}`] });
    return socket;
  }

  getWebSockets(tag?: string): WatchingSocket[] {
    return this.sockets
      .filter(({ socket, tags }) => socket.closed === undefined && (tag === undefined || tags.includes(tag)))
      .map(({ socket }) => socket);
  }

  setWebSocketAutoResponse(): void {}

  /** When the viewer's last ping was answered. */
  getWebSocketAutoResponseTimestamp(socket: WatchingSocket): Date | null {
    return socket.pingedAt === null ? null : new Date(socket.pingedAt);
  }

  /** This state as the platform's type. */
  get asState(): DurableObjectState {
    return this as unknown as DurableObjectState;
  }
}

// Objects make one when they wake; node has no such class.
Object.assign(globalThis, { WebSocketRequestResponsePair: class {} });
