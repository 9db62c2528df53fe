import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Peer, PeerFault } from "./blows.ts";

/** A line of the provider's books. `amount` in minor units of `currency`, `reference` the order's id. */
export const Movement = z.object({
  payment: z.string(),
  reference: z.string(),
  currency: z.string(),
  kind: z.enum(["authorised", "declined", "captured", "voided", "refunded"]),
  amount: z.int(),
});
export type Movement = z.infer<typeof Movement>;

/** A line of the carrier's books. `reference` the order's id, `price` in minor units of `currency`. */
export const ParcelEntry = z.object({
  parcel: z.string(),
  reference: z.string(),
  kind: z.enum(["booked", "shipped", "delivered", "lost", "withdrawn"]),
  price: z.int(),
  currency: z.string(),
});
export type ParcelEntry = z.infer<typeof ParcelEntry>;

const PushPage = z.object({ pushes: z.array(z.object({ key: z.string().nullable(), at: z.iso.datetime() })) });
const MailPage = z.object({ mails: z.array(z.object({ id: z.string() })) });
const ParcelPage = z.object({ entries: z.array(ParcelEntry), next: z.int().nullable() });
const Page = z.object({ movements: z.array(Movement), next: z.int().nullable() });
/** The carrier's id, with the shop and in the sandbox. */
export const carrier = "bobs-post";
const patienceMs = 120_000;

/** The outside world from behind: its switches and its books. Asks until it is answered. */
export class Sandbox {
  readonly #url: string;
  readonly #account: string;
  readonly #desk: string;
  readonly #faults = new Map<Peer, PeerFault>();
  readonly #headers: Record<string, string>;

  constructor(url: string, account: string, secret: string) {
    this.#url = url;
    this.#account = account;
    this.#desk = `/carriers/${account}/${carrier}`;
    this.#headers = {
      authorization: `Bearer ${secret}`,
      "x-account": account,
      "content-type": "application/json",
    };
  }

  async misbehave(peer: Peer, fault: PeerFault): Promise<void> {
    this.#faults.set(peer, fault);
    await this.#switch();
  }

  async behave(): Promise<void> {
    this.#faults.clear();
    await this.#switch();
  }

  /** Where the shop finds the carrier. */
  get carrierUrl(): string {
    return this.#url + this.#desk;
  }

  /** Has the carrier tell the shop how its parcels stand; they move when they are told to. */
  async openPortal(callbackUrl: string, callbackSecret: string): Promise<void> {
    await this.#insist("PUT", `${this.#desk}/portal`, { callbackUrl, callbackSecret });
  }

  /** Moves a parcel, if it can be and somebody answers. */
  async move(parcel: string, to: "shipped" | "delivered"): Promise<void> {
    await this.#ask("POST", `${this.#desk}/parcels/${parcel}/${to}`, {});
  }

  async parcels(): Promise<ParcelEntry[]> {
    const all: ParcelEntry[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: z.infer<typeof ParcelPage> = ParcelPage.parse(
        await this.#insist("GET", `${this.#desk}/ledger?after=${after}&limit=1000`),
      );
      all.push(...page.entries);
      after = page.next;
    }
    return all;
  }

  /** A browser's address with its push service. */
  pushUrl(browser: string): string {
    return `${this.#url}/push/${this.#account}/${browser}`;
  }

  /** What came for a browser, oldest first, with the key it came under. */
  async pushes(browser: string): Promise<z.infer<typeof PushPage>["pushes"]> {
    return PushPage.parse(await this.#insist("GET", `/push?account=${this.#account}&browser=${browser}`)).pushes;
  }

  /** What lies in the box of an address, or, null, of all: the newest 1,000. */
  async mails(to: string | null): Promise<z.infer<typeof MailPage>["mails"]> {
    const search = new URLSearchParams({ account: this.#account, limit: "1000", ...(to === null ? {} : { to }) });
    return MailPage.parse(await this.#insist("GET", `/mailbox?${search}`)).mails;
  }

  async #switch(): Promise<void> {
    const peers = ["provider", "mail", "push", "carrier"] as const;
    const [payments, mail, push, calls] = peers.map((peer) => this.#faults.get(peer));
    await this.#insist("PUT", "/faults", { payments, mail, push });
    await this.#insist("PUT", `${this.#desk}/faults`, { calls });
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
