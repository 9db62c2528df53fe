import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { groupGone, processStat, type Service, signalGroup } from "./service.ts";

const Mark = z.object({ pid: z.number(), startedAt: z.number() });
const Running = z.object({ starter: Mark, services: z.array(Mark) });

interface Process {
  pid: number;
  /** Known only of one that may be dead. */
  startedAt?: number;
}

/** Writes down which processes work on a state folder, so that the next start can tell whether they still do. */
export function recordServices(stateDir: string, services: Service[], by: Process = process): void {
  const starter = mark(by);
  if (!starter) return;
  const record: z.infer<typeof Running> = { starter, services: services.flatMap((service) => mark(service) ?? []) };
  writeFileSync(recordFile(stateDir), JSON.stringify(record));
}

export function forgetServices(stateDir: string): void {
  rmSync(recordFile(stateDir), { force: true });
}

/**
 * Ends the services that a killed start left behind on this state: two processes on one state would corrupt it.
 * Throws when the start that owns them is still alive. A process counts as ours by its id and start time together.
 */
export async function endLeftovers(stateDir: string): Promise<void> {
  const file = recordFile(stateDir);
  if (!existsSync(file)) return;
  const record = Running.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (record.success) {
    const { starter, services } = record.data;
    if (starter.pid !== process.pid && isAlive(starter)) {
      throw new Error(`Comanda already runs on ${stateDir} (process ${starter.pid}). Stop that one first.`);
    }
    for (const service of services.filter(isAlive)) {
      signalGroup(service.pid, "SIGKILL");
      await groupGone(service.pid, 5_000);
    }
  }
  forgetServices(stateDir);
}

function recordFile(stateDir: string): string {
  return join(stateDir, "running.json");
}

function mark({ pid, startedAt }: Process): z.infer<typeof Mark> | undefined {
  if (startedAt !== undefined) return { pid, startedAt };
  const stat = processStat(pid);
  return stat && { pid, startedAt: stat.startedAt };
}

function isAlive({ pid, startedAt }: z.infer<typeof Mark>): boolean {
  const stat = processStat(pid);
  return stat !== undefined && stat.startedAt === startedAt && stat.state !== "Z";
}
