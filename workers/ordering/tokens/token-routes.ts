import { OpenAPIHono } from "@hono/zod-openapi";
import { clientRoutes } from "./clients-http.ts";
import { deviceRoutes } from "./devices-http.ts";
import type { TokenHono } from "./env.ts";
import { keyRoutes } from "./keys-http.ts";
import { oauthRoutes } from "./oauth-http.ts";
import { tenantRoutes } from "./tenants-http.ts";

/** Who may come in: tokens, keys, devices, clients and tenants. */
export const tokenRoutes = new OpenAPIHono<TokenHono>();
tokenRoutes.route("/", oauthRoutes);
tokenRoutes.route("/", keyRoutes);
tokenRoutes.route("/", deviceRoutes);
tokenRoutes.route("/", clientRoutes);
tokenRoutes.route("/", tenantRoutes);
