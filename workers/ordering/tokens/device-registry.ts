import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { VenueId } from "../../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { deviceRequests, devices, sessions } from "../tables/tokens.ts";
import { insertWhere } from "./conditional-insert.ts";
import { tokenDatabase } from "./database.ts";
import { pairingOf, type Approval } from "./device-approval.ts";
import type { TokenEnv } from "./env.ts";
import { pageOf } from "./page.ts";
import { unknownVenues, withinReach } from "./reach.ts";
import { endSession } from "./sessions.ts";

export const Device = z
  .object({
    id: z.string(),
    kind: z.enum(["tablet", "driver"]),
    name: z.string(),
    station: z.string().nullable(),
    venues: z.array(VenueId).nullable(),
    subject: z.string().meta({ description: "Whom its tokens speak for: the device, or the driver." }),
    createdAt: z.iso.datetime(),
    refreshedAt: z.iso.datetime().nullable().meta({ description: "When it last refreshed its token." }),
    signedIn: z.boolean(),
  })
  .meta({ id: "Device" });
export type Device = z.infer<typeof Device>;

type RequestRow = typeof deviceRequests.$inferSelect;
type DeviceRow = typeof devices.$inferSelect;
type SessionRow = typeof sessions.$inferSelect;

/** The device that asked with this code may collect tokens of its own, once. */
export async function approveDevice(
  env: TokenEnv,
  principal: Principal,
  request: RequestRow,
  approval: Approval,
): Promise<Device | Refusal> {
  const pairing = pairingOf(principal, request.kind, approval, Date.now());
  if (isRefusal(pairing)) return pairing;
  const unknown = await unknownVenues(env, principal.tenant, approval.venues);
  if (unknown !== null) return unknown;
  const { device, session } = pairing;
  const database = tokenDatabase(env);
  const undecided = sql`from ${deviceRequests} where ${deviceRequests.deviceCodeHash} = ${request.deviceCodeHash}
    and ${deviceRequests.status} = 'pending' and ${deviceRequests.expiresAt} > ${device.createdAt}`;
  // One transaction: of two who approve or deny at the same moment one decides, and no half of it stays.
  const [, , decided] = await database.batch([
    insertWhere(database, devices, device, undecided),
    insertWhere(database, sessions, session, undecided),
    database
      .update(deviceRequests)
      .set({ status: "approved", device: device.id })
      .where(
        and(
          eq(deviceRequests.deviceCodeHash, request.deviceCodeHash),
          eq(deviceRequests.status, "pending"),
          gt(deviceRequests.expiresAt, device.createdAt),
        ),
      )
      .returning(),
  ]);
  return decided.length === 0 ? alreadyDecided : shownOf(device, session);
}

export async function denyDevice(env: TokenEnv, request: RequestRow): Promise<Refusal | null> {
  const decided = await tokenDatabase(env)
    .update(deviceRequests)
    .set({ status: "denied" })
    .where(and(eq(deviceRequests.deviceCodeHash, request.deviceCodeHash), eq(deviceRequests.status, "pending")))
    .returning();
  return decided.length === 0 ? alreadyDecided : null;
}

/** A page of the tenant's devices; staff see the tablets of their own venues only. */
export async function listDevices(
  env: TokenEnv,
  principal: Principal,
  page: { limit: number; after?: string | undefined },
): Promise<{ items: Device[]; next: string | null }> {
  const rows = await tokenDatabase(env)
    .select({ id: devices.id, device: devices, session: sessions })
    .from(devices)
    .leftJoin(sessions, eq(sessions.id, devices.session))
    .where(and(eq(devices.tenant, principal.tenant), gt(devices.id, page.after ?? ""), seenBy(principal)))
    .orderBy(asc(devices.id))
    .limit(page.limit + 1);
  const { items, next } = pageOf(rows, page.limit);
  return { items: items.map(({ device, session }) => shownOf(device, session)), next };
}

/** Whether there was one within the principal's reach; its tokens end with it. */
export async function deleteDevice(env: TokenEnv, principal: Principal, id: string): Promise<boolean> {
  const [gone] = await tokenDatabase(env)
    .delete(devices)
    .where(and(eq(devices.tenant, principal.tenant), eq(devices.id, id), seenBy(principal)))
    .returning();
  if (gone === undefined) return false;
  const role = gone.kind === "tablet" ? "staff" : "driver";
  await endSession(env, { id: gone.session, tenant: gone.tenant, subject: gone.subject, role, venues: gone.venues });
  return true;
}

/** Admins reach every device whose venues they reach, staff only tablets; a device of all venues takes one of all. */
function seenBy(principal: Principal) {
  const kind = principal.role === "admin" ? undefined : eq(devices.kind, "tablet");
  return and(kind, withinReach(principal, devices.venues));
}

function shownOf(device: DeviceRow, session: SessionRow | null): Device {
  const { id, kind, name, station, venues, subject } = device;
  return {
    id,
    kind,
    name,
    station,
    venues,
    subject,
    createdAt: new Date(device.createdAt).toISOString(),
    refreshedAt: session === null ? null : new Date(session.refreshedAt).toISOString(),
    signedIn: session !== null && session.revokedAt === null && session.expiresAt > Date.now(),
  };
}

const alreadyDecided = refuse("conflict", "This code has been decided on, or has expired.");
