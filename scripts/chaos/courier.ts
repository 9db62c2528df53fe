import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../simulate/world.ts";
import type { Sandbox } from "./sandbox.ts";

const everyMs = 1_000;

/** The carrier's courier: takes what is booked as soon as the tablet shows it ready, and brings it. Goes on until stopped. */
export function sendCourier(world: World, sandbox: Sandbox): { readonly stop: () => Promise<void> } {
  let isOn = true;
  const round = async (): Promise<void> => {
    const newest = new Map((await sandbox.parcels()).map((entry) => [entry.parcel, entry]));
    const ready = new Set(world.journal.all.filter(({ ticket }) => ticket?.status === "ready").map(({ id }) => id));
    for (const { parcel, kind, reference } of newest.values()) {
      if (kind === "booked" && ready.has(reference)) await sandbox.move(parcel, "shipped");
      if (kind === "shipped") await sandbox.move(parcel, "delivered");
    }
  };
  const working = (async () => {
    for (; isOn; await sleep(everyMs)) await round();
  })();
  return {
    stop: () => {
      isOn = false;
      return working;
    },
  };
}
