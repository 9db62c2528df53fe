import { z } from "zod";
import { OrderId } from "./ids.ts";
import { count, type RouteContract } from "./route.ts";
import {
  EndpointId, EndpointSettings, EndpointView, EndpointWithSecret, Replay, ReportId, ReportView, Rotation, WholeReport,
} from "./webhook.ts"; // prettier-ignore

const params = z.object({ endpoint: EndpointId });
const aReport = z.object({ endpoint: EndpointId, report: ReportId });
const roles = ["admin"] as const;
const at = "/v1/webhooks/{endpoint}";

/** A tenant's endpoints: who is told of its orders, with what secret, and how that went. */
export const webhookRoutes = {
  list: {
    method: "GET",
    path: "/v1/webhooks",
    summary: "The tenant's webhook endpoints",
    roles,
    response: z.object({ endpoints: z.array(EndpointView) }),
    status: 200,
    idempotent: false,
  },
  create: {
    method: "POST",
    path: "/v1/webhooks",
    summary: "Create an endpoint; its secret is shown this once",
    roles,
    body: EndpointSettings,
    response: EndpointWithSecret,
    status: 201,
    idempotent: true,
  },
  read: {
    method: "GET",
    path: at,
    summary: "An endpoint: its settings, its breaker, what waits",
    roles,
    params,
    response: EndpointView,
    status: 200,
    idempotent: false,
  },
  write: {
    method: "PUT",
    path: at,
    summary: "Change an endpoint's settings; `enabled` switches it off, and on again after whatever disabled it",
    roles,
    params,
    body: EndpointSettings,
    response: EndpointView,
    status: 200,
    idempotent: false,
  },
  remove: {
    method: "DELETE",
    path: at,
    summary: "Delete an endpoint with all its reports",
    roles,
    params,
    response: z.object({}),
    status: 204,
    idempotent: false,
  },
  rotate: {
    method: "POST",
    path: `${at}/secret`,
    summary: "Make a new secret; the old one signs beside it for `overlap`",
    roles,
    params,
    body: Rotation,
    response: EndpointWithSecret,
    status: 200,
    idempotent: true,
  },
  test: {
    method: "POST",
    path: `${at}/test`,
    summary: "Send a test event",
    roles,
    params,
    body: z.strictObject({}),
    response: ReportView,
    status: 202,
    idempotent: true,
  },
  reports: {
    method: "GET",
    path: `${at}/reports`,
    summary: "The delivery log: reports, newest first, with every attempt at them",
    roles,
    params,
    query: z.strictObject({
      status: z.enum(["waiting", "under-way", "delivered", "failed"]).optional(),
      order: OrderId.optional(),
      limit: count(1, 200).default(50),
    }),
    response: z.object({ reports: z.array(ReportView) }),
    status: 200,
    idempotent: false,
  },
  report: {
    method: "GET",
    path: `${at}/reports/{report}`,
    summary: "A report with its body and every attempt",
    roles,
    params: aReport,
    response: WholeReport,
    status: 200,
    idempotent: false,
  },
  replay: {
    method: "POST",
    path: `${at}/reports/{report}/replay`,
    summary: "Send a report anew, under the same webhook-id",
    roles,
    params: aReport,
    body: z.strictObject({}),
    response: ReportView,
    status: 202,
    idempotent: true,
  },
  replayRange: {
    method: "POST",
    path: `${at}/replay`,
    summary: "Send the reports of a stretch of time anew, in order; those that failed, unless told otherwise",
    roles,
    params,
    body: Replay,
    response: z.object({ replayed: z.int() }),
    status: 202,
    idempotent: true,
  },
} as const satisfies Record<string, RouteContract>;
