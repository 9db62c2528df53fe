import type { Hono } from "hono";
import { OrderId, VenueId } from "../../../contracts/ids.ts";
import { principalHeader } from "../../../contracts/principal.ts";
import { problemResponse } from "../../shared/problem.ts";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";
import { noSuchVenue, outOfReach, type OrderingContext } from "./venues.ts";

const zoneHeader = "x-comanda-zone";

/** What the kitchen and delivery services answer: passed on with who is asking, which only this door may say. */
export function passBehind(app: Hono<Door<OrderingEnv>>): void {
  app.all("/v1/venues/:venue/kitchen/*", async (c) => {
    const principal = c.get("principal");
    if (principal !== null) {
      const venue = VenueId.safeParse(c.req.param("venue"));
      const out = venue.success ? await outOfReach(c.env, principal, venue.data) : noSuchVenue;
      if (out !== null) return problemResponse(out, c.req.raw);
    }
    return c.env.KITCHEN.fetch(passedOn(c, null));
  });

  app.all("/v1/drivers/me", (c) => c.env.DELIVERY.fetch(passedOn(c, null)));
  app.all("/v1/drivers/me/*", (c) => c.env.DELIVERY.fetch(passedOn(c, null)));
  app.all("/v1/zones/*", (c) => c.env.DELIVERY.fetch(passedOn(c, null)));

  const toDelivery = async (c: OrderingContext): Promise<Response> => {
    const principal = c.get("principal");
    const order = OrderId.safeParse(c.req.param("order"));
    // A driver's own object knows the zone; for everybody else the order does, and whether it is theirs to see.
    if (principal === null || principal.role === "driver" || !order.success)
      return c.env.DELIVERY.fetch(passedOn(c, null));
    const zone = await c.env.ORDER.getByName(`${principal.tenant}/${order.data}`).deliveredFrom(principal);
    if (typeof zone === "object" && zone !== null) return problemResponse(zone, c.req.raw);
    return c.env.DELIVERY.fetch(passedOn(c, zone));
  };
  app.all("/v1/deliveries/:order", toDelivery);
  app.all("/v1/deliveries/:order/*", toDelivery);
}

/** The request with our own headers in place of whatever the caller put there. */
function passedOn(c: OrderingContext, zone: string | null): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.delete(principalHeader);
  headers.delete(zoneHeader);
  headers.delete("authorization");
  const principal = c.get("principal");
  if (principal !== null) headers.set(principalHeader, JSON.stringify(principal));
  if (zone !== null) headers.set(zoneHeader, zone);
  return new Request(c.req.raw, { headers });
}
