import type { Cloud } from "./cloud.ts";
import { overLine, requestOf, type Reply } from "./line.ts";

/** The mail provider: sends once for a key, however often it is asked. */
export class Mailbox {
  /** By key. */
  readonly sent = new Map<string, string>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  fetch(url: string, init: RequestInit): Promise<object> {
    const { header, body } = requestOf(url, init);
    const act = (): Reply => {
      const key = header("idempotency-key");
      const before = this.sent.get(key);
      if (before !== undefined && before !== body) this.cloud.broken.push(`under ${key} there are two mails`);
      this.sent.set(key, body);
      this.cloud.story.tell(`mail: ${key}`);
      return { status: 200, body: {} };
    };
    return overLine(this.cloud, "mail", false, init, act);
  }
}
