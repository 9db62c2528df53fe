import { signal } from "@preact/signals";
import { serverNow } from "./server-clock.ts";

/** Epoch milliseconds by the server's clock, once a second. */
export const now = signal(serverNow());

setInterval(() => (now.value = serverNow()), 1000);
