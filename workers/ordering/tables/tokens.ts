import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { JWK } from "jose";
import type { VenueId } from "../../../contracts/ids.ts";
import type { Role } from "../../../contracts/principal.ts";

// Instants are epoch milliseconds. Secrets are kept as hashes or sealed, never as they are.

export const tenants = sqliteTable("tenants", {
  id: text().primaryKey(),
  name: text().notNull(),
  settings: text({ mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
  createdAt: integer("created_at").notNull(),
});

/** The active key is the one of the highest generation: two isolates that both make the next one collide on it. */
export const signingKeys = sqliteTable("signing_keys", {
  generation: integer().primaryKey(),
  kid: text().notNull(),
  publicJwk: text("public_jwk", { mode: "json" }).$type<JWK>().notNull(),
  sealedPrivateJwk: text("sealed_private_jwk").notNull(),
  createdAt: integer("created_at").notNull(),
});

export const clients = sqliteTable(
  "clients",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    name: text().notNull(),
    role: text().$type<Exclude<Role, "customer" | "watcher">>().notNull(),
    subject: text().notNull(),
    venues: text({ mode: "json" }).$type<VenueId[]>(),
    secretHash: text("secret_hash").notNull(),
    /** The one before, which opens until `formerUntil`. */
    formerHash: text("former_hash"),
    formerUntil: integer("former_until"),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("clients_by_tenant").on(table.tenant, table.id)],
);

/** A sign-in with its chain of refresh tokens; `turn` counts the rotations. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    subject: text().notNull(),
    role: text().$type<Role>().notNull(),
    venues: text({ mode: "json" }).$type<VenueId[]>(),
    seed: text().notNull(),
    turn: integer().notNull(),
    /** Hash of the key that led to this turn: whoever missed the answer asks once more under it. */
    turnKey: text("turn_key"),
    lifetime: integer().notNull(),
    createdAt: integer("created_at").notNull(),
    refreshedAt: integer("refreshed_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("sessions_by_expiry").on(table.expiresAt)],
);

/** Ids of tokens, sessions and clients that ended before the access tokens made from them did. */
export const revocations = sqliteTable(
  "revocations",
  { id: text().primaryKey(), tenant: text().notNull(), expiresAt: integer("expires_at").notNull() },
  (table) => [index("revocations_by_expiry").on(table.expiresAt)],
);

export const deviceRequests = sqliteTable(
  "device_requests",
  {
    deviceCodeHash: text("device_code_hash").primaryKey(),
    userCode: text("user_code").notNull().unique(),
    tenant: text().notNull(),
    kind: text().$type<DeviceKind>().notNull(),
    status: text().$type<"pending" | "approved" | "denied" | "collected">().notNull(),
    device: text(),
    interval: integer().notNull(),
    polledAt: integer("polled_at"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [index("device_requests_by_expiry").on(table.expiresAt)],
);
export type DeviceKind = "tablet" | "driver";

export const devices = sqliteTable(
  "devices",
  {
    id: text().primaryKey(),
    tenant: text().notNull(),
    kind: text().$type<DeviceKind>().notNull(),
    name: text().notNull(),
    station: text(),
    venues: text({ mode: "json" }).$type<VenueId[]>(),
    subject: text().notNull(),
    session: text().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("devices_by_tenant").on(table.tenant, table.id)],
);

/** How often somebody has entered a user code within the window, so that codes cannot be guessed through. */
export const approvalAttempts = sqliteTable(
  "approval_attempts",
  {
    tenant: text().notNull(),
    subject: text().notNull(),
    attempts: integer().notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.subject] })],
);

/** `scope` is the tenant and subject that sent the key, or the operator; `status` null while it is worked on. */
export const idempotency = sqliteTable(
  "idempotency",
  {
    scope: text().notNull(),
    key: text().notNull(),
    claim: text().notNull(),
    fingerprint: text().notNull(),
    status: integer(),
    sealedAnswer: text("sealed_answer"),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] }), index("idempotency_by_expiry").on(table.expiresAt)],
);
