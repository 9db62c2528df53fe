import type { z } from "zod";

/** What this browser keeps under a name; null where there is nothing, or something of an older shape. */
export function kept<T>(name: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(name) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps a value, or forgets it when null; whether it could. A browser that refuses keeps nothing, and all goes on. */
export function keep(name: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    // Private mode, or full: the page works until it is closed.
    return false;
  }
}

/** An id nobody can guess. `crypto.randomUUID` is missing where a tablet opens the page by plain http. */
export function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
