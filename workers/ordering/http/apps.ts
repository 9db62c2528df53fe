import type { Context, Hono } from "hono";
import { tenantAddresses } from "../../../contracts/addresses.ts";
import type { Door } from "../../shared/routes.ts";
import { log } from "../../shared/log.ts";
import type { OrderingEnv } from "../env.ts";
import { serveManifests } from "./pages/serve-manifest.ts";
import type { FramedPage } from "./pages/frames.ts";
import { serveFrame, servePage } from "./pages/serve-page.ts";
import { servePhotos } from "./pages/serve-photo.ts";

const slug = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const order = "ord_[0-9a-z]{26}";
/** `/{tenant}`, `/{tenant}/{venue}`, `…/checkout`, `/{tenant}/orders`, `/{tenant}/orders/{order}`, `…/receipt`. */
const customerPath = new RegExp(`^/(${slug})(?:/(${slug})(/checkout|/${order}(?:/receipt)?)?)?/?$`);

/**
 * The pages whose addresses are not files' names: the desk for all beneath `/admin`, the customer's app answers for every tenant and venue, with the menu
 * in it already, and what is nobody's address gets a page that says so. Only for browsers, and after every other route.
 */
export function serveApps(app: Hono<Door<OrderingEnv>>): void {
  servePhotos(app);
  serveManifests(app);
  app.all("*", async (c, next) => {
    const { method, path } = c.req;
    const accept = c.req.header("accept") ?? "*/*";
    if (!["GET", "HEAD"].includes(method) || isApi(path)) return next();
    if (!accept.includes("text/html")) return accept.includes("*/*") ? previewOf(c, next) : next();
    // The desk's pages are all one file: which is shown, it reads off its address.
    if (path.startsWith("/admin/")) return fileOf(c, "/admin");
    const [, tenant, venue, deeper] = customerPath.exec(path) ?? [];
    if (tenant === undefined) return as404(await fileOf(c, "/404"));
    const inside = deeper !== undefined || tenantAddresses.includes(venue ?? "");
    if (inside) return frame(c, tenant, venue ?? "", deeper);
    return (await firstPaint(c, tenant, venue ?? null)) ?? as404(await fileOf(c, "/customer"));
  });
}

/** A frame that cannot be drawn is nothing to read yet anyway. */
async function frame(
  c: Context<Door<OrderingEnv>>,
  tenant: string,
  venue: string,
  deeper: string | undefined,
): Promise<Response> {
  const page = framedPageAt(deeper);
  const file = (): Promise<Response> => fileOf(c, `/customer/${page}`);
  const order = deeper?.split("/")[1] ?? null;
  const about = page === "checkout" ? { venue, order: null } : { venue: null, order };
  try {
    return await serveFrame(c.env, c.req.raw, { tenant, page, ...about }, file);
  } catch (error) {
    log.error("frame not drawn", { path: c.req.path, error: String(error) });
    return file();
  }
}

function framedPageAt(deeper: string | undefined): FramedPage {
  if (deeper === undefined) return "orders";
  if (deeper.endsWith("/checkout")) return "checkout";
  return deeper.endsWith("/receipt") ? "receipt" : "order";
}

/** Who looks at a shared link to show its title and picture takes anything, and names no pages: menus are shown to them. */
async function previewOf(c: Context<Door<OrderingEnv>>, next: () => Promise<void>): Promise<Response | void> {
  const [, tenant, venue = null, deeper] = customerPath.exec(c.req.path) ?? [];
  if (tenant === undefined || deeper !== undefined || tenantAddresses.includes(venue ?? "")) return next();
  return (await firstPaint(c, tenant, venue)) ?? next();
}

/** A page that cannot be drawn here is drawn in the browser, as soon as what is missing can be had again. */
async function firstPaint(
  c: Context<Door<OrderingEnv>>,
  tenant: string,
  venue: string | null,
): Promise<Response | null> {
  const file = (): Promise<Response> => fileOf(c, venue === null ? "/customer/venues" : "/customer");
  try {
    return await servePage(c.env, c.req.raw, { tenant, venue }, file);
  } catch (error) {
    log.error("page not drawn", { path: c.req.path, error: String(error) });
    return file();
  }
}

async function fileOf({ env, req }: Context<Door<OrderingEnv>>, page: string): Promise<Response> {
  const { method, url } = req.raw;
  return env.ASSETS.fetch(new Request(new URL(page, url), { headers: { accept: "text/html" }, method }));
}

function as404(file: Response): Response {
  return file.ok ? new Response(file.body, { status: 404, headers: file.headers }) : file;
}

function isApi(path: string): boolean {
  return path.startsWith("/v1/") || path.startsWith("/.well-known/");
}
