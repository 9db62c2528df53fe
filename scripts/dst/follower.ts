import { principalHeader, type Principal } from "../../contracts/principal.ts";
import type { ClientEnd } from "./sockets.ts";
import type { Town } from "./town.ts";

/** What every numbered message of ours says. */
export interface Told {
  readonly type: string;
  readonly seq?: number;
}

interface What {
  /** Who looks on, and at what: for the story. */
  readonly name: string;
  readonly namespace: string;
  readonly object: string;
  readonly path: string;
  readonly principal: Principal;
}

/** Whoever was refused more often does not come again. */
const mostRefusals = 20;

/** Somebody who looks on through a socket, comes back when it breaks, and wants every number in its turn. */
export class Follower<Message extends Told> {
  last: Message | undefined;
  seq: number | null = null;
  isOnline = true;
  private readonly town: Town;
  private readonly what: What;
  private readonly onTold: (message: Message) => void;
  private socket: ClientEnd | undefined;
  private refusals = 0;
  private comings = 0;
  private isWanted = false;

  constructor(town: Town, what: What, onTold: (message: Message) => void = () => {}) {
    this.town = town;
    this.what = what;
    this.onTold = onTold;
  }

  get isConnected(): boolean {
    return this.socket?.isOpen === true;
  }

  get name(): string {
    return this.what.name;
  }

  /** Whoever wants to look on does, unless they were refused for good. */
  get seesOrGaveUp(): boolean {
    return !this.isWanted || this.isConnected || this.refusals > mostRefusals;
  }

  say(message: object): void {
    if (this.isConnected) this.socket?.say(JSON.stringify(message));
  }

  /** Connects, and tries again until it is told or has been refused too often. */
  async come(): Promise<void> {
    const coming = ++this.comings;
    this.isWanted = true;
    for (let patience = 500; this.isOnline && coming === this.comings; patience = Math.min(patience * 2, 30_000)) {
      const { namespace, object } = this.what;
      const socket = await this.town.cloud.connect(namespace, object, this.request()).catch(() => undefined);
      if (socket === null && (this.refusals += 1) > mostRefusals) return;
      if (socket !== null && socket !== undefined) {
        if (coming !== this.comings || !this.isOnline) return socket.hangUp();
        return this.attach(socket);
      }
      await this.town.clock.sleep(patience);
    }
  }

  goOffline(ms: number): void {
    if (!this.isOnline) return;
    this.isOnline = false;
    this.socket?.hangUp();
    this.town.clock.in(ms, () => {
      this.isOnline = true;
      if (this.isWanted) void this.come();
    });
  }

  private attach(socket: ClientEnd): void {
    this.socket = socket;
    socket.onClose = () => void this.come();
    socket.onMessage = (text) => this.hear(JSON.parse(text));
  }

  private hear(message: Message): void {
    const { seq, type } = message;
    if (seq === undefined) return;
    if (type !== "snapshot" && this.seq !== null && seq !== this.seq + 1)
      this.town.cloud.broken.push(`${this.what.name} was told number ${seq} after ${this.seq}`);
    if (type !== "snapshot" && this.seq === null) this.town.cloud.broken.push(`${this.what.name} got no snapshot`);
    this.seq = seq;
    this.last = message;
    this.onTold(message);
  }

  private request(): object {
    const { path, principal } = this.what;
    const after = this.seq === null ? "" : `?after=${this.seq}`;
    const get = (name: string): string | null => (name === principalHeader ? JSON.stringify(principal) : null);
    return { url: `https://town.test${path}${after}`, headers: { get } };
  }
}
