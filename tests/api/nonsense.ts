import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Person } from "./installation.ts";

/** What no socket of ours takes. */
export const nonsense: readonly (string | Uint8Array)[] = [
  "", " ", "{", "null", "[]", "42", "hello", "PING", "ping ", `{"type":"ping"}`, `{"type":"unheard-of"}`, `{"type":["seen"]}`,
  `{"type":"seen"}`, `{"type":"seen","orders":"all"}`, `{"type":"seen","orders":[1]}`, `{"type":"seen","orders":[],"price":1}`,
  `{"type":"position"}`, `{"type":"position","lat":91,"lng":0}`, `{"type":"position","lat":"1","lng":{}}`,
  `{"__proto__":{"type":"seen"}}`, `{"type":"constructor"}`, "[".repeat(10_000), `{"a":`.repeat(5_000), "\ud800", "x".repeat(16_385),
  "x".repeat(900_000), new Uint8Array(0), Uint8Array.of(0, 255, 254), new Uint8Array(500_000),
]; // prettier-ignore

/** A client on a socket of the API, and what it was told. */
export class Babbler {
  readonly texts: string[] = [];
  closed: number | null = null;
  readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => this.texts.push(data.toString()));
    socket.on("close", (code) => (this.closed = code));
    socket.on("error", () => {});
  }

  static connect(baseUrl: string, path: string, as: Person): Promise<Babbler> {
    const socket = new WebSocket(baseUrl.replace("http", "ws") + path, ["comanda.v1", `bearer.${as.token}`]);
    const babbler = new Babbler(socket);
    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve(babbler));
      socket.on("unexpected-response", (_, { statusCode }) => reject(new Error(`${path} answered ${statusCode}`)));
    });
  }

  /** How often it was told that it was not understood. */
  get problems(): number {
    return this.texts.filter((text) => text.startsWith('{"type":"problem"')).length;
  }

  /** Whether it is still connected and answered. */
  async isAnswered(): Promise<boolean> {
    const before = this.texts.length;
    this.socket.send("ping");
    for (const until = Date.now() + 5_000; Date.now() < until && this.closed === null; await sleep(10)) {
      if (this.texts.slice(before).includes("pong")) return true;
    }
    return false;
  }
}
