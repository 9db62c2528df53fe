import type { OpenAPIHono } from "@hono/zod-openapi";
import { deliveryRoutes } from "../../../contracts/delivery-routes.ts";
import { kitchenRoutes } from "../../../contracts/kitchen.ts";
import { operationRoutes } from "../../../contracts/operations.ts";
import { orderRoutes } from "../../../contracts/order-routes.ts";
import type { RouteContract } from "../../../contracts/route.ts";
import { importQuery, ImportReport, venueRoutes } from "../../../contracts/venue-routes.ts";
import { IdempotencyKeyHeader } from "../../shared/idempotency.ts";
import { problemAnswers } from "../../shared/problem.ts";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";

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

/** Writes every route into the OpenAPI document, and serves it at `/openapi.json`. */
export function describe(app: OpenAPIHono<Door<OrderingEnv>>): void {
  const tables: Record<string, Record<string, RouteContract>> = {
    orders: orderRoutes,
    venues: venueRoutes,
    kitchen: kitchenRoutes,
    delivery: deliveryRoutes,
    operations: operationRoutes,
  };
  for (const [tag, routes] of Object.entries(tables)) {
    for (const contract of Object.values(routes)) register(app, tag, contract);
  }
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/menus/import",
    tags: ["venues"],
    summary: "Import a menu file: Comanda JSON, CSV, a Square catalog, a delivery platform's vendor JSON. The body is the file",
    security: [{ bearer: [] }],
    request: {
      query: importQuery,
      headers: IdempotencyKeyHeader,
      body: { content: { "application/json": { schema: {} }, "text/csv": { schema: { type: "string" } } } },
    },
    responses: { 200: { description: "The report", content: { "application/json": { schema: ImportReport } } }, ...problemAnswers },
  });
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/healthz",
    tags: ["operations"],
    summary: "Whether the service can work",
    responses: { 200: { description: "It can" }, ...problemAnswers },
  });
  let document: string | undefined;
  app.get("/openapi.json", (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(about));
    return c.body(document, 200, { "content-type": "application/json", "cache-control": "public, max-age=300" });
  });
}

function register(app: OpenAPIHono<Door<OrderingEnv>>, tag: string, contract: RouteContract): void {
  const { path, summary, params, query, body, response, status, roles, idempotent, socket } = contract;
  const who = roles === "public" ? "Anybody." : `For ${roles.join(", ")}.`;
  const upgrade = "A WebSocket upgrade; these are the messages it sends. Send the text `ping` to be answered `pong`.";
  app.openAPIRegistry.registerPath({
    method: methods[contract.method],
    path,
    tags: [tag],
    summary,
    description: socket === true ? `${who} ${upgrade}` : who,
    ...(roles === "public" ? {} : { security: [{ bearer: [] }] }),
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { required: true, content: { "application/json": { schema: body } } } }),
      ...(idempotent ? { headers: IdempotencyKeyHeader } : {}),
    },
    responses: { [status]: { description: summary, content: { "application/json": { schema: response } } }, ...problemAnswers },
  });
}

const methods = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" } as const;
