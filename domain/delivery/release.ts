import type { DriverId } from "../../contracts/ids.ts";
import { fetcherOf } from "./delivery.ts";
import type { Tale } from "./tale.ts";
import { loads } from "./zone.ts";

/** Takes from a driver what has not been picked up. What has been stays: nobody else has the food. */
export function release(tale: Tale, id: DriverId, reason: "off-shift" | "silent", until: number): void {
  for (const delivery of loads(tale.state).get(id) ?? []) {
    const { stage, job } = delivery;
    const fetcher = fetcherOf(delivery);
    if (fetcher !== null) {
      tale.tell({ type: "unassigned", order: job.order, driver: fetcher, reason, until });
    } else if (stage.status === "offered" && reason === "off-shift") {
      tale.tell({ type: "offer-withdrawn", order: job.order, driver: stage.driver, reason });
    }
  }
}
