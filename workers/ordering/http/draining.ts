import type { MiddlewareHandler } from "hono";
import type { Door } from "../../shared/routes.ts";
import type { OrderingEnv } from "../env.ts";

/** Bytes of a refused body that are read and thrown away, and for how long (ms). */
const mostDrained = 16 * 1024 * 1024;
const longest = 2_000;

/**
 * Reads what is left of a refused request's body, up to a bound, before it is answered. The runtime closes the connection
 * over a body that nobody reads: whoever is still sending would then see a broken pipe and not why they were refused.
 */
export const drainRefused: MiddlewareHandler<Door<OrderingEnv>> = async (c, next) => {
  await next();
  const { body } = c.req.raw;
  if (c.res.status < 400 || body === null || body.locked) return;
  await drain(body);
};

async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), longest);
  try {
    for (let left = mostDrained; left > 0;) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.byteLength;
    }
  } catch {
    // Whoever sent it has gone.
  } finally {
    clearTimeout(timer);
  }
}
