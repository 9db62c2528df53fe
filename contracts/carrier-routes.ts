import { z } from "zod";
import { BookingView, CarrierChange, CarrierView, Parcel } from "./carrier.ts";
import { CarrierId, TenantId } from "./ids.ts";
import type { Role } from "./principal.ts";
import type { RouteContract } from "./route.ts";

/** The header in which a carrier shows, with a callback, the secret that was agreed with it. */
export const callbackSecretHeader = "x-carrier-secret";

const admins = ["admin"] as const satisfies readonly Role[];
const staff = ["staff", "admin"] as const satisfies readonly Role[];
const params = z.object({ carrier: CarrierId });
const read = { method: "GET", status: 200, idempotent: false, query: z.strictObject({}) } as const;

/** Third-party carriers: which there are, how they do, what they have. */
export const carrierRoutes = {
  list: {
    ...read,
    path: "/v1/carriers",
    summary: "The tenant's carriers, each with its breaker",
    roles: admins,
    response: z.object({ carriers: z.array(CarrierView) }).meta({ id: "Carriers" }),
  },
  read: {
    ...read,
    path: "/v1/carriers/{carrier}",
    summary: "A carrier: its settings, its breaker, how it has done so far",
    roles: admins,
    params,
    response: CarrierView,
  },
  write: {
    method: "PUT",
    path: "/v1/carriers/{carrier}",
    summary: "Begin to work with a carrier, or change how",
    roles: admins,
    params,
    body: CarrierChange,
    response: CarrierView,
    status: 200,
    idempotent: false,
  },
  bookings: {
    ...read,
    path: "/v1/carriers/{carrier}/bookings",
    summary: "What the carrier has or is asked to take: the open ones, and those over within the last days",
    roles: staff,
    params,
    query: z.strictObject({ status: z.enum(["open", "all"]).default("open") }),
    response: z.object({ bookings: z.array(BookingView) }).meta({ id: "Bookings" }),
  },
  callback: {
    method: "POST",
    path: "/v1/tenants/{tenant}/carriers/{carrier}/callbacks",
    summary: `How a parcel stands, told by the carrier, with the agreed secret in ${callbackSecretHeader}`,
    roles: "public",
    params: z.object({ tenant: TenantId, carrier: CarrierId }),
    body: Parcel,
    response: z.object({}),
    status: 204,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
