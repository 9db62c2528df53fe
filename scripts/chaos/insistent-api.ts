import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { Api, type ApiRequest, type ApiWatch, type Reply } from "../client/api.ts";
import type { Random } from "../simulate/random.ts";

/** Longer than anything here is ever dead, in milliseconds. */
const patienceMs = 180_000;
const pauseMs = 300;

/** An order that was asked for under a key, and the id it was answered with. */
export interface Asked {
  readonly order: string;
  /** Asks once more under the same key; the id that is answered then, or what else is said. */
  again(): Promise<string>;
}

/**
 * The API as impatient people use it: asks again under the same key after every break, taps twice now and then, and
 * remembers under which key each order was asked for.
 */
export class InsistentApi extends Api {
  readonly asked: Asked[] = [];
  readonly #random: Random;
  readonly #doubleShare: number;
  readonly #differs: (detail: string) => void;

  constructor(
    baseUrl: string,
    watch: ApiWatch,
    { random, doubleShare, differs }: { random: Random; doubleShare: number; differs: (detail: string) => void },
  ) {
    super(baseUrl, watch, patienceMs);
    this.#random = random;
    this.#doubleShare = doubleShare;
    this.#differs = differs;
  }

  override async send<T>(request: ApiRequest<T>): Promise<Reply<T>> {
    const keyed = { ...request, key: request.key ?? randomUUID() };
    const twice = request.method === "POST" && !aboutAccess(request.path) && this.#random() < this.#doubleShare;
    const reply = twice ? await this.#tapTwice(keyed) : await this.#insist(keyed);
    if (request.method === "POST" && request.path === orderRoutes.create.path) this.#remember(keyed, reply);
    return reply;
  }

  async #insist<T>(request: ApiRequest<T>): Promise<Reply<T>> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const reply = await super.send(request);
      if (reply.ok || reply.status < 500 || performance.now() > end) return reply;
      await sleep(pauseMs);
    }
  }

  async #tapTwice<T>(request: ApiRequest<T>): Promise<Reply<T>> {
    const [first, second] = await Promise.all([this.#insist(request), this.#insist(request)]);
    if (idIn(first) !== idIn(second) || first.status !== second.status) {
      const { method, path } = request;
      this.#differs(`${method} ${path} under one key: ${wordsOf(first)}, and ${wordsOf(second)}`);
    }
    return first.ok ? first : second;
  }

  #remember<T>(request: ApiRequest<T>, reply: Reply<T>): void {
    const order = idIn(reply);
    if (order === undefined) return;
    const again = async () => {
      const repeated = await this.#insist(request);
      return idIn(repeated) ?? wordsOf(repeated);
    };
    this.asked.push({ order, again });
  }
}

/** Nobody taps twice there: tokens know no keys, and of two under one key for a client the second is told to wait. */
function aboutAccess(path: string): boolean {
  return path.startsWith("/v1/oauth/") || path.startsWith("/v1/clients");
}

function idIn(reply: Reply<unknown>): string | undefined {
  if (!reply.ok || typeof reply.value !== "object" || reply.value === null || !("id" in reply.value)) return undefined;
  return typeof reply.value.id === "string" ? reply.value.id : undefined;
}

function wordsOf(reply: Reply<unknown>): string {
  return reply.ok ? `${reply.status} ${idIn(reply) ?? ""}`.trim() : `${reply.status} ${reply.problem.detail ?? ""}`;
}
