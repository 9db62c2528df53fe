import { createHmac } from "node:crypto";
import type { Cloud } from "./cloud.ts";
import { overLine, requestOf, type Reply } from "./line.ts";

interface Heard {
  readonly type: string;
  readonly sequence: number;
}

/** A tenant's own system behind a webhook: believes signatures only, and wants each order's reports in their order. */
export class Listener {
  isDown = false;
  /** What was heard of each order, each report once. */
  readonly heard = new Map<string, Heard[]>();
  /** By tenant: the secret the endpoint was made with. */
  readonly secrets = new Map<string, string>();
  private readonly ids = new Set<string>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  url(tenant: string): string {
    return `https://till.comanda.dev/${tenant}`;
  }

  fetch(url: string, init: RequestInit): Promise<object> {
    const { path, header, body } = requestOf(url, init);
    const act = (): Reply => this.hear(path.slice(1), header("webhook-id"), header, body);
    return overLine(this.cloud, "webhook", this.isDown, init, act);
  }

  private hear(tenant: string, id: string, header: (name: string) => string, body: string): Reply {
    const { broken, story } = this.cloud;
    const key = Buffer.from((this.secrets.get(tenant) ?? "").slice("whsec_".length), "base64");
    const signed = createHmac("sha256", key)
      .update(`${id}.${header("webhook-timestamp")}.${body}`)
      .digest("base64");
    if (!header("webhook-signature").split(" ").includes(`v1,${signed}`)) broken.push(`${id} is not signed`);
    const { type, subject, sequence }: { type: string; subject: string; sequence: string } = JSON.parse(body);
    story.tell(`webhook: ${type} of ${subject}`);
    const before = this.heard.get(subject) ?? [];
    if (this.ids.has(`${tenant} ${id}`)) return { status: 200, body: {} };
    this.ids.add(`${tenant} ${id}`);
    const number = Number(sequence);
    if (before.some((one) => one.sequence >= number))
      broken.push(`${subject}: report ${number} came after a later one`);
    this.heard.set(subject, [...before, { type, sequence: number }]);
    return { status: 200, body: {} };
  }
}
