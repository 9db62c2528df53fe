import { readFileSync } from "node:fs";
import { processes, processStat } from "../service.ts";

/** MiB that the runtimes this process has started hold in memory; 0 where there is no /proc. */
export function runtimeMiB(): number {
  let kib = 0;
  for (const pid of processes()) {
    const stat = processStat(pid);
    if (stat?.parent !== process.pid || stat.name !== "workerd") continue;
    kib += Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  }
  return Math.round(kib / 1024);
}
