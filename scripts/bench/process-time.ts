import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc, on every Linux there is. */
const ticks = 100;

/** CPU seconds so far of each `workerd` this process has started, by process id. Empty where there is no /proc. */
export function workerdSeconds(): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const name of processes()) {
    const stat = readStat(name);
    if (stat?.parent === process.pid && stat.name === "workerd") seconds.set(Number(name), stat.ticks / ticks);
  }
  return seconds;
}

function processes(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function readStat(pid: string): { name: string; parent: number; ticks: number } | undefined {
  try {
    const [, name = "", rest = ""] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ");
    return { name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
