import type { OpenAPIHono } from "@hono/zod-openapi";
import { carrierRoutes } from "../../../contracts/carrier-routes.ts";
import { channelRoutes } from "../../../contracts/channel-routes.ts";
import { deliveryRoutes } from "../../../contracts/delivery-routes.ts";
import { floorRoutes } from "../../../contracts/floor-routes.ts";
import { kitchenRoutes } from "../../../contracts/kitchen-routes.ts";
import { MenuDocument } from "../../../contracts/menu.ts";
import { operationRoutes } from "../../../contracts/operations.ts";
import { orderRoutes } from "../../../contracts/order-routes.ts";
import { Problem } from "../../../contracts/problem.ts";
import { pushRoutes } from "../../../contracts/push-routes.ts";
import type { RouteContract } from "../../../contracts/route.ts";
import { importQuery, ImportReport, venueRoutes } from "../../../contracts/venue-routes.ts";
import { webhookRoutes } from "../../../contracts/webhook-routes.ts";
import { tenantRoutes } from "../../../contracts/tenant-routes.ts";
import { IdempotencyKeyHeader } from "../../shared/idempotency.ts";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { describedWebhooks } from "./described-webhooks.ts";
import { Schemas } from "./openapi-schemas.ts";

const about = {
  openapi: "3.1.0",
  info: {
    title: "Comanda",
    version: "1.0.0",
    description: "Food ordering for restaurants and chains. Commands by HTTP, news by WebSocket, errors by RFC 9457.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
};

const tables: Readonly<Record<string, Readonly<Record<string, RouteContract>>>> = {
  orders: orderRoutes,
  floor: floorRoutes,
  venues: venueRoutes,
  tenant: tenantRoutes,
  webhooks: webhookRoutes,
  push: pushRoutes,
  kitchen: kitchenRoutes,
  delivery: deliveryRoutes,
  carriers: carrierRoutes,
  channels: channelRoutes,
  operations: operationRoutes,
};

/** Serves the OpenAPI document at `/openapi.json`: the token routes describe themselves, the rest is its contracts. */
export function describe(app: OpenAPIHono<Door<OrderingEnv>>): void {
  let text: string | undefined;
  app.get("/openapi.json", (c) => {
    text ??= JSON.stringify(documentOf(app));
    return c.body(text, 200, { "content-type": "application/json", "cache-control": "public, max-age=300" });
  });
}

function documentOf(app: OpenAPIHono<Door<OrderingEnv>>): object {
  const tokens = app.getOpenAPI31Document(about);
  const schemas = new Schemas();
  const paths: Record<string, Record<string, object>> = {};
  const put = (path: string, method: string, operation: object): void => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const [tag, routes] of Object.entries(tables)) {
    for (const [name, contract] of Object.entries(routes)) {
      put(contract.path, contract.method.toLowerCase(), operationOf(tag, name, contract, schemas));
    }
  }
  put("/v1/menus/import", "post", importOperation(schemas));
  put("/openapi.json", "get", {
    operationId: "operations-openapi",
    tags: ["operations"],
    summary: "This document",
    responses: {
      200: { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } },
      ...problems(schemas),
    },
  });
  put("/healthz", "get", {
    operationId: "operations-healthz",
    tags: ["operations"],
    summary: "Whether the installation can work; where it cannot, `errors` points at each part that is ill",
    responses: { 200: { description: "It can" }, ...problems(schemas) },
  });
  for (const worker of ["", "/ordering", "/kitchen", "/delivery"])
    put(`/metrics${worker}`, "get", scrape(schemas, worker));
  const webhooks = describedWebhooks(schemas);
  return {
    ...tokens,
    paths: { ...tokens.paths, ...paths },
    webhooks,
    components: { ...tokens.components, schemas: { ...tokens.components?.schemas, ...schemas.components } },
  };
}

function operationOf(tag: string, name: string, contract: RouteContract, schemas: Schemas): object {
  const { summary, params, query, body, status, roles, idempotent, socket } = contract;
  const who = roles === "public" ? "Anybody." : `For ${roles.join(", ")}.`;
  const upgrade = "A WebSocket upgrade; the schema is of the messages it sends. The text `ping` is answered `pong`.";
  return {
    operationId: `${tag}-${name}`,
    tags: [tag],
    summary,
    description: socket === true ? `${who} ${upgrade}` : who,
    ...(roles === "public" ? {} : { security: [{ bearer: [] }] }),
    parameters: [
      ...schemas.parameters("path", params),
      ...schemas.parameters("query", query),
      ...(idempotent ? schemas.parameters("header", IdempotencyKeyHeader) : []),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { content: { "application/json": { schema: schemas.of(body, "input") } } } }),
    responses: {
      [status]: {
        description: summary,
        ...(status === 204 ? {} : { content: contentOf(contract, schemas) }),
      },
      ...problems(schemas),
    },
  };
}

function contentOf({ response, media }: RouteContract, schemas: Schemas): object {
  if (media !== undefined) return { [media]: {} };
  return { "application/json": { schema: schemas.of(response, "output") } };
}

function scrape(schemas: Schemas, worker: string): object {
  return {
    operationId: `operations-metrics${worker.replace("/", "-")}`,
    tags: ["operations"],
    summary: `What is measured of ${worker === "" ? "all workers" : `the ${worker.slice(1)} worker`}, in Prometheus text`,
    description: "For the operator, or with the scrape token (docs/operating.md) as bearer.",
    security: [{ operator: [] }],
    responses: {
      200: { description: "Prometheus text format 0.0.4", content: { "text/plain": { schema: { type: "string" } } } },
      ...problems(schemas),
    },
  };
}

function importOperation(schemas: Schemas): object {
  return {
    operationId: "venues-import",
    tags: ["venues"],
    summary:
      "Import a menu file: Comanda JSON, CSV, a Square catalog, a delivery platform's vendor JSON. The body is the file",
    description: "For admin.",
    security: [{ bearer: [] }],
    parameters: [...schemas.parameters("query", importQuery), ...schemas.parameters("header", IdempotencyKeyHeader)],
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: { anyOf: [schemas.of(MenuDocument, "input"), {}] } },
        "text/csv": { schema: { type: "string" } },
      },
    },
    responses: {
      200: {
        description: "The report",
        content: { "application/json": { schema: schemas.of(ImportReport, "output") } },
      },
      ...problems(schemas),
    },
  };
}

function problems(schemas: Schemas): Record<string, object> {
  const content = { "application/problem+json": { schema: schemas.of(Problem, "output") } };
  return {
    "4XX": { description: "Refused (RFC 9457)", content },
    "5XX": { description: "Broken or unavailable (RFC 9457)", content },
  };
}
