import { z } from "zod";
import { Figures, Floor, FloorLive, FoundOrders, OrderSearch } from "./floor.ts";
import { VenueId } from "./ids.ts";
import { LiveQuery, type RouteContract } from "./route.ts";

const crew = ["staff", "admin"] as const;
const When = z.iso.datetime({ offset: true });

/** The whole house at a glance: what goes on now, what was, and what it came to. */
export const floorRoutes = {
  read: {
    method: "GET",
    path: "/v1/floor",
    summary: "All open orders of your venues, and whether each venue takes orders",
    roles: crew,
    response: Floor,
    status: 200,
    idempotent: false,
  },
  live: {
    method: "GET",
    path: "/v1/floor/live",
    summary: "WebSocket: the same, and every change of it; what was missed comes as a snapshot",
    roles: crew,
    query: LiveQuery,
    response: FloorLive,
    status: 101,
    idempotent: false,
    socket: true,
  },
  search: {
    method: "POST",
    path: "/v1/orders/search",
    summary:
      "Find orders of your venues; a POST so that no name or phone is in an address. Changes nothing, takes no key",
    roles: crew,
    body: OrderSearch,
    response: FoundOrders,
    status: 200,
    idempotent: false,
  },
  figures: {
    method: "GET",
    path: "/v1/figures",
    summary: "What the orders placed between two instants came to, at most 31 days of them",
    roles: crew,
    query: z.strictObject({ from: When, until: When, venue: VenueId.optional() }),
    response: Figures,
    status: 200,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
