import type { Hono } from "hono";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { mountDeadLetters } from "./dead-letters.ts";
import { mountHealth } from "./health.ts";
import { metricsRoutes } from "./metrics.ts";

export function mountOperations(app: Hono<Door<OrderingEnv>>): void {
  mountDeadLetters(app);
  mountHealth(app);
  app.route("/", metricsRoutes());
}
