import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { Credentials } from "./credentials.ts";
import { agreeWithBob, carried, type AskAdmin, type Post } from "./demo/bobs-post.ts";
import { demoVenues } from "./demo/venues.ts";

const tenant = "demo";
const Client = z.object({ id: z.string(), secret: z.string() });
/** What a start keeps for the next on the same state: secrets are shown once. */
const Kept = z.object({ admin: Client, staff: Client, driver: Client, provider: Client });
type Kept = z.infer<typeof Kept>;

export interface SeedOptions {
  readonly baseUrl: string;
  readonly operator: { readonly id: string; readonly secret: string };
  /** Where the stack keeps its state; the demo clients' secrets are kept beside it. */
  readonly stateDir: string;
  readonly log: (line: string) => void;
  /** A carrier for one of the venues; left out, the own drivers bring everything. */
  readonly post?: Post;
}

/** Makes the tenant `demo` with its three venues, their menus and a client for each role; what is there already stays. */
export async function seed({ baseUrl, operator, stateDir, log, post }: SeedOptions): Promise<Credentials> {
  const clients = await demoClients(baseUrl, operator, join(stateDir, "demo-clients.json"));
  const token = await accessToken(baseUrl, clients.admin);
  if (post !== undefined) {
    const authorization = `Bearer ${token}`;
    const ask: AskAdmin = (method, path, body, fine) => send(baseUrl, method, path, { authorization }, body, fine);
    await agreeWithBob(ask, baseUrl, post);
  }
  for (const [venue, settings] of Object.entries(demoVenues)) {
    // An owner who has changed the demo venue keeps the change.
    const known = await fetch(`${baseUrl}/v1/venues/${venue}`);
    if (known.ok) continue;
    await send(
      baseUrl,
      "PUT",
      `/v1/venues/${venue}`,
      { authorization: `Bearer ${token}` },
      {
        ...settings,
        ...(post !== undefined && venue === carried.venue ? { channels: carried.channels } : {}),
      },
    );
    const menu: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "demo", `${venue}.json`), "utf8"));
    await send(
      baseUrl,
      "PUT",
      `/v1/venues/${venue}/menu`,
      { authorization: `Bearer ${token}` },
      z.looseObject({}).parse(menu),
    );
    log(`  ${venue}: ${settings.name}`);
  }
  return Credentials.parse({ baseUrl, tenant, clients, operator });
}

async function demoClients(baseUrl: string, operator: SeedOptions["operator"], file: string): Promise<Kept> {
  if (existsSync(file)) return Kept.parse(JSON.parse(readFileSync(file, "utf8")));
  const basic = { authorization: `Basic ${Buffer.from(`${operator.id}:${operator.secret}`).toString("base64")}` };
  await send(baseUrl, "POST", "/v1/tenants", basic, { id: tenant, name: "Demo Kitchens" }, [409]);
  const make = async (name: string, role: string, more: object = {}): Promise<z.infer<typeof Client>> => {
    const client = await send(baseUrl, "POST", `/v1/tenants/${tenant}/clients`, basic, { name, role, ...more });
    return Client.parse(client);
  };
  const kept: Kept = {
    admin: await make("Demo admin", "admin"),
    staff: await make("Demo staff", "staff"),
    driver: await make("Demo driver", "driver", { driver: "demo-driver" }),
    provider: await make("Demo provider", "service"),
  };
  // A crash before this line leaves clients nobody knows the secrets of; the next start makes new ones.
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return kept;
}

async function accessToken(baseUrl: string, client: z.infer<typeof Client>): Promise<string> {
  const response = await fetch(`${baseUrl}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: client.id, client_secret: client.secret }),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`No token for the demo admin (try --reset): ${JSON.stringify(body)}`);
  return z.object({ access_token: z.string() }).parse(body).access_token;
}

async function send(
  baseUrl: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
  alsoFine: number[] = [],
): Promise<unknown> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { ...headers, "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok && !alsoFine.includes(response.status)) {
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  }
  return answer;
}
