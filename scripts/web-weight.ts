import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export const apps = ["customer", "kitchen", "driver", "admin"] as const;

/** Bytes of JavaScript, compressed, that a page names itself: all that is fetched before anybody touches it. */
export function weightOf(dist: string, app: (typeof apps)[number]): number {
  const page = readFileSync(join(dist, app, "index.html"), "utf8");
  const files = new Set([...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, file = ""]) => file));
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
}
