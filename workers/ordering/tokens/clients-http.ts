import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { durationMs } from "../../../contracts/venue.ts";
import { Rotation } from "../../../contracts/webhook.ts";
import { IdempotencyKeyHeader } from "../../shared/idempotency.ts";
import { problemAnswers, problemResponse, refuseInvalid } from "../../shared/problem.ts";
import {
  Client, ClientWithSecret, NewClient, createClient, deleteClient, listClients, rotateClient,
} from "./client-registry.ts"; // prettier-ignore
import type { TokenHono } from "./env.ts";
import { allow, authenticated } from "./guard.ts";
import { idempotent } from "./idempotent.ts";
import { PageQuery } from "./page.ts";
import { beyondReach, unknownVenues } from "./reach.ts";
import { smallBody } from "./small-body.ts";

export const clientRoutes = new OpenAPIHono<TokenHono>({ defaultHook: refuseInvalid });

const noSuchClient = refuse("not-found", "There is no such client.");
const bearer = [{ bearer: [] }];
const tags = ["tokens"];

const create = createRoute({
  method: "post",
  path: "/v1/clients",
  operationId: "tokens-createClient",
  summary: "Creates an API client; its secret is shown this once",
  tags,
  security: bearer,
  middleware: [authenticated, allow("admin"), smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    body: { required: true, content: { "application/json": { schema: NewClient } } },
  },
  responses: {
    201: { description: "Created", content: { "application/json": { schema: ClientWithSecret } } },
    ...problemAnswers,
  },
});

clientRoutes.openapi(create, async (c) => {
  const { principal, request } = c.var;
  const { tenant, subject: createdBy } = principal;
  const wanted = c.req.valid("json");
  const barred = beyondReach(principal, wanted.venues) ?? (await unknownVenues(c.env, tenant, wanted.venues));
  const client = barred ?? (await createClient(c.env, { tenant, wanted, createdBy, request }));
  if (isRefusal(client)) return problemResponse(client, c.req.raw);
  return c.json(client, 201, { "cache-control": "no-store" });
});

const list = createRoute({
  method: "get",
  path: "/v1/clients",
  operationId: "tokens-listClients",
  summary: "API clients of the tenant",
  tags,
  security: bearer,
  middleware: [authenticated, allow("admin")] as const,
  request: { query: PageQuery },
  responses: {
    200: {
      description: "A page, by id",
      content: {
        "application/json": { schema: z.object({ items: z.array(Client), next: z.string().nullable() }) },
      },
    },
    ...problemAnswers,
  },
});

clientRoutes.openapi(list, async (c) => c.json(await listClients(c.env, c.var.principal, c.req.valid("query")), 200));

const rotate = createRoute({
  method: "post",
  path: "/v1/clients/{id}/secret",
  operationId: "tokens-rotateClient",
  summary: "Gives an API client a new secret, shown this once; the old one opens beside it for `overlap`",
  tags,
  security: bearer,
  middleware: [authenticated, allow("admin"), smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    params: z.object({ id: z.string().max(64) }),
    body: { required: true, content: { "application/json": { schema: Rotation } } },
  },
  responses: {
    200: { description: "Rotated", content: { "application/json": { schema: ClientWithSecret } } },
    ...problemAnswers,
  },
});

clientRoutes.openapi(rotate, async (c) => {
  const { id } = c.req.valid("param");
  const overlapMs = durationMs(c.req.valid("json").overlap);
  const client =
    (await rotateClient(c.env, c.var.principal, { id, overlapMs, request: c.var.request })) ?? noSuchClient;
  if (isRefusal(client)) return problemResponse(client, c.req.raw);
  return c.json(client, 200, { "cache-control": "no-store" });
});

const remove = createRoute({
  method: "delete",
  path: "/v1/clients/{id}",
  operationId: "tokens-deleteClient",
  summary: "Deletes an API client and ends its access tokens",
  tags,
  security: bearer,
  middleware: [authenticated, allow("admin")] as const,
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 204: { description: "Gone" }, ...problemAnswers },
});

clientRoutes.openapi(remove, async (c) => {
  const gone = await deleteClient(c.env, c.var.principal, c.req.valid("param").id);
  return gone ? c.body(null, 204) : problemResponse(noSuchClient, c.req.raw);
});
