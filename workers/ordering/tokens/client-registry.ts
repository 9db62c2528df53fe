import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { DriverId, VenueId } from "../../../contracts/ids.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { clients } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { revoke } from "./guard.ts";
import { pageOf } from "./page.ts";
import { withinReach } from "./reach.ts";
import { hashOf, newId, newSecret } from "./secrets.ts";

/** What people call a client, device or tenant: 1 to 120 characters without control characters. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "no control characters");

export const NewClient = z
  .strictObject({
    name: DisplayName,
    role: z.enum(["staff", "driver", "service", "admin"]),
    venues: z.array(VenueId).min(1).max(50).nullable().default(null),
    driver: DriverId.optional().meta({ description: "Role driver only: the driver the client acts as." }),
  })
  .refine(({ role, driver }) => driver === undefined || role === "driver", {
    path: ["driver"],
    error: "Only a client of the role driver acts as a driver.",
  })
  .meta({ id: "NewClient" });
export type NewClient = z.infer<typeof NewClient>;

export const Client = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(["staff", "driver", "service", "admin"]),
    subject: z.string(),
    venues: z.array(VenueId).nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Client" });
export type Client = z.infer<typeof Client>;

export const ClientWithSecret = Client.extend({
  secret: z.string().meta({ description: "Shown this once; only its hash is kept." }),
}).meta({ id: "ClientWithSecret" });
export type ClientWithSecret = z.infer<typeof ClientWithSecret>;

type ClientRow = typeof clients.$inferSelect;

/** A client and the secret to show its owner. */
export function newClient(tenant: string, wanted: NewClient, createdBy: string, now: number) {
  const secret = newSecret();
  const id = newId("client");
  const { name, role, venues } = wanted;
  const subject = wanted.driver ?? id;
  const row: ClientRow = {
    id,
    tenant,
    name,
    role,
    subject,
    venues,
    secretHash: hashOf(secret),
    createdBy,
    createdAt: now,
  };
  return { row, shown: { ...shownOf(row), secret } };
}

export async function createClient(
  env: TokenEnv,
  tenant: string,
  wanted: NewClient,
  createdBy: string,
): Promise<ClientWithSecret> {
  const { row, shown } = newClient(tenant, wanted, createdBy, Date.now());
  await tokenDatabase(env).insert(clients).values(row);
  return shown;
}

/** A page of the tenant's clients, as far as the principal's venues reach. */
export async function listClients(
  env: TokenEnv,
  principal: Principal,
  page: { limit: number; after?: string | undefined },
) {
  const rows = await tokenDatabase(env)
    .select()
    .from(clients)
    .where(
      and(
        eq(clients.tenant, principal.tenant),
        gt(clients.id, page.after ?? ""),
        withinReach(principal, clients.venues),
      ),
    )
    .orderBy(asc(clients.id))
    .limit(page.limit + 1);
  const { items, next } = pageOf(rows, page.limit);
  return { items: items.map(shownOf), next };
}

/** Whether there was one within the principal's reach; its access tokens end with it. */
export async function deleteClient(env: TokenEnv, principal: Principal, id: string): Promise<boolean> {
  const { tenant } = principal;
  const gone = await tokenDatabase(env)
    .delete(clients)
    .where(and(eq(clients.tenant, tenant), eq(clients.id, id), withinReach(principal, clients.venues)))
    .returning({ id: clients.id });
  if (gone.length === 0) return false;
  await revoke(env, tenant, [id]);
  return true;
}

function shownOf({ id, name, role, subject, venues, createdAt }: ClientRow): Client {
  return { id, name, role, subject, venues, createdAt: new Date(createdAt).toISOString() };
}
