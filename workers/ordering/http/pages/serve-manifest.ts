import type { Hono } from "hono";
import { TenantId } from "../../../../contracts/ids.ts";
import type { Door } from "../../../shared/routes.ts";
import type { OrderingEnv } from "../../env.ts";
import { venueViewsOf } from "../../venue-views.ts";

/**
 * `/{tenant}/app.webmanifest`: makes a tenant's pages an app of their own on a phone, under the venue's name where it
 * has one only. The other apps' manifests are files.
 */
export function serveManifests(app: Hono<Door<OrderingEnv>>): void {
  app.get("/:tenant/app.webmanifest", async (c) => {
    const tenant = TenantId.safeParse(c.req.param("tenant"));
    const venues = tenant.success ? await venueViewsOf(c.env, tenant.data) : [];
    const [first] = venues;
    if (!tenant.success || first === undefined) return new Response(null, { status: 404 });
    const name = venues.length === 1 ? first.settings.name : nameFrom(tenant.data);
    return new Response(JSON.stringify(manifestOf(tenant.data, name)), {
      headers: {
        "content-type": "application/manifest+json",
        "cache-control": "public, max-age=3600",
        "x-content-type-options": "nosniff",
      },
    });
  });
}

function manifestOf(tenant: string, name: string): object {
  const icon = (kind: string, size: number, more: object = {}): object => ({
    src: `/icons/customer-${kind}${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    ...more,
  });
  return {
    id: `/${tenant}`,
    name,
    short_name: name.slice(0, 24),
    start_url: `/${tenant}`,
    scope: `/${tenant}`,
    display: "standalone",
    background_color: "#f8f4eb",
    theme_color: "#f8f4eb",
    icons: [icon("", 192), icon("", 512), icon("maskable-", 512, { purpose: "maskable" })],
  };
}

/** Little Italy, from little-italy. */
function nameFrom(tenant: string): string {
  return tenant
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
