import { signal } from "@preact/signals";

/** Epoch milliseconds, once a second. */
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now()), 1000);
