import { setTimeout as wait } from "node:timers/promises";

/** Waits for what must become true soon; what it was last is in the failure. */
export async function until<T>(
  read: () => Promise<T> | T,
  holds: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await wait(25);
  }
}
