import { carrierRoutes } from "../../contracts/carrier-routes.ts";
import { channelRoutes } from "../../contracts/channel-routes.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { pushRoutes } from "../../contracts/push-routes.ts";
import type { RouteContract } from "../../contracts/route.ts";
import { tenantRoutes } from "../../contracts/tenant-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { webhookRoutes } from "../../contracts/webhook-routes.ts";
import { z } from "zod";
import { policies, type Policy } from "./policies.ts";

/** A route with all that is known of it: the document's word, its contract where it has one, who may. */
export interface Operation {
  /** `METHOD path`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly policy: Policy;
  readonly contract: RouteContract | null;
  readonly described: Described;
}

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()),
});
const Media = z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()).optional() }));
const Described = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).min(1),
  parameters: z.array(Parameter).optional(),
  requestBody: z.looseObject({ content: Media }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: Media.optional() })),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
export type Described = z.infer<typeof Described>;

export const OpenApi = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "post", "put", "patch", "delete"]), Described.optional()),
  ),
  components: z.looseObject({
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
});
export type OpenApi = z.infer<typeof OpenApi>;

export const contracts: readonly RouteContract[] = [
  orderRoutes,
  floorRoutes,
  venueRoutes,
  tenantRoutes,
  webhookRoutes,
  pushRoutes,
  kitchenRoutes,
  deliveryRoutes,
  carrierRoutes,
  channelRoutes,
  operationRoutes,
].flatMap((table) => Object.values<RouteContract>(table));

export function keyOf({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path}`;
}

/** All operations of the document. Throws where one has no policy: say in policies.ts who may use it. */
export function operationsOf(document: OpenApi): Operation[] {
  const contractsByKey = new Map(contracts.map((contract) => [keyOf(contract), contract]));
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([verb, described]) => {
      const method = verb.toUpperCase();
      const key = keyOf({ method, path });
      const policy = policies[key];
      if (policy === undefined) throw new Error(`nobody has said who may ${key}`);
      return described === undefined
        ? []
        : [{ key, method, path, policy, contract: contractsByKey.get(key) ?? null, described }];
    }),
  );
}
