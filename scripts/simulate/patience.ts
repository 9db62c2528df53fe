import type { ZoneSettings } from "../../contracts/delivery.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { Shop } from "./shop.ts";
import { describe, type World } from "./world.ts";

/** So many seconds after it was last heard of a phone is given up: a run has no three minutes for it. */
export const silenceSeconds = 40;

/** Has the shops' zones lose patience with silent drivers soon. Returns how to have them be as they were. */
export async function losePatience(world: World, shops: readonly Shop[]): Promise<() => Promise<void>> {
  const { api, admin } = world;
  const zones = [...new Set(shops.map(({ settings }) => settings.zone))];
  const before: { zone: string; silence: number }[] = [];
  const set = async (zone: string, silence: number): Promise<void> => {
    const body: Partial<ZoneSettings> = { silence };
    const reply = await api.call(deliveryRoutes.putZoneSettings, { as: admin, params: { zone }, body });
    if (!reply.ok) throw new Error(`The settings of ${zone}: ${describe(reply)}`);
  };
  for (const zone of zones) {
    const reply = await api.call(deliveryRoutes.zoneSettings, { as: admin, params: { zone } });
    if (!reply.ok) throw new Error(`The settings of ${zone}: ${describe(reply)}`);
    before.push({ zone, silence: reply.value.silence });
    await set(zone, silenceSeconds);
  }
  return async () => {
    for (const { zone, silence } of before) await set(zone, silence);
  };
}
