import { createHmac } from "node:crypto";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { Observed, Sample } from "../../../contracts/metrics.ts";
import { refuse } from "../../../contracts/problem.ts";
import { log } from "../../shared/log.ts";
import { exposition, expositionType } from "../../shared/metrics/exposition.ts";
import { problemResponse } from "../../shared/problem.ts";
import { troubleOf } from "../../shared/trouble.ts";
import { within } from "../../shared/within.ts";
import type { OrderingEnv } from "../env.ts";
import { measure } from "../observe.ts";
import { isOperator, notOperator } from "../tokens/guard.ts";
import { sameSecret } from "../tokens/secrets.ts";

type Scrape = { Bindings: OrderingEnv };

/** The other services have to ask their objects, each of which has 3 s. */
const patienceMs = 8_000;

/**
 * What a Prometheus scrapes: `/metrics` of all three workers, told apart by the label `worker`, or of one. The kitchen
 * and the delivery service have no address of their own.
 */
export function metricsRoutes(): Hono<Scrape> {
  const app = new Hono<Scrape>();
  app.get("/metrics", scrapersOnly, async (c) => {
    const others = Object.entries({ kitchen: c.env.KITCHEN, delivery: c.env.DELIVERY });
    const told = await Promise.all([
      measure(c.env, Date.now()),
      ...others.map(async ([worker, service]) => (await askService(worker, service)) ?? [down(worker)]),
    ]);
    return answer(told.flat());
  });

  app.get("/metrics/ordering", scrapersOnly, async (c) => answer(await measure(c.env, Date.now())));
  app.get("/metrics/kitchen", scrapersOnly, (c) => one(c, "kitchen", c.env.KITCHEN));
  app.get("/metrics/delivery", scrapersOnly, (c) => one(c, "delivery", c.env.DELIVERY));
  return app;
}

async function one(c: Context<Scrape>, worker: string, service: Observed): Promise<Response> {
  const samples = await askService(worker, service);
  if (samples !== null) return answer(samples);
  return problemResponse(refuse("unavailable", `The ${worker} service does not answer.`), c.req.raw);
}

async function askService(worker: string, service: Observed): Promise<Sample[] | null> {
  try {
    return await within(patienceMs, Promise.resolve(service.measure()));
  } catch (error) {
    log.error("not measured", { service: worker, ...troubleOf(error) });
    return null;
  }
}

function down(worker: string): Sample {
  return { metric: "comanda_up", labels: { worker }, value: 0 };
}

function answer(samples: readonly Sample[]): Response {
  return new Response(exposition(samples), {
    headers: { "content-type": expositionType, "cache-control": "no-store" },
  });
}

/**
 * Lets through the operator, by Basic, and who presents the scrape token: it is made of the operator's secret, so that
 * there is nothing more to keep, and opens nothing else, since a scraper's configuration is read by many.
 */
const scrapersOnly: MiddlewareHandler<Scrape> = async (c, next) => {
  const [, given] = /^Bearer +([\w-]+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  const { OPERATOR_SECRET: secret } = c.env;
  if (isOperator(c.req.raw, c.env)) return next();
  if (given !== undefined && secret && sameSecret(given, scrapeToken(secret))) return next();
  return notOperator(c.req.raw);
};

function scrapeToken(operatorSecret: string): string {
  return createHmac("sha256", operatorSecret).update("comanda scrape").digest("hex");
}
