import type { Hono } from "hono";
import { largestHandOver, proofHeader, zoneHeader } from "../../../contracts/delivery-routes.ts";
import { OrderId, VenueId } from "../../../contracts/ids.ts";
import { principalHeader } from "../../../contracts/principal.ts";
import { traceNow } from "../../shared/occasion.ts";
import { problemResponse } from "../../shared/problem.ts";
import { textBodyOf } from "../../shared/request-body.ts";
import { largestBody, type Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { putByPhoto } from "./hand-over.ts";
import { noSuchVenue, outOfReach, type OrderingContext } from "./venues.ts";

/** What the kitchen and delivery services answer: passed on with who is asking, which only this door may say. */
export function passBehind(app: Hono<Door<OrderingEnv>>): void {
  app.all("/v1/venues/:venue/kitchen/*", async (c) => {
    const principal = c.get("principal");
    // To others the kitchen says that their role may not, whatever the venue.
    if (principal?.role === "staff" || principal?.role === "admin") {
      const venue = VenueId.safeParse(c.req.param("venue"));
      const out = venue.success ? await outOfReach(c.env, principal, venue.data) : noSuchVenue;
      if (out !== null) return problemResponse(out, c.req.raw);
    }
    return passOn(c, c.env.KITCHEN);
  });

  app.all("/v1/drivers/me", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/drivers/me/*", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/zones/*", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/delivery/*", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/carriers", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/carriers/*", (c) => passOn(c, c.env.DELIVERY));
  app.all("/v1/tenants/:tenant/carriers/*", (c) => passOn(c, c.env.DELIVERY));

  const toDelivery = async (c: OrderingContext): Promise<Response> => {
    const principal = c.get("principal");
    const order = OrderId.safeParse(c.req.param("order"));
    // A driver's own object knows the zone; for everybody else the order does, and whether it is theirs to see.
    if (principal === null || principal.role === "driver" || !order.success) return passOn(c, c.env.DELIVERY);
    const zone = await c.env.ORDER.getByName(`${principal.tenant}/${order.data}`).deliveredFrom(principal);
    if (typeof zone === "object" && zone !== null) return problemResponse(zone, c.req.raw);
    return passOn(c, c.env.DELIVERY, zone);
  };
  app.all("/v1/deliveries/:order/deliver", async (c) => {
    const principal = c.get("principal");
    const order = OrderId.safeParse(c.req.param("order"));
    if (c.req.method !== "POST" || principal?.role !== "driver" || !order.success) return toDelivery(c);
    const text = await textBodyOf(c.req.raw, largestHandOver);
    if (typeof text !== "string") return problemResponse(text, c.req.raw);
    const see = (path: string) =>
      c.env.DELIVERY.fetch(new Request(new URL(path, c.req.url), { headers: headersFor(c, null) }));
    const kept = await putByPhoto(c.env, principal, order.data, text, see);
    if (kept !== null && "refused" in kept) return problemResponse(kept, c.req.raw);
    return kept === null ? passOn(c, c.env.DELIVERY, null, text) : passOn(c, c.env.DELIVERY, null, JSON.stringify(kept), kept.photo); // prettier-ignore
  });
  app.all("/v1/deliveries/:order", toDelivery);
  app.all("/v1/deliveries/:order/*", toDelivery);
}

/** The service's answer to the request with our own headers in place of whatever the caller put there. */
async function passOn(
  c: OrderingContext,
  service: Fetcher,
  zone: string | null = null,
  read?: string,
  photo?: string,
): Promise<Response> {
  const headers = headersFor(c, zone);
  if (photo !== undefined) headers.set(proofHeader, photo);
  // Read here: a body that the service breaks off because it is too large breaks the connection of whoever sends it.
  const body = read ?? (c.req.raw.body === null ? null : await textBodyOf(c.req.raw, largestBody));
  if (typeof body === "object" && body !== null) return problemResponse(body, c.req.raw);
  const { method, url } = c.req.raw;
  const answer = await service.fetch(new Request(url, { method, headers, body }));
  // The service knows only that nobody asks; why the token that was sent does not hold is known here.
  const barred = c.get("barred");
  if (answer.status === 401 && barred !== undefined) return problemResponse(barred, c.req.raw);
  // What a fetch brings cannot be headed anew; a socket can be passed on only as it is.
  return answer.status === 101 ? answer : new Response(answer.body, answer);
}

/** The caller's headers with our own in place of whatever they put there. */
function headersFor(c: OrderingContext, zone: string | null): Headers {
  const headers = new Headers(c.req.raw.headers);
  // Of a body that was read, and may be another now.
  for (const name of [principalHeader, zoneHeader, proofHeader, "authorization", "content-length"])
    headers.delete(name);
  headers.set("traceparent", traceNow(c.req.header("traceparent") ?? null));
  const principal = c.get("principal");
  if (principal !== null) headers.set(principalHeader, JSON.stringify(principal));
  if (zone !== null) headers.set(zoneHeader, zone);
  return headers;
}
