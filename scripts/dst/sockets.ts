import type { Clock } from "./clock.ts";

/** A viewer's end of a socket. */
export class ClientEnd {
  onMessage: (text: string) => void = () => {};
  onClose: () => void = () => {};
  /** What the viewer says to the object. */
  say: (text: string) => void = () => {};
  isOpen = true;
  /** Ends the connection from the viewer's side. */
  hangUp: () => void = () => {};
}

/** An object's end. It belongs to the object, not to its memory: it outlives hibernation, and dies in a crash. */
export class ServerEnd {
  readonly client: ClientEnd;
  tags: readonly string[] = [];
  isOpen = true;
  private attachment: unknown = null;
  private wire: { clock: Clock; delay: () => number } | undefined;
  private readonly early: string[] = [];
  private lastAt = 0;

  constructor(client: ClientEnd) {
    this.client = client;
  }

  accept(): void {}

  serializeAttachment(value: unknown): void {
    this.attachment = structuredClone(value);
  }

  deserializeAttachment(): unknown {
    return structuredClone(this.attachment);
  }

  /** What was sent before the wire was laid goes first. */
  lay(clock: Clock, delay: () => number): void {
    this.wire = { clock, delay };
    for (const text of this.early.splice(0)) this.send(text);
  }

  send(text: string): void {
    if (!this.isOpen) throw new TypeError("Can't call WebSocket send() after close().");
    if (this.wire === undefined) return void this.early.push(text);
    const { clock, delay } = this.wire;
    // A socket keeps its order.
    this.lastAt = Math.max(clock.now + delay(), this.lastAt);
    clock.at(this.lastAt, () => (this.client.isOpen ? this.client.onMessage(text) : undefined));
  }

  /** Also what a crash does: whoever looks on notices a moment later. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { client, wire } = this;
    const notice = (): void => {
      if (!client.isOpen) return;
      client.isOpen = false;
      client.onClose();
    };
    if (wire === undefined) notice();
    else wire.clock.at(Math.max(this.lastAt, wire.clock.now + wire.delay()), notice);
  }
}

export class SocketPair {
  readonly 0: ClientEnd;
  readonly 1: ServerEnd;

  constructor() {
    this[0] = new ClientEnd();
    this[1] = new ServerEnd(this[0]);
    this[0].hangUp = () => {
      this[0].isOpen = false;
      this[1].isOpen = false;
    };
  }
}
