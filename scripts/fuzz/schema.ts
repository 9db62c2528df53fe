import { z } from "zod";

/** A JSON Schema as the OpenAPI document holds it. */
export type Json = Readonly<Record<string, unknown>>;

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()),
});
const Media = z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()).optional() }));
const Described = z.looseObject({
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ content: Media }).optional(),
  responses: z.record(z.string(), z.unknown()),
  description: z.string().default(""),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** As much of the OpenAPI document as a request is made from. */
export const OpenApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Described)),
  components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
export type OpenApi = z.infer<typeof OpenApi>;

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly z.infer<typeof Parameter>[];
  /** Media type and schema of the body; null where the route takes none. */
  readonly body: { readonly type: string; readonly schema: Json } | null;
  readonly isSocket: boolean;
  /** Who is served, as askers are called; empty where everybody is. */
  readonly served: readonly string[];
}

export function routesOf(document: OpenApi): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses, description, security }]): Route => {
      const [first] = Object.entries(requestBody?.content ?? {});
      const body = first === undefined ? null : { type: first[0], schema: first[1].schema ?? {} };
      const isSocket = responses["101"] !== undefined;
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        body,
        isSocket,
        served: servedBy(description, security),
      };
    }),
  );
}

/** "For staff, admin." names roles; where nothing is named, an admin or the operator is served. */
function servedBy(description: string, security: readonly Json[]): string[] {
  const named = /^For ([a-z, ]+)\./.exec(description)?.[1]?.split(", ") ?? [];
  if (named.length > 0) return named;
  const schemes = security.flatMap((one) => Object.keys(one));
  return schemes.includes("operator") ? ["operator"] : schemes.includes("bearer") ? ["admin"] : [];
}

export function resolved(schema: Json, document: OpenApi): Json {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return document.components.schemas[reference.replace("#/components/schemas/", "")] ?? {};
}
