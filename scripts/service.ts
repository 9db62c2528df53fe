import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { root } from "./project.ts";

// An object holds three files open while it lives: without this, orders fail at about 330 at once under the usual 1,024.
const raiseOpenFiles = `ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)" 2>/dev/null; exec "$@"`;

/** A long-running child in a process group of its own, so that one signal reaches all it started. */
export interface Service {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it has ended, with a word on how. */
  readonly ended: Promise<string>;
  running(): boolean;
  /** The last lines of its log. */
  tail(lines?: number): string;
  /** Asks it to end, insists after five seconds, and waits until the whole group is gone. */
  stop(): Promise<void>;
  /** Ends the whole group at once, as a crash would. */
  kill9(): Promise<void>;
}

export function startService(
  name: string,
  command: string[],
  options: { logFile: string; env: NodeJS.ProcessEnv },
): Service {
  const log = openSync(options.logFile, "a");
  const child = spawn("sh", ["-c", raiseOpenFiles, "sh", ...command], {
    cwd: root,
    env: options.env,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${name} could not be started: ${command.join(" ")}`);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with status ${code}`));
    child.once("error", (error) => resolve(error.message));
  });
  return {
    name,
    pid,
    logFile: options.logFile,
    ended,
    running: () => isRunning(child),
    tail: (lines = 30) => readFileSync(options.logFile, "utf8").trimEnd().split("\n").slice(-lines).join("\n"),
    async stop() {
      if (isRunning(child)) child.kill("SIGTERM");
      const patience = new AbortController();
      await Promise.race([ended, sleep(5_000, undefined, patience).catch(() => undefined)]);
      patience.abort();
      if (!(await groupGone(pid, 500))) await this.kill9();
    },
    async kill9() {
      signalGroup(pid, "SIGKILL");
      if (!(await groupGone(pid, 5_000))) throw new Error(`${name} (process group ${pid}) does not end`);
      await ended;
    },
  };
}

/** Sends a signal to a process group; one that is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error;
  }
}

/** Waits until no process of the group is left; false when some still are after `ms` milliseconds. */
export async function groupGone(pid: number, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (groupExists(pid)) {
    if (Date.now() >= end) return false;
    await sleep(50);
  }
  return true;
}

/** The processes of a group that go by this name and live; none where there is no /proc. */
export function processesNamed(name: string, group: number): number[] {
  return processes().filter((pid) => {
    const stat = processStat(pid);
    return stat?.group === group && stat.name === name && stat.state !== "Z";
  });
}

function groupExists(pid: number): boolean {
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  // The dead that nobody has collected still count as the group, in a container whose first process collects none.
  return !existsSync("/proc/self/stat") || processStates(pid).some((state) => state !== "Z");
}

function processStates(group: number): string[] {
  return processes().flatMap((pid) => {
    const stat = processStat(pid);
    return stat?.group === group ? [stat.state] : [];
  });
}

/** The ids of all processes; none where there is no /proc. */
export function processes(): number[] {
  if (!existsSync("/proc/self/stat")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export interface ProcessStat {
  readonly name: string;
  /** One letter: Z is dead and not yet collected. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** CPU time so far, and when it began since boot, both in ticks. */
  readonly cpu: number;
  readonly startedAt: number;
}

/** What Linux knows of a process. */
export function processStat(pid: number): ProcessStat | undefined {
  try {
    // The name in parentheses may hold anything; the fields begin after its end.
    const [, name = "", rest = ""] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ");
    const field = (at: number) => Number(fields[at]);
    const cpu = field(11) + field(12);
    return { name, state: fields[0] ?? "", parent: field(1), group: field(2), cpu, startedAt: field(19) };
  } catch {
    return undefined;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
