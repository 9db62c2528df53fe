import { AsyncLocalStorage } from "node:async_hooks";
import nodeCrypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import type { Chance } from "./chance.ts";
import type { Clock } from "./clock.ts";
import { SocketPair } from "./sockets.ts";

/** Whoever is at work, as far as the platform is concerned. */
export interface Worker {
  /** By how much their machine's clock is ahead (ms). */
  readonly ahead: number;
  /** How many timers wait in their memory. */
  timers: number;
  /** Whether their memory is gone, and every timer in it. */
  readonly isGone: () => boolean;
}

/** Who is at work at the moment; follows every promise. */
export const atWork = new AsyncLocalStorage<Worker>();

export interface Surroundings {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly fetch: (url: string, init: RequestInit) => Promise<unknown>;
  /** A line of the product's log. */
  readonly onLog: (level: string, line: string) => void;
}

/** A WebSocket's answer has status 101, which Node's own Response refuses. */
class Answer {
  readonly body: string | null;
  readonly status: number;
  readonly webSocket: unknown;

  constructor(body: string | null, init: { status?: number; webSocket?: unknown } = {}) {
    this.body = body;
    this.status = init.status ?? 200;
    this.webSocket = init.webSocket ?? null;
  }
}

/**
 * What the platform's own would do off this thread, and so at no time of the town's. Nothing is secret here: what is
 * encrypted can be read by whoever looks on.
 */
const ciphers = {
  generateKey: () => Promise.resolve({ privateKey: {}, publicKey: {} }),
  importKey: () => Promise.resolve({}),
  exportKey: () => Promise.resolve(new ArrayBuffer(65)),
  deriveBits: (_: unknown, __: unknown, bits: number) => Promise.resolve(new ArrayBuffer(bits / 8)),
  encrypt: (_: unknown, __: unknown, plain: Uint8Array) => Promise.resolve(plain),
  sign: () => Promise.resolve(new ArrayBuffer(64)),
};

/** Puts the town's time, chance and outside world where the product looks for them; returns how to undo it. */
export function surround({ clock, chance, fetch, onLog }: Surroundings): () => void {
  const kept = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    fetch: globalThis.fetch,
    Response: globalThis.Response,
  };
  const now = Date.now;
  const random = Math.random;
  const { info, error } = console;
  const randomValues = crypto.getRandomValues;
  const { randomBytes } = nodeCrypto;
  const waiting = new Map<number, Worker | undefined>();
  let timeouts = 0;
  const forget = (id: number): boolean => {
    const worker = waiting.get(id);
    if (worker !== undefined) worker.timers -= 1;
    return waiting.delete(id);
  };
  Date.now = () => clock.now + (atWork.getStore()?.ahead ?? 0);
  Math.random = chance.next;
  console.info = (line: string) => onLog("info", line);
  console.error = (line: string) => onLog("error", line);
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    if (array instanceof Uint8Array || array instanceof Uint32Array) {
      const most = array instanceof Uint8Array ? 256 : 2 ** 32;
      for (let at = 0; at < array.length; at += 1) array[at] = Math.floor(chance.next() * most);
    }
    return array;
  };
  Object.defineProperty(crypto, "subtle", { value: ciphers, configurable: true });
  Object.assign(nodeCrypto, {
    randomBytes: (many: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(many))),
  });
  syncBuiltinESMExports();
  Object.assign(globalThis, {
    fetch,
    Response: Answer,
    WebSocketPair: SocketPair,
    WebSocketRequestResponsePair: class {},
    setTimeout: (work: () => void, ms = 0): number => {
      const id = ++timeouts;
      const worker = atWork.getStore();
      if (worker !== undefined) worker.timers += 1;
      waiting.set(id, worker);
      clock.in(ms, () => {
        if (!forget(id) || worker?.isGone() === true) return;
        if (worker === undefined) work();
        else atWork.run(worker, work);
      });
      return id;
    },
    clearTimeout: forget,
  });
  return () => {
    Date.now = now;
    Math.random = random;
    console.info = info;
    console.error = error;
    crypto.getRandomValues = randomValues;
    Reflect.deleteProperty(crypto, "subtle");
    Object.assign(nodeCrypto, { randomBytes });
    syncBuiltinESMExports();
    Object.assign(globalThis, kept);
  };
}
