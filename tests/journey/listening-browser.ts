import { createDecipheriv, createECDH, hkdfSync, randomBytes, randomUUID, type ECDH } from "node:crypto";
import { z } from "zod";
import { PushMessage } from "../../contracts/push.ts";
import type { Person, Reply, Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

const Pushed = z.object({
  key: z.string().nullable(),
  body: z.string(),
  ttl: z.int(),
  urgency: z.string(),
  topic: z.string().nullable(),
});
const Pushes = z.object({ pushes: z.array(Pushed) });

/** What a browser has been told, opened with its own keys. */
export interface Told extends PushMessage {
  readonly key: string | null;
  readonly ttl: number;
  readonly urgency: string;
  readonly topic: string | null;
}

/** A browser with a push service, the sandbox, that keeps what comes for it. */
export class ListeningBrowser {
  readonly place: Pick<Restaurant, "harness" | "tenant" | "ask">;
  readonly name = randomUUID();
  readonly #keys: ECDH;
  readonly #auth = randomBytes(16);

  constructor(place: Pick<Restaurant, "harness" | "tenant" | "ask">) {
    this.place = place;
    this.#keys = createECDH("prime256v1");
    this.#keys.generateKeys();
  }

  get endpoint(): string {
    return `${this.place.harness.sandboxUrl}/push/${this.place.tenant}/${this.name}`;
  }

  /** What its `PushSubscription` says. */
  wanting(topic: object, more: object = {}) {
    const keys = { p256dh: this.#keys.getPublicKey("base64url"), auth: this.#auth.toString("base64url") };
    return { endpoint: this.endpoint, keys, topic, ...more };
  }

  async listen(who: Person, topic: object, more: object = {}): Promise<void> {
    const reply = await this.subscribe(who, topic, more);
    if (reply.status !== 201) throw new Error(`not subscribed: ${reply.status} ${reply.text}`);
  }

  subscribe(who: Person, topic: object, more: object = {}): Promise<Reply> {
    return this.place.ask(who, "POST", "/v1/push/subscriptions", { body: this.wanting(topic, more) });
  }

  /** Its permission is withdrawn: the push service knows it no more. */
  async leave(): Promise<void> {
    await fetch(this.endpoint, { method: "DELETE" });
  }

  async told(): Promise<Told[]> {
    const { sandboxUrl } = this.place.harness;
    const response = await fetch(`${sandboxUrl}/push?account=${this.place.tenant}&browser=${this.name}`);
    const { pushes } = Pushes.parse(await response.json());
    return pushes.map(({ body, ...rest }) => ({ ...rest, ...PushMessage.parse(JSON.parse(this.#opened(body))) }));
  }

  /** What it was told, as soon as that is so much. */
  hears(count: number, withinMs?: number): Promise<Told[]> {
    return until(
      () => this.told(),
      ({ length }) => length >= count,
      withinMs,
    );
  }

  /** RFC 8291, the receiver's part. */
  #opened(body: string): string {
    const raw = Buffer.from(body, "base64");
    const [salt, sender, record] = [raw.subarray(0, 16), raw.subarray(21, 86), raw.subarray(86)];
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.#keys.getPublicKey(), sender]);
    const keying = Buffer.from(hkdfSync("sha256", this.#keys.computeSecret(sender), this.#auth, info, 32));
    const key = Buffer.from(hkdfSync("sha256", keying, salt, "Content-Encoding: aes128gcm\0", 16));
    const nonce = Buffer.from(hkdfSync("sha256", keying, salt, "Content-Encoding: nonce\0", 12));
    const cipher = createDecipheriv("aes-128-gcm", key, nonce);
    cipher.setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
    return plain.subarray(0, -1).toString();
  }
}
