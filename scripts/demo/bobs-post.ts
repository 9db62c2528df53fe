import { randomBytes } from "node:crypto";

/** The sandbox as the demo's carrier: where it is, and the secret it takes. */
export interface Post {
  readonly sandboxUrl: string;
  readonly secret: string;
}

/** Asks the product as the demo's admin. Throws on a refusal, but for those named. */
export type AskAdmin = (method: string, path: string, body?: object, alsoFine?: number[]) => Promise<unknown>;

const id = "bobs-post";
/** Half a minute to the door, a minute on the road: long enough to be seen. */
const pace = { shipsAfterMs: 60_000, deliversAfterMs: 60_000 };

/** Which demo venue has a carrier, and by whom its deliveries go: the own drivers first, as everywhere else. */
export const carried = { venue: "demo-3", channels: ["own", id] } as const;

/** Has the tenant `demo` work with Bob's Post, at the address where the sandbox is this time. */
export async function agreeWithBob(ask: AskAdmin, baseUrl: string, { sandboxUrl, secret }: Post): Promise<void> {
  const url = `${sandboxUrl}/carriers/demo/${id}`;
  const known = await ask("GET", `/v1/carriers/${id}`, undefined, [404]);
  if (isAt(known, url)) return;
  const callbackSecret = randomBytes(24).toString("base64url");
  const callbackUrl = `${baseUrl}/v1/tenants/demo/carriers/${id}/callbacks`;
  const portal = await fetch(`${url}/portal`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify({ callbackUrl, callbackSecret, ...pace }),
  });
  if (!portal.ok) throw new Error(`Bob's Post answered ${portal.status}: ${await portal.text()}`);
  await ask("PUT", `/v1/carriers/${id}`, { name: "Bob's Post", url, secret, callbackSecret, requoteAfter: "PT10M" });
}

function isAt(known: unknown, url: string): boolean {
  return typeof known === "object" && known !== null && "url" in known && known.url === url;
}
