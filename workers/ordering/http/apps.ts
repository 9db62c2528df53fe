import type { Hono } from "hono";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";

const slug = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/** `/{tenant}`, `/{tenant}/{venue}`, `/{tenant}/{venue}/checkout`, `/{tenant}/orders/{order}`. */
const customerPath = new RegExp(`^/${slug}(?:/${slug}(?:/checkout|/ord_[0-9a-z]{26})?)?/?$`);

/**
 * The pages whose addresses are not files' names: the customer's app answers for every tenant and venue, and what is
 * nobody's address gets a page that says so. Only for browsers, and after every other route.
 */
export function serveApps(app: Hono<Door<OrderingEnv>>): void {
  app.all("*", async (c, next) => {
    const { method, path, url } = c.req;
    if (!["GET", "HEAD"].includes(method) || !wantsPage(c.req.header("accept")) || isApi(path)) return next();
    const page = customerPath.test(path) ? "/customer" : "/404";
    const file = await c.env.ASSETS.fetch(new Request(new URL(page, url), { headers: c.req.raw.headers, method }));
    if (page === "/customer" || !file.ok) return file;
    return new Response(file.body, { status: 404, headers: file.headers });
  });
}

function isApi(path: string): boolean {
  return path.startsWith("/v1/") || path.startsWith("/.well-known/");
}

function wantsPage(accept: string | undefined): boolean {
  return accept?.includes("text/html") ?? false;
}
