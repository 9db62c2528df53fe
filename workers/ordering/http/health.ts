import type { Hono } from "hono";
import { refuse } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { ail } from "../observe.ts";

/** Anybody may ask, and each look costs a dozen calls: what was well is well for so long (ms). */
const wellForMs = 2_000;
let wellUntil = 0;

/** `GET /healthz`: whether the installation can work, and if not, which part is ill. */
export function mountHealth(app: Hono<Door<OrderingEnv>>): void {
  app.get("/healthz", async (c) => {
    const now = Date.now();
    if (now >= wellUntil) {
      const ailments = await ail(c.env);
      const detail = ailments.map((each) => each.detail).join(" ");
      if (ailments.length > 0) return problemResponse(refuse("unavailable", detail, ailments), c.req.raw);
      wellUntil = now + wellForMs;
    }
    return c.json({ status: "ok" });
  });
}
