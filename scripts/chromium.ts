import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { run } from "./wrangler.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where a Chromium is: the environment's CHROMIUM, or one of the usual names on the path. */
export function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named) return existsSync(named) ? named : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** Finds a Chromium, or installs Debian's when this is root on such a machine. Throws, saying how to get one. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium (apt-get install chromium) …");
    await run(["apt-get", "update"]);
    await run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"]);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    "The browser tests need Chromium: install it (on Debian: apt-get install chromium), or set CHROMIUM to its path.",
  );
}
