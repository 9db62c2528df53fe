import { processes, processStat } from "../service.ts";

/** Clock ticks a second in /proc, on every Linux there is. */
const ticks = 100;

/** CPU seconds so far of each `workerd` this process has started, by process id. Empty where there is no /proc. */
export function workerdSeconds(): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const pid of processes()) {
    const stat = processStat(pid);
    if (stat?.parent === process.pid && stat.name === "workerd") seconds.set(pid, stat.cpu / ticks);
  }
  return seconds;
}
