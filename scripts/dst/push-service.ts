import { Buffer } from "node:buffer";
import type { Cloud } from "./cloud.ts";
import { overLine, requestOf, type Reply } from "./line.ts";

/** What comes before the text of a push: salt, size of a record, the sender's key; and the byte after it. */
const [before, after] = [16 + 4 + 1 + 65, 1];

/** What a browser says of itself; nothing is encrypted for it here. */
export const anyKeys = { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) };

/** The push service of everybody's browser. It knows nothing of keys: what comes twice is shown twice. */
export class PushService {
  isDown = false;
  /** Browsers whose owners do not want any more, by their addresses. */
  readonly gone = new Set<string>();
  /** What was brought, and when last (epoch ms), by key. */
  readonly brought = new Map<string, { readonly text: string; readonly at: number }>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  url(browser: string): string {
    return `https://push.comanda.dev/${browser}`;
  }

  fetch(url: string, init: RequestInit): Promise<object> {
    const act = (): Reply => {
      if (this.gone.has(url)) return { status: 410, body: {} };
      const key = requestOf(url, init).header("idempotency-key");
      const text =
        init.body instanceof Uint8Array ? `${url} ${Buffer.from(init.body.subarray(before, -after)).toString()}` : "";
      const known = this.brought.get(key);
      if (known !== undefined && known.text !== text) this.cloud.broken.push(`under ${key} there are two pushes`);
      this.brought.set(key, { text, at: this.cloud.clock.now });
      this.cloud.story.tell(`push: ${key}`);
      return { status: 201, body: {} };
    };
    return overLine(this.cloud, "push", this.isDown, init, act);
  }
}
