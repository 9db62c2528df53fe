import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { DriverId, VenueId } from "../../../contracts/ids.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import { clients } from "../tables/tokens.ts";
import { tokenDatabase } from "./database.ts";
import type { TokenEnv } from "./env.ts";
import { revoke } from "./guard.ts";
import { answerLasts } from "./idempotent.ts";
import { pageOf } from "./page.ts";
import { withinReach } from "./reach.ts";
import { derivedId, hashOf, macOf } from "./secrets.ts";

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
    formerUntil: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Until when the secret before this one still opens." }),
  })
  .meta({ id: "Client" });
export type Client = z.infer<typeof Client>;

export const ClientWithSecret = Client.extend({
  secret: z.string().meta({ description: "Shown this once; only its hash is kept." }),
}).meta({ id: "ClientWithSecret" });
export type ClientWithSecret = z.infer<typeof ClientWithSecret>;

type ClientRow = typeof clients.$inferSelect;

/** What a client is made from; of the same `request` always the same client is made. */
export interface Making {
  readonly tenant: string;
  readonly wanted: NewClient;
  readonly createdBy: string;
  readonly request: string;
}

/** A client made at `now` and the secret to show its owner: both follow from what it is made from, and can be again. */
export function newClient(env: TokenEnv, { tenant, wanted, createdBy, request }: Making, now: number) {
  const id = derivedId("client", `${tenant}\n${request}`);
  const secret = macOf(env.KEY_ENCRYPTION_SECRET, "client secrets", `${id}\n${now}`);
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
    formerHash: null,
    formerUntil: null,
    createdBy,
    createdAt: now,
  };
  return { row, shown: { ...shownOf(row), secret } };
}

/** Makes a client; where whoever made it before died before answering, the answer is given now. */
export async function createClient(env: TokenEnv, making: Making): Promise<ClientWithSecret | Refusal> {
  const { row, shown } = newClient(env, making, Date.now());
  const stored = await tokenDatabase(env).insert(clients).values(row).onConflictDoNothing().returning();
  return stored.length === 1 ? shown : ((await madeBefore(env, making)) ?? usedBefore);
}

/** The client that this very request made within the time in which it may be repeated. */
export async function madeBefore(env: TokenEnv, making: Making): Promise<ClientWithSecret | null> {
  const { row } = newClient(env, making, Date.now());
  const [found] = await tokenDatabase(env).select().from(clients).where(eq(clients.id, row.id));
  if (found === undefined || found.createdAt + answerLasts < Date.now()) return null;
  const again = newClient(env, making, found.createdAt);
  return same(found, again.row) ? again.shown : null;
}

function same(one: ClientRow, other: ClientRow): boolean {
  const told = ({ name, role, subject, venues, secretHash, createdBy }: ClientRow) =>
    JSON.stringify([name, role, subject, venues, secretHash, createdBy]);
  return told(one) === told(other);
}

const usedBefore = refuse(
  "idempotency-key-reused",
  "A client was made with this Idempotency-Key before; use a new one.",
);

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

/**
 * Gives a client a new secret; the one before opens beside it for `overlapMs`. The same `request` meets the secret it
 * made; null where there is no such client within the principal's reach.
 */
export async function rotateClient(
  env: TokenEnv,
  principal: Principal,
  { id, overlapMs, request }: { readonly id: string; readonly overlapMs: number; readonly request: string },
): Promise<ClientWithSecret | Refusal | null> {
  const now = Date.now();
  const secret = macOf(env.KEY_ENCRYPTION_SECRET, "client secrets", `${id}\nrotated\n${request}`);
  const own = and(eq(clients.tenant, principal.tenant), eq(clients.id, id), withinReach(principal, clients.venues));
  const [found] = await tokenDatabase(env).select().from(clients).where(own);
  if (found === undefined) return null;
  // Whoever rotated by this very request before died before answering.
  if (found.secretHash === hashOf(secret)) return { ...shownOf(found), secret };
  const former = overlapMs === 0 ? null : { formerHash: found.secretHash, formerUntil: now + overlapMs };
  const [turned] = await tokenDatabase(env)
    .update(clients)
    .set({ secretHash: hashOf(secret), formerHash: null, formerUntil: null, ...former })
    .where(and(own, eq(clients.secretHash, found.secretHash)))
    .returning();
  return turned === undefined ? turnedByAnother : { ...shownOf(turned), secret };
}

const turnedByAnother = refuse("conflict", "Somebody else has given the client a new secret this very moment.");

/** Whether there was one within the principal's reach; its access tokens end with it. */
export async function deleteClient(env: TokenEnv, principal: Principal, id: string): Promise<boolean> {
  const { tenant } = principal;
  const [gone] = await tokenDatabase(env)
    .delete(clients)
    .where(and(eq(clients.tenant, tenant), eq(clients.id, id), withinReach(principal, clients.venues)))
    .returning();
  if (gone === undefined) return false;
  await revoke(env, gone, [id]);
  return true;
}

function shownOf({ id, name, role, subject, venues, createdAt, formerUntil }: ClientRow): Client {
  const until = formerUntil === null || formerUntil <= Date.now() ? null : rfc3339(formerUntil);
  return { id, name, role, subject, venues, createdAt: rfc3339(createdAt), formerUntil: until };
}
