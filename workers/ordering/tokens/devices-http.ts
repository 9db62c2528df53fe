import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { IdempotencyKeyHeader } from "../../shared/idempotency.ts";
import { problemAnswers, problemResponse, refuseInvalid } from "../../shared/problem.ts";
import { requestByUserCode } from "./approval-attempts.ts";
import { Approval } from "./device-approval.ts";
import { approveDevice, deleteDevice, denyDevice, Device, listDevices } from "./device-registry.ts";
import type { TokenHono } from "./env.ts";
import { allow, authenticated } from "./guard.ts";
import { idempotent } from "./idempotent.ts";
import { PageQuery } from "./page.ts";
import { smallBody } from "./small-body.ts";

export const deviceRoutes = new OpenAPIHono<TokenHono>({ defaultHook: refuseInvalid });

const shared = { tags: ["tokens"], security: [{ bearer: [] }] };

const approve = createRoute({
  ...shared,
  method: "post",
  path: "/v1/devices/approve",
  operationId: "tokens-approveDevice",
  summary: "Lets in the tablet or driver's phone that shows this code; staff: tablets of their own venues",
  middleware: [authenticated, allow("admin", "staff"), smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    body: { required: true, content: { "application/json": { schema: Approval } } },
  },
  responses: {
    201: { description: "Let in", content: { "application/json": { schema: Device } } },
    ...problemAnswers,
  },
});

deviceRoutes.openapi(approve, async (c) => {
  const approval = c.req.valid("json");
  const request = await requestByUserCode(c.env, c.var.principal, approval.user_code);
  if (isRefusal(request)) return problemResponse(request, c.req.raw);
  const device = await approveDevice(c.env, c.var.principal, request, approval);
  return isRefusal(device) ? problemResponse(device, c.req.raw) : c.json(device, 201);
});

const deny = createRoute({
  ...shared,
  method: "post",
  path: "/v1/devices/deny",
  operationId: "tokens-denyDevice",
  summary: "Refuses the device that shows this code",
  middleware: [authenticated, allow("admin", "staff"), smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    body: {
      required: true,
      content: { "application/json": { schema: z.strictObject({ user_code: z.string().min(1).max(32) }) } },
    },
  },
  responses: { 204: { description: "Refused" }, ...problemAnswers },
});

deviceRoutes.openapi(deny, async (c) => {
  const request = await requestByUserCode(c.env, c.var.principal, c.req.valid("json").user_code);
  const refusal = isRefusal(request) ? request : await denyDevice(c.env, request);
  return refusal === null ? c.body(null, 204) : problemResponse(refusal, c.req.raw);
});

const list = createRoute({
  ...shared,
  method: "get",
  path: "/v1/devices",
  operationId: "tokens-listDevices",
  summary: "Tablets and drivers' phones; staff: the tablets of their own venues",
  middleware: [authenticated, allow("admin", "staff")] as const,
  request: { query: PageQuery },
  responses: {
    200: {
      description: "A page, by id",
      content: {
        "application/json": { schema: z.object({ items: z.array(Device), next: z.string().nullable() }) },
      },
    },
    ...problemAnswers,
  },
});

deviceRoutes.openapi(list, async (c) => c.json(await listDevices(c.env, c.var.principal, c.req.valid("query")), 200));

const remove = createRoute({
  ...shared,
  method: "delete",
  path: "/v1/devices/{id}",
  operationId: "tokens-deleteDevice",
  summary: "Removes a device and ends its tokens",
  middleware: [authenticated, allow("admin", "staff")] as const,
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 204: { description: "Gone" }, ...problemAnswers },
});

deviceRoutes.openapi(remove, async (c) => {
  const gone = await deleteDevice(c.env, c.var.principal, c.req.valid("param").id);
  return gone ? c.body(null, 204) : problemResponse(refuse("not-found", "There is no such device."), c.req.raw);
});
