import { signal } from "@preact/signals";

/** Whether the last that was asked of the server was answered at all, and the device knows of no missing network. */
export const reachable = signal(globalThis.navigator?.onLine ?? true);

globalThis.addEventListener?.("offline", () => (reachable.value = false));
globalThis.addEventListener?.("online", () => (reachable.value = true));
