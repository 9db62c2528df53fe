import { z } from "zod";
import { Instant } from "./instant.ts";
import { Role } from "./principal.ts";
import { count, type RouteContract } from "./route.ts";

/** The origin of a web page, as a browser says it: scheme, host and port, without a path; http on this machine only. */
const Origin = z.string().max(253).refine(isOrigin, "an https origin such as https://shop.example, without a path");

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  // A browser never says a wildcard: named, it would look as if it were one.
  if (origin !== text || !/^[a-z0-9.-]+$/.test(hostname)) return false;
  return protocol === "https:" || (protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1"));
}

/** What a tenant decides for all of its venues. */
export const TenantSettings = z.strictObject({
  /** Pages of other sites that may call the API from a browser; none but our own where there are none. */
  allowedOrigins: z
    .array(Origin)
    .max(50)
    .refine((origins) => new Set(origins).size === origins.length, "each once")
    .default([]),
  /** Days after an order's end after which its customer's data are erased. */
  keepPersonalData: z.int().min(14).max(3650).default(90),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

/** Something that staff, an admin or the operator did. */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  /** The token's subject; `operator` for the installation's operator. */
  by: z.string(),
  role: z.union([Role, z.literal("operator")]),
  method: z.string(),
  path: z.string(),
  /** How it was answered: 2xx where it was done, 403 where it was tried. */
  status: z.int(),
  traceparent: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What is a tenant's own, beyond any venue: only for who is admin of all its venues. */
export const tenantRoutes = {
  settings: {
    method: "GET",
    path: "/v1/tenant/settings",
    summary: "What the tenant decides for all of its venues",
    roles: ["admin"],
    response: TenantSettings,
    status: 200,
    idempotent: false,
  },
  writeSettings: {
    method: "PUT",
    path: "/v1/tenant/settings",
    summary: "Change what the tenant decides for all of its venues",
    roles: ["admin"],
    body: TenantSettings,
    response: TenantSettings,
    status: 200,
    idempotent: false,
  },
  audit: {
    method: "GET",
    path: "/v1/audit",
    summary: "Who of the staff, the admins and the operator did what, newest first",
    roles: ["admin"],
    query: z.strictObject({
      by: z.string().min(1).max(128).optional(),
      /** What the path holds somewhere, such as `/menu` or a venue's id. */
      path: z.string().min(1).max(300).optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      until: z.iso.datetime({ offset: true }).optional(),
      cursor: z.string().max(64).optional(),
      limit: count(1, 100).default(50),
    }),
    response: z.object({ entries: z.array(AuditEntry), next: z.string().nullable() }),
    status: 200,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
