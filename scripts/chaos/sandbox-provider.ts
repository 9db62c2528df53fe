import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ProviderFault } from "./blows.ts";

/** A line of the provider's books. `amount` in minor units of `currency`, `reference` the order's id. */
export const Movement = z.object({
  payment: z.string(),
  reference: z.string(),
  currency: z.string(),
  kind: z.enum(["authorised", "declined", "captured", "voided", "refunded"]),
  amount: z.int(),
});
export type Movement = z.infer<typeof Movement>;

const Page = z.object({ movements: z.array(Movement), next: z.int().nullable() });
const patienceMs = 120_000;

/** The sandbox's payment provider from behind: its switches and its books. Asks until it is answered. */
export class SandboxProvider {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, account: string, secret: string) {
    this.#url = url;
    this.#headers = {
      authorization: `Bearer ${secret}`,
      "x-account": account,
      "content-type": "application/json",
    };
  }

  async misbehave(fault: ProviderFault): Promise<void> {
    await this.#insist("PUT", "/faults", { payments: fault });
  }

  async behave(): Promise<void> {
    await this.#insist("PUT", "/faults", {});
  }

  async ledger(): Promise<Movement[]> {
    const all: Movement[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: z.infer<typeof Page> = Page.parse(
        await this.#insist("GET", `/payments/ledger?after=${after}&limit=1000`),
      );
      all.push(...page.movements);
      after = page.next;
    }
    return all;
  }

  async #insist(method: string, path: string, body?: object): Promise<unknown> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const answer = await this.#ask(method, path, body);
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`The sandbox does not answer ${method} ${path}.`);
      await sleep(200);
    }
  }

  async #ask(method: string, path: string, body: object | undefined): Promise<unknown> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: this.#headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      const answer: unknown = await response.json();
      return response.ok ? answer : undefined;
    } catch {
      return undefined;
    }
  }
}
