import { z } from "zod";
import { EndedSubscription, NewSubscription, SubscriptionView } from "./push.ts";
import type { RouteContract } from "./route.ts";

/** Web Push (RFC 8030, 8291, 8292): how a browser is told while its page is closed. */
export const pushRoutes = {
  key: {
    method: "GET",
    path: "/v1/push/key",
    summary: "The public VAPID key a browser subscribes with (base64url); null where no pushes are sent",
    roles: "public",
    response: z.object({ key: z.string().nullable() }),
    status: 200,
    idempotent: false,
  },
  subscribe: {
    method: "POST",
    path: "/v1/push/subscriptions",
    summary: "Be told of an order of your own (5 browsers at most), or of a venue of yours (20 at most)",
    roles: ["customer", "staff", "admin"],
    body: NewSubscription,
    response: SubscriptionView,
    status: 201,
    idempotent: true,
  },
  unsubscribe: {
    method: "DELETE",
    path: "/v1/push/subscriptions",
    summary: "Be told no more at this address, of anything you have subscribed to",
    roles: ["customer", "staff", "admin"],
    body: EndedSubscription,
    response: z.object({ ended: z.int() }),
    status: 200,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
