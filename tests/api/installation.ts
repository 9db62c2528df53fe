import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Role } from "../../contracts/principal.ts";
import { seed } from "../../scripts/seed.ts";
import { operator, paymentSecret, startHarness, type Harness } from "../harness.ts";
import { asJson, bearer, Wire, type Answer } from "./wire.ts";

/** Somebody who sends requests. `token` null: sends none. */
export interface Person {
  readonly name: string;
  readonly tenant: "demo" | "rival" | null;
  readonly role: Role | null;
  /** null: every venue of the tenant. */
  readonly venues: readonly string[] | null;
  readonly token: string | null;
}

const names = [
  "nobody", "garbage", "guest", "other guest", "staff", "other staff", "driver", "other driver", "provider",
  "other provider", "admin", "branch admin", "rival guest", "rival staff", "rival driver", "rival provider",
  "rival admin",
] as const; // prettier-ignore
export type PersonName = (typeof names)[number];
export type People = Readonly<Record<PersonName, Person>>;

export interface Installation {
  readonly harness: Harness;
  readonly wire: Wire;
  readonly people: People;
  stop(): Promise<void>;
}

/** A menu as small as menus get, with something of everything. */
export const smallMenu = {
  comanda: "menu/1",
  currency: "EUR",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
  categories: [{ id: "all", name: { en: "All" }, items: ["soup", "bread", "set-menu"] }],
  items: [
    {
      id: "soup",
      name: { en: "Soup" },
      variations: [{ id: "small", name: { en: "Small" }, price: 400 }],
      groups: ["extras"],
    },
    {
      id: "bread",
      name: { en: "Bread" },
      price: 150,
      hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }],
    },
    { id: "set-menu", name: { en: "Set menu" }, price: 900 },
  ],
  groups: [
    { id: "extras", name: { en: "Extras" }, maximum: 2, options: [{ id: "egg", name: { en: "Egg" }, price: 100 }] },
  ],
};

export const settings = {
  name: "A venue",
  timeZone: "Europe/Berlin",
  address: "Somewhere 1",
  point: { lat: 52.5, lng: 13.4 },
};

/** What the carrier of demo, `bobs-post`, shows with its callbacks. */
export const callbackSecret = "what-bob-shows-us-0123";

const Client = z.object({ id: z.string(), secret: z.string() });
const Token = z.object({ access_token: z.string() });

/** The real stack with the demo tenant, a rival tenant, and people of every role in both. */
export async function startInstallation(): Promise<Installation> {
  const harness = await startHarness();
  const wire = new Wire(harness.baseUrl);
  const stateDir = mkdtempSync(join(tmpdir(), "comanda-api-"));
  try {
    const { clients } = await seed({ baseUrl: harness.baseUrl, operator, stateDir, log: () => undefined });
    await must(wire, "POST", "/v1/tenants", basic(), { id: "rival", name: "The rival" });
    const token = async (client: unknown): Promise<string> => {
      const { id, secret } = Client.parse(client);
      return tokenOf(wire, { grant_type: "client_credentials", client_id: id, client_secret: secret });
    };
    const person = async (name: PersonName, tenant: "demo" | "rival", role: Role, more: object = {}) => {
      const venues = "venues" in more && Array.isArray(more.venues) ? more.venues.map(String) : null;
      if (role === "customer") {
        return [name, { name, tenant, role, venues, token: await tokenOf(wire, { grant_type: "anonymous", tenant }) }];
      }
      const made = await must(wire, "POST", `/v1/tenants/${tenant}/clients`, basic(), { name, role, ...more });
      return [name, { name, tenant, role, venues, token: await token(made.json) }];
    };
    const made = await Promise.all([
      person("guest", "demo", "customer"),
      person("other guest", "demo", "customer"),
      person("staff", "demo", "staff", { venues: ["demo-1"] }),
      person("other staff", "demo", "staff", { venues: ["demo-2"] }),
      person("driver", "demo", "driver", { driver: "ada" }),
      person("other driver", "demo", "driver", { driver: "other-driver" }),
      person("provider", "demo", "service"),
      person("other provider", "demo", "service"),
      person("branch admin", "demo", "admin", { venues: ["demo-2"] }),
      person("rival guest", "rival", "customer"),
      person("rival staff", "rival", "staff"),
      // The same driver id in another tenant is another driver.
      person("rival driver", "rival", "driver", { driver: "ada" }),
      person("rival provider", "rival", "service"),
      person("rival admin", "rival", "admin"),
    ]);
    const people = Object.fromEntries([
      ...made,
      ["nobody", { name: "nobody", tenant: null, role: null, venues: null, token: null }],
      ["garbage", { name: "garbage", tenant: null, role: null, venues: null, token: "not.a.token" }],
      ["admin", { name: "admin", tenant: "demo", role: "admin", venues: null, token: await token(clients.admin) }],
    ]) as People;
    for (const [venue, whose] of [
      ["rival-1", "rival admin"],
      ["spare-1", "admin"],
    ] as const) {
      const as = bearer(people[whose].token);
      await must(wire, "PUT", `/v1/venues/${venue}`, as, settings);
      await must(wire, "PUT", `/v1/venues/${venue}/menu`, as, smallMenu);
    }
    const agreed = { name: "Bob's Post", url: `${harness.sandboxUrl}/carriers/demo/bobs-post`, secret: paymentSecret, callbackSecret }; // prettier-ignore
    await must(wire, "PUT", "/v1/carriers/bobs-post", bearer(people.admin.token), agreed);
    return {
      harness,
      wire,
      people,
      async stop() {
        wire.close();
        await harness.stop();
        rmSync(stateDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    harness.debug();
    await harness.stop();
    throw error;
  }
}

export async function tokenOf(wire: Wire, parameters: Record<string, string>, headers = {}): Promise<string> {
  const { json } = await must(wire, "POST", "/v1/oauth/token", headers, parameters);
  return Token.parse(json).access_token;
}

export function basic({ id, secret } = operator): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

/** Sends what has to succeed. */
export async function must(
  wire: Wire,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Answer> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await wire.send({
    method,
    path,
    headers: { ...asJson, "idempotency-key": randomUUID(), ...headers },
    ...json,
  });
  if (answer.status < 300) return answer;
  throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
}
