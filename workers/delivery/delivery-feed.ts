import type { DeliveryMessage } from "../../contracts/delivery.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { rfc3339 } from "../../contracts/time.ts";
import type { DeliveryEvent } from "../../domain/delivery/command.ts";
import type { Delivery } from "../../domain/delivery/delivery.ts";
import { isBuyer, sight, type Onlooker } from "../../domain/delivery/sight.ts";
import type { ZoneState } from "../../domain/delivery/zone.ts";
import type { ActorStorage } from "../shared/storage.ts";
import type { Viewer } from "../shared/live.ts";
import { customerView, etaView, quarterOf, staffView } from "./delivery-view.ts";

/** What a delivery's socket tells its viewer; see `DeliveryMessage`. */
export function snapshotMessage(state: ZoneState, delivery: Delivery, viewer: Viewer): DeliveryMessage {
  return { type: "snapshot", seq: delivery.no, delivery: viewOnSocket(state, delivery, viewer, quarterOf(Date.now())) };
}

export function eventMessage(
  event: Recorded<DeliveryEvent>,
  state: ZoneState,
  delivery: Delivery,
  viewer: Viewer,
): DeliveryMessage {
  const { no: seq, at, type } = event;
  return { type: "event", seq, at: rfc3339(at), event: type, delivery: viewOnSocket(state, delivery, viewer, at) };
}

/** Where the driver is, for whoever may know. */
export function positionMessages(state: ZoneState, delivery: Delivery, onlooker: Onlooker): DeliveryMessage[] {
  const seen = sight(state, delivery, onlooker);
  if (seen === null) return [];
  const { point, at, etaAt } = seen;
  const { order } = delivery.job;
  const eta = etaView(state, delivery, at);
  return [{ type: "position", order, ...point, at: rfc3339(at), etaAt: etaAt === null ? null : rfc3339(etaAt), eta }];
}

/** The delivery's events after its number `after`, oldest first; null where not all of them are kept any more. */
export function eventsSince(memory: ActorStorage, delivery: Delivery, after: number): Recorded<DeliveryEvent>[] | null {
  if (after > delivery.no) return null;
  const events = memory.sql
    .exec<{ body: string }>(
      `SELECT body FROM events
       WHERE seq >= ? AND json_extract(body, '$.order') = ? AND json_extract(body, '$.no') > ? ORDER BY seq`,
      delivery.since,
      delivery.job.order,
      after,
    )
    .toArray()
    .map(({ body }): Recorded<DeliveryEvent> => JSON.parse(body));
  return events.length === delivery.no - after ? events : null;
}

/** A driver sees here what a customer does, without positions: what the phone needs has a socket of its own. */
function viewOnSocket(state: ZoneState, delivery: Delivery, { role }: Viewer, now: number) {
  if (isBuyer(role)) return customerView(state, delivery, now);
  return role === "driver"
    ? { ...customerView(state, delivery, now), position: null }
    : staffView(state, delivery, now);
}
