import { z } from "zod";
import { Role } from "../../contracts/principal.ts";
import type { Api, Credential } from "./api.ts";

/** The answer of `POST /v1/oauth/token` (RFC 6749 §5.1) and whom the token speaks for. */
export const TokenAnswer = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  tenant: z.string(),
  role: Role,
  subject: z.string(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

/** A new one is fetched so long before the old one expires. */
const earlyMs = 60_000;

/** Access tokens of one party, fetched when needed and kept until shortly before they expire. */
export class Tokens implements Credential {
  readonly #api: Api;
  readonly #first: Record<string, string>;
  #current: { readonly answer: TokenAnswer; readonly until: number } | null = null;
  #coming: Promise<TokenAnswer> | null = null;

  private constructor(api: Api, first: Record<string, string>) {
    this.#api = api;
    this.#first = first;
  }

  /** An API client's: the tenant's admin, staff, drivers and third-party providers. */
  static ofClient(api: Api, client: { id: string; secret: string }): Tokens {
    return new Tokens(api, { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret });
  }

  /** A new guest's. */
  static ofGuest(api: Api, tenant: string): Tokens {
    return new Tokens(api, { grant_type: "anonymous", tenant });
  }

  async authorization(): Promise<string> {
    return `Bearer ${(await this.answer()).access_token}`;
  }

  refused(): void {
    if (this.#current !== null) this.#current = { ...this.#current, until: 0 };
  }

  /** The token as it was answered. Rejects when none can be had. */
  answer(): Promise<TokenAnswer> {
    if (this.#current !== null && Date.now() < this.#current.until) return Promise.resolve(this.#current.answer);
    this.#coming ??= this.#fetch().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #fetch(): Promise<TokenAnswer> {
    const refresh = this.#current?.answer.refresh_token;
    // A guest who begins anew is another guest, to whom the first one's orders do not exist.
    const body = refresh === undefined ? this.#first : { grant_type: "refresh_token", refresh_token: refresh };
    const reply = await this.#ask(body);
    if (!reply.ok) throw new Error(`No access token: ${reply.problem.detail ?? reply.problem.title}`);
    this.#current = { answer: reply.value, until: Date.now() + reply.value.expires_in * 1000 - earlyMs };
    return reply.value;
  }

  #ask(body: Record<string, string>) {
    return this.#api.send({ method: "POST", path: "/v1/oauth/token", schema: TokenAnswer, body });
  }
}

/** HTTP Basic, as the operator of an installation presents it. */
export function basic({ id, secret }: { id: string; secret: string }): Credential {
  const encoded = Buffer.from(`${id}:${secret}`).toString("base64");
  return { authorization: () => Promise.resolve(`Basic ${encoded}`), refused() {} };
}
