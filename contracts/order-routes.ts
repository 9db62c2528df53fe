import { z } from "zod";
import { OrderId, VenueId } from "./ids.ts";
import {
  Cancellation, Checkout, EventView, Lines, NewOrder, OrderLive, OrderStatus, OrderSummary, OrderView, StatusView,
} from "./order.ts"; // prettier-ignore
import type { RouteContract } from "./route.ts";

const params = z.object({ order: OrderId });
const buyers = ["customer", "staff", "admin", "service"] as const;

/** A query's number, sent as text. */
export const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const After = z.object({ after: count(0, Number.MAX_SAFE_INTEGER).optional() });

/** Orders: what a customer, a third-party provider or the staff at the desk can ask. */
export const orderRoutes = {
  create: {
    method: "POST",
    path: "/v1/orders",
    summary: "Place an order (with `checkout`), or open a basket (without)",
    roles: buyers,
    body: NewOrder,
    response: OrderView,
    status: 201,
    idempotent: true,
  },
  list: {
    method: "GET",
    path: "/v1/orders",
    summary: "Orders by time of their last change, newest first: your own, or those of your venues",
    roles: buyers,
    query: z.strictObject({
      venue: VenueId.optional(),
      status: OrderStatus.optional(),
      open: z.enum(["true", "false"]).optional(),
      cursor: z.string().max(200).optional(),
      limit: count(1, 100).default(20),
    }),
    response: z.object({ orders: z.array(OrderSummary), next: z.string().nullable() }),
    status: 200,
    idempotent: false,
  },
  statuses: {
    method: "GET",
    path: "/v1/orders/statuses",
    summary: "The states of up to 50 orders at once; those you may not see are left out",
    roles: buyers,
    query: z.strictObject({ id: z.union([OrderId.transform((id) => [id]), z.array(OrderId).min(1).max(50)]) }),
    response: z.object({ statuses: z.array(StatusView) }),
    status: 200,
    idempotent: false,
  },
  read: {
    method: "GET",
    path: "/v1/orders/{order}",
    summary: "One order, whole; with `at`, as it was after its event of that number",
    roles: buyers,
    params,
    query: z.strictObject({ at: count(1, Number.MAX_SAFE_INTEGER).optional() }),
    response: OrderView,
    status: 200,
    idempotent: false,
  },
  status: {
    method: "GET",
    path: "/v1/orders/{order}/status",
    summary: "One order's state, small and fast",
    roles: buyers,
    params,
    response: StatusView,
    status: 200,
    idempotent: false,
  },
  events: {
    method: "GET",
    path: "/v1/orders/{order}/events",
    summary: "The order's log after a number, each event with the hash that chains it to all before",
    roles: ["staff", "admin", "service", "customer"],
    params,
    query: z.strictObject({ after: count(0, Number.MAX_SAFE_INTEGER).default(0) }),
    response: z.object({ events: z.array(EventView) }),
    status: 200,
    idempotent: false,
  },
  live: {
    method: "GET",
    path: "/v1/orders/{order}/live",
    summary: "WebSocket: every change of the order; resume with `?after=` the last number you saw",
    roles: buyers,
    params,
    query: After,
    response: OrderLive,
    status: 101,
    idempotent: false,
    socket: true,
  },
  addLines: {
    method: "POST",
    path: "/v1/orders/{order}/lines",
    summary: "Add lines to a basket",
    roles: buyers,
    params,
    body: Lines,
    response: OrderView,
    status: 200,
    idempotent: true,
  },
  replaceLines: {
    method: "PUT",
    path: "/v1/orders/{order}/lines",
    summary: "Replace a basket's lines",
    roles: buyers,
    params,
    body: Lines,
    response: OrderView,
    status: 200,
    idempotent: false,
  },
  place: {
    method: "POST",
    path: "/v1/orders/{order}/place",
    summary: "Place the order a basket has become",
    roles: buyers,
    params,
    body: Checkout,
    response: OrderView,
    status: 200,
    idempotent: true,
  },
  cancel: {
    method: "POST",
    path: "/v1/orders/{order}/cancel",
    summary: "Cancel: a customer within the venue's window, staff at any time before the end",
    roles: buyers,
    params,
    body: Cancellation,
    response: OrderView,
    status: 200,
    idempotent: true,
  },
} as const satisfies Record<string, RouteContract>;
