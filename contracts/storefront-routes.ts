import { z } from "zod";
import { TenantId, VenueId } from "./ids.ts";
import { CompiledMenu } from "./menu.ts";
import type { RouteContract } from "./route.ts";
import { VenueView } from "./venue.ts";

const params = z.object({ venue: VenueId });

/** What is asked for before anything is chosen: apart, so that a customer's page comes without all that a crew may do. */
export const storefrontRoutes = {
  list: {
    method: "GET",
    path: "/v1/tenants/{tenant}/venues",
    summary: "A tenant's venues",
    roles: "public",
    params: z.object({ tenant: TenantId }),
    response: z.object({ venues: z.array(VenueView) }),
    status: 200,
    idempotent: false,
  },
  read: {
    method: "GET",
    path: "/v1/venues/{venue}",
    summary: "A venue: its settings, what is sold out, whether it is paused",
    roles: "public",
    params,
    response: VenueView,
    status: 200,
    idempotent: false,
  },
  menu: {
    method: "GET",
    path: "/v1/venues/{venue}/menu",
    summary: "The published menu, with its version as ETag",
    roles: "public",
    params,
    response: CompiledMenu.extend({ venue: VenueId, version: z.int() }),
    status: 200,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
