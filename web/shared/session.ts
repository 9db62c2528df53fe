import { type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import { Role } from "../../contracts/principal.ts";
import type { Problem } from "../../contracts/problem.ts";
import { ask, type Asked, type Reply, type RouteTo, slugOf } from "./api.ts";
import { forgetRemembered } from "./remembered.ts";
import { keep, kept, freshId } from "./storage.ts";
import { requestToken, type TokenAnswer } from "./tokens.ts";

const Holder = z.object({
  access: z.string(),
  refresh: z.string(),
  /** Under which the refresh token is used: should the answer be lost, it is asked for once more. */
  key: z.string().optional(),
  /** Epoch milliseconds by this device's clock. */
  until: z.number(),
  tenant: z.string(),
  subject: z.string(),
  /** Missing in what was kept before it was. */
  role: Role.optional(),
  venues: z.array(z.string()).nullable(),
});
type Holder = z.infer<typeof Holder>;

/** A token is renewed so long before it ends. */
const earlyMs = 60_000;

const nobody: Problem = { type: "about:blank", title: "Not signed in", status: 401 };

/** Nobody can begin a session here by themselves. */
export function notLetIn(): Promise<{ ok: false; problem: Problem }> {
  return Promise.resolve({ ok: false, problem: nobody });
}

/** Who this browser is to one app: kept between visits, shared by its tabs, renewed before it expires. */
export class Session {
  readonly #name: string;
  readonly #begin: () => Promise<Reply<TokenAnswer>>;
  readonly #holder = signal<Holder | null>(null);

  /** `begin` makes a new session where there is none, as a guest's; without it somebody must let this device in. */
  constructor(name: string, begin: () => Promise<Reply<TokenAnswer>> = notLetIn) {
    this.#name = `comanda.session.${name}`;
    this.#begin = begin;
    this.#holder.value = kept(this.#name, Holder);
    addEventListener("storage", ({ key }) => {
      if (key === this.#name) this.#holder.value = kept(this.#name, Holder);
    });
  }

  get holder(): ReadonlySignal<Pick<Holder, "tenant" | "subject" | "role" | "venues"> | null> {
    return this.#holder;
  }

  take({ access_token, refresh_token = "", expires_in, tenant, subject, role, venues }: TokenAnswer): void {
    const until = Date.now() + expires_in * 1000;
    const key = freshId();
    this.#set({ access: access_token, refresh: refresh_token, key, until, tenant, subject, role, venues });
  }

  forget(): void {
    this.#set(null);
    forgetRemembered(`${this.#name.replace("comanda.session.", "")}.`);
  }

  /** A token that holds. `stale` is one the server has just refused. */
  async token(stale?: string): Promise<Reply<string>> {
    const good = this.#good(stale);
    if (good !== null) return { ok: true, value: good };
    // One tab at a time: a refresh token used twice is taken for stolen, and the whole session ends.
    return alone(this.#name, async () => {
      this.#holder.value = kept(this.#name, Holder) ?? this.#holder.value;
      const renewed = this.#good(stale);
      return renewed === null ? this.#renew() : { ok: true, value: renewed };
    });
  }

  /** Asks as this holder, and once more with a new token when the old one is refused. */
  async ask<T>(route: RouteTo<T>, asked: Asked = {}): Promise<Reply<T>> {
    const token = await this.token();
    if (!token.ok) return token;
    const reply = await ask(route, { ...asked, token: token.value });
    if (reply.ok || reply.problem.status !== 401) return reply;
    const next = await this.token(token.value);
    return next.ok ? ask(route, { ...asked, token: next.value }) : next;
  }

  #good(stale: string | undefined): string | null {
    const holder = this.#holder.value;
    return holder === null || holder.until - earlyMs <= Date.now() || holder.access === stale ? null : holder.access;
  }

  async #renew(): Promise<Reply<string>> {
    const { refresh = "", key } = this.#holder.value ?? {};
    if (refresh !== "") {
      const reply = await requestToken({ grant_type: "refresh_token", refresh_token: refresh }, key);
      if (reply.ok) return this.#taken(reply.value);
      if (slugOf(reply.problem) !== "invalid-grant") return reply;
    }
    const reply = await this.#begin();
    if (reply.ok) return this.#taken(reply.value);
    if (reply.problem.status === 401) this.forget();
    return reply;
  }

  #taken(answer: TokenAnswer): Reply<string> {
    this.take(answer);
    return { ok: true, value: answer.access_token };
  }

  #set(holder: Holder | null): void {
    keep(this.#name, holder);
    this.#holder.value = holder;
  }
}

/** Locks exist in secure contexts only; elsewhere one tab is the rule. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(name, work) : work();
}
