import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ownAddresses } from "../../../contracts/addresses.ts";
import { TenantId } from "../../../contracts/ids.ts";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { IdempotencyKeyHeader } from "../../shared/idempotency.ts";
import { problemAnswers, problemResponse, refuseInvalid } from "../../shared/problem.ts";
import { ClientWithSecret, createClient, DisplayName, NewClient } from "./client-registry.ts";
import type { TokenEnv } from "./env.ts";
import { operatorOnly } from "./guard.ts";
import { idempotent } from "./idempotent.ts";
import { unknownVenues } from "./reach.ts";
import { smallBody } from "./small-body.ts";
import { createTenant, tenantExists } from "./tenants.ts";

export const tenantRoutes = new OpenAPIHono<{ Bindings: TokenEnv }>({ defaultHook: refuseInvalid });

const operator = [{ operator: [] }];
const tags = ["operator"];

const NewTenantId = TenantId.refine(
  (id) => !ownAddresses.includes(id),
  `none of Comanda's own addresses, which are ${ownAddresses.join(", ")}`,
);
const NewTenant = z.strictObject({ id: NewTenantId, name: DisplayName }).meta({ id: "NewTenant" });
const CreatedTenant = z
  .object({ id: TenantId, name: z.string(), createdAt: z.iso.datetime(), admin: ClientWithSecret })
  .meta({ id: "CreatedTenant" });

const create = createRoute({
  method: "post",
  path: "/v1/tenants",
  operationId: "operator-createTenant",
  summary: "Creates a tenant and its first admin client",
  tags,
  security: operator,
  middleware: [operatorOnly, smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    body: { required: true, content: { "application/json": { schema: NewTenant } } },
  },
  responses: {
    201: { description: "Created", content: { "application/json": { schema: CreatedTenant } } },
    ...problemAnswers,
  },
});

tenantRoutes.openapi(create, async (c) => {
  const wanted = c.req.valid("json");
  const created = await createTenant(c.env, wanted.id, wanted.name, c.var.request);
  if (created === null) return problemResponse(refuse("conflict", "There is a tenant of this id."), c.req.raw);
  return c.json(created, 201, { "cache-control": "no-store" });
});

const createTenantClient = createRoute({
  method: "post",
  path: "/v1/tenants/{tenant}/clients",
  operationId: "operator-createTenantClient",
  summary: "Creates an API client of any tenant; its secret is shown this once",
  tags,
  security: operator,
  middleware: [operatorOnly, smallBody, idempotent] as const,
  request: {
    headers: IdempotencyKeyHeader,
    params: z.object({ tenant: TenantId }),
    body: { required: true, content: { "application/json": { schema: NewClient } } },
  },
  responses: {
    201: { description: "Created", content: { "application/json": { schema: ClientWithSecret } } },
    ...problemAnswers,
  },
});

tenantRoutes.openapi(createTenantClient, async (c) => {
  const { tenant } = c.req.valid("param");
  if (!(await tenantExists(c.env, tenant))) {
    return problemResponse(refuse("not-found", "There is no such tenant."), c.req.raw);
  }
  const { request } = c.var;
  const wanted = c.req.valid("json");
  const barred = await unknownVenues(c.env, tenant, wanted.venues);
  const client = barred ?? (await createClient(c.env, { tenant, wanted, createdBy: "operator", request }));
  if (isRefusal(client)) return problemResponse(client, c.req.raw);
  return c.json(client, 201, { "cache-control": "no-store" });
});
