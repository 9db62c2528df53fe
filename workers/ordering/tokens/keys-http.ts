import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { waitUntil } from "cloudflare:workers";
import { problemAnswers, refuseInvalid } from "../../shared/problem.ts";
import type { TokenEnv } from "./env.ts";
import { operatorOnly } from "./guard.ts";
import { activeKey, publicKeys, rotateKey } from "./key-store.ts";

export const keyRoutes = new OpenAPIHono<{ Bindings: TokenEnv }>({ defaultHook: refuseInvalid });

const PublicKey = z
  .looseObject({ kid: z.string(), kty: z.string(), alg: z.literal("ES256"), use: z.literal("sig") })
  .meta({ id: "PublicKey" });

const jwks = createRoute({
  method: "get",
  path: "/.well-known/jwks.json",
  operationId: "tokens-keys",
  summary: "Public keys of the access tokens (RFC 7517)",
  tags: ["tokens"],
  responses: {
    200: {
      description: "Newest first; one that signs no more stays until its last token has expired",
      content: { "application/json": { schema: z.object({ keys: z.array(PublicKey) }) } },
    },
    ...problemAnswers,
  },
});

keyRoutes.openapi(jwks, async (c) => {
  // Makes the first key, so that a reader who comes before the first token does not cache an empty set.
  await activeKey(c.env, waitUntil);
  const keys = z.array(PublicKey).parse(await publicKeys(c.env));
  return c.json({ keys }, 200, { "cache-control": "public, max-age=60" });
});

const rotate = createRoute({
  method: "post",
  path: "/v1/oauth/keys/rotate",
  operationId: "operator-rotateKey",
  summary: "Makes a new signing key; tokens signed by former ones stay valid until they expire",
  tags: ["operator"],
  security: [{ operator: [] }],
  middleware: [operatorOnly] as const,
  responses: {
    200: { description: "Rotated", content: { "application/json": { schema: z.object({ kid: z.string() }) } } },
    ...problemAnswers,
  },
});

keyRoutes.openapi(rotate, async (c) => c.json({ kid: (await rotateKey(c.env)).kid }, 200));
