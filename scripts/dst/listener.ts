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
  /** The newest of each order that came, and how often its reports began anew. */
  private readonly turns = new Map<string, { readonly upTo: number; readonly turns: number }>();
  /** By tenant: how often a replay was asked for. */
  private readonly replays = new Map<string, number>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  url(tenant: string): string {
    return `https://till.comanda.dev/${tenant}`;
  }

  /** Somebody asks for what was sent to be sent once more; asked twice under one key it is still one. */
  expectReplay(tenant: string): void {
    this.replays.set(tenant, 1);
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
    const number = Number(sequence);
    const before = this.heard.get(subject) ?? [];
    const isKnown = this.ids.has(`${tenant} ${id}`);
    // The newest may come twice, where its answer was lost; an older one only where somebody has asked for a replay.
    const { upTo = 0, turns = 0 } = this.turns.get(subject) ?? {};
    const mayTurn = turns < (this.replays.get(tenant) ?? 0) && isKnown;
    if (number < upTo && !mayTurn) broken.push(`${subject}: report ${number} came after ${upTo}`);
    this.turns.set(subject, { upTo: number, turns: number < upTo ? turns + 1 : turns });
    if (isKnown) return { status: 200, body: {} };
    this.ids.add(`${tenant} ${id}`);
    this.heard.set(subject, [...before, { type, sequence: number }]);
    return { status: 200, body: {} };
  }
}
