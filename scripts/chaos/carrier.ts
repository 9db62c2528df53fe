import { carrierRoutes } from "../../contracts/carrier-routes.ts";
import type { BookingView } from "../../contracts/carrier.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import { carrier, type Sandbox } from "./sandbox.ts";

/** Has the last of the shops send what it can by a carrier, and only what is paid at the door by its own drivers. */
export async function sendByCarrier(
  world: World,
  shops: readonly Shop[],
  sandbox: Sandbox,
  secret: string,
): Promise<void> {
  // prettier-ignore
  const shop = shops.at(-1);
  if (shop === undefined) return;
  const callbackSecret = `${secret}-of-callbacks`;
  const agreed = await world.api.call(carrierRoutes.write, {
    as: world.admin,
    params: { carrier },
    body: { name: "Bob's Post", url: sandbox.carrierUrl, requoteAfter: null, secret, callbackSecret },
  });
  if (!agreed.ok) throw new Error(`The carrier cannot be agreed with: ${describe(agreed)}`);
  await sandbox.openPortal(`${world.baseUrl}/v1/tenants/${world.tenant}/carriers/${carrier}/callbacks`, callbackSecret);
  const settings = { ...shop.settings, channels: [carrier, "own"] };
  const changed = await world.api.call(venueRoutes.write, { as: world.admin, params: { venue: shop.id }, body: settings }); // prettier-ignore
  if (!changed.ok) throw new Error(`${shop.id} cannot send by a carrier: ${describe(changed)}`);
}

/** What the shop has of its bookings, by order. */
export async function bookings({ api, admin }: World): Promise<Map<string, BookingView>> {
  const query = { status: "all" };
  const reply = await api.call(carrierRoutes.bookings, { as: admin, params: { carrier }, query });
  if (!reply.ok) throw new Error(`The bookings cannot be read: ${describe(reply)}`);
  return new Map(reply.value.bookings.map((booking) => [booking.order, booking]));
}
