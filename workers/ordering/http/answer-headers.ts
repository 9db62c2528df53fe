import type { MiddlewareHandler } from "hono";

/** For the browser that is led to an answer of the API: it is data, not a page, and belongs in no frame. */
const forBrowsers = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

/** Heads every answer of the API; one that does not say whether it may be kept may not. */
export const headAnswers: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers, status } = c.res;
  // A socket's answer cannot be changed, and no browser shows it.
  if (status === 101) return;
  // RFC 9110 §6.6.1; by it devices with a clock that is wrong show times that are right.
  if (!headers.has("date")) headers.set("date", new Date().toUTCString());
  for (const [name, value] of Object.entries(forBrowsers)) headers.set(name, value);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
};
