import type { FloorVenue } from "../../contracts/floor.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { VenueSnapshot } from "../../domain/venue/admission.ts";
import { log } from "../shared/log.ts";
import { troubleOf } from "../shared/trouble.ts";
import type { OrderingEnv } from "./env.ts";

export function floorVenueOf(id: string, { paused, busyMinutes, revision }: VenueSnapshot): FloorVenue {
  const pause = paused === null ? null : { ...paused, until: paused.until === null ? null : rfc3339(paused.until) };
  return { id, paused: pause, busyMinutes, revision };
}

/** Tells who looks at the floor how a venue stands. What is lost here the next snapshot shows. */
export async function tellFloorOf(env: Pick<OrderingEnv, "FLOOR">, tenant: string, view: VenueView): Promise<void> {
  const { id, paused, busyMinutes, revision } = view;
  try {
    await env.FLOOR.getByName(tenant).tellVenue({ id, paused, busyMinutes, revision });
  } catch (error) {
    log.error("floor not told", { tenant, ...troubleOf(error) });
  }
}
