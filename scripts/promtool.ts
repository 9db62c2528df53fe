import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { root } from "./project.ts";
import { run } from "./wrangler.ts";

const unpacked = join(root, ".dev/tools/prometheus");

/** Where Prometheus' own tool is: the environment's PROMTOOL, on the path, or where it was once unpacked. */
export function findPromtool(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), join(unpacked, "usr/bin")];
  const known = [process.env["PROMTOOL"] ?? "", ...folders.map((folder) => join(folder, "promtool"))];
  return known.find((path) => path !== "" && existsSync(path));
}

/**
 * Finds promtool, or fetches Debian's when this is root on such a machine; undefined where there is none to be had, for
 * then our own strict reader judges alone. It is unpacked and not installed: that would start a Prometheus.
 */
export async function ensurePromtool(): Promise<string | undefined> {
  const found = findPromtool();
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return found;
  console.log("Fetching promtool (apt-get download prometheus) …");
  const folder = mkdtempSync(join(tmpdir(), "promtool-"));
  try {
    await run(["apt-get", "update"]);
    await run(["env", "-C", folder, "apt-get", "download", "prometheus"]);
    const [archive] = readdirSync(folder).filter((name) => name.endsWith(".deb"));
    if (archive === undefined) return undefined;
    mkdirSync(unpacked, { recursive: true });
    const take = `dpkg --fsys-tarfile "$1" | tar -x -C "$2" ./usr/bin/promtool`;
    await run(["sh", "-c", take, "sh", join(folder, archive), unpacked]);
    return findPromtool();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
