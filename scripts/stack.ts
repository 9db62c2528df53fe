import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { freePorts, portIsFree } from "./ports.ts";
import { root, workers } from "./project.ts";
import { endLeftovers, forgetServices, recordServices } from "./leftovers.ts";
import { processesNamed, type Service, startService } from "./service.ts";
import { run, wranglerCommand, wranglerEnv } from "./wrangler.ts";

export interface StackOptions {
  /** Port of the product; the sandbox listens three above. Free ones are chosen when none is given. */
  port?: number;
  /** Keeps objects, D1 and logs between runs. Without one, a temporary folder that `stop` removes. */
  stateDir?: string;
  /** Puts a temporary state folder in memory where the machine can. */
  fast?: boolean;
  /** Says nothing on the console. */
  quiet?: boolean;
  /** Starts anew what has died by itself. Off for tests that kill it on purpose. */
  supervise?: boolean;
  /** Gives up starting, and ends what already runs. */
  signal?: AbortSignal;
  /** Called when something died for good: it was started again several times and died each time. */
  onLost?: (reason: string) => void;
}

export type Part = "product" | "sandbox";

export interface Stack {
  /** Base URL of the product, without a trailing slash. */
  readonly baseUrl: string;
  readonly sandboxUrl: string;
  readonly stateDir: string;
  readonly logs: Record<Part, string>;
  /** Process groups: a negative number given to `kill` reaches all of one. They change on a restart. */
  readonly pids: Record<Part, number>;
  /** Ends both and waits for them; a temporary state folder goes too. */
  stop(): Promise<void>;
  /** Ends one part, or both, as a crash would: nothing is flushed, the local queues are lost. */
  kill9(part?: Part): Promise<void>;
  /** Starts one part, or both, on the same state and port, and waits until it answers. */
  restart(part?: Part): Promise<void>;
}

const readyWithinMs = 90_000;
const never = new Promise<never>(() => {});

/** Starts the product and the sandbox, each in a process of its own, and waits until both answer. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const temporary = options.stateDir === undefined;
  const stateDir = options.stateDir ?? mkdtempSync(join(options.fast ? memoryFolder() : tmpdir(), "comanda-stack-"));
  mkdirSync(join(stateDir, "logs"), { recursive: true });
  await endLeftovers(stateDir);

  const [freePort = 0, freeSandboxPort = 0] = await freePorts(2);
  const ports: Record<Part, number> = {
    product: options.port ?? freePort,
    sandbox: options.port === undefined ? freeSandboxPort : options.port + 3,
  };
  for (const part of ["product", "sandbox"] as const) await demandFree(ports[part], part);

  const say = options.quiet ? () => {} : (line: string) => console.log(line);
  const urls: Record<Part, string> = {
    product: `http://127.0.0.1:${ports.product}`,
    sandbox: `http://127.0.0.1:${ports.sandbox}`,
  };
  const probes: Record<Part, string> = { product: `${urls.product}/healthz`, sandbox: urls.sandbox };
  const logs: Record<Part, string> = {
    product: join(stateDir, "logs/product.log"),
    sandbox: join(stateDir, "logs/sandbox.log"),
  };
  const running = new Map<Part, Service>();
  let stopping = false;

  async function start(part: Part): Promise<void> {
    const [inspectorPort = 0] = await freePorts(1);
    const own = part === "product" ? productArgs(urls) : ["-c", workers.sandbox];
    const command = wranglerCommand([
      "dev",
      ...own,
      "--ip",
      "127.0.0.1",
      "--port",
      String(ports[part]),
      "--inspector-port",
      String(inspectorPort),
      "--persist-to",
      join(stateDir, part),
      "--log-level",
      // Who starts it to look at wants all the log; a line for each request costs whoever measures.
      options.supervise ? "info" : "error",
      "--show-interactive-dev-session=false",
    ]);
    const service = startService(part, command, { logFile: logs[part], env: wranglerEnv(join(stateDir, "registry")) });
    running.set(part, service);
    recordServices(stateDir, [...running.values()]);
    if (options.supervise) void service.ended.then((how) => revive(part, service, how));
    await answers(service, probes[part], options.signal);
    if (options.supervise) void Promise.race([silence(part, service), loss(part, service)]).then(() => service.kill9());
  }

  /** Wrangler outlives the proxy in front of its workers: then only the silent port tells that all is over. */
  async function silence(part: Part, service: Service): Promise<void> {
    for (let silent = 0; silent < 3; await sleep(1_000)) {
      if (!isCurrent(part, service)) return never;
      silent = (await reach(probes[part], 15_000)) ? 0 : silent + 1;
    }
  }

  /**
   * Wrangler puts another in the place of a runtime that has ended, after a change of source or a crash. After a crash
   * nobody hears of the new one: then the silence need not be long.
   */
  async function loss(part: Part, service: Service): Promise<void> {
    const runtimes = () => processesNamed("workerd", service.pid);
    for (let known = runtimes(); ; await sleep(500)) {
      if (!isCurrent(part, service)) return never;
      const now = runtimes();
      const lost = known.some((pid) => !now.includes(pid));
      known = now;
      if (lost && !(await speaksAgain(part))) return;
    }
  }

  async function speaksAgain(part: Part): Promise<boolean> {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      if (await reach(probes[part], 2_000)) return true;
      await sleep(500);
    }
    return false;
  }

  function isCurrent(part: Part, service: Service): boolean {
    return !stopping && running.get(part) === service && service.running();
  }

  const deaths: number[] = [];
  async function revive(part: Part, dead: Service, how: string): Promise<void> {
    if (stopping || running.get(part) !== dead) return;
    await dead.kill9();
    deaths.push(Date.now());
    const recent = deaths.filter((at) => at > Date.now() - 120_000).length;
    console.error(`The ${part} ${how}. Its last words (${dead.logFile}):\n${dead.tail()}`);
    if (recent > 5) {
      options.onLost?.(`the ${part} died ${recent} times within two minutes`);
      return;
    }
    console.error(`Starting the ${part} again …`);
    await sleep(500 * recent);
    if (stopping) return;
    await start(part).then(
      () => console.error(`The ${part} answers again.`),
      (error: unknown) => console.error(String(error)),
    );
  }

  async function each(part: Part | undefined, act: (part: Part) => Promise<void>): Promise<void> {
    await Promise.all((part ? [part] : (["sandbox", "product"] as const)).map(act));
  }

  const sweep = setInterval(() => {
    // Locally nobody rings the cron trigger; the sweep is part of what we promise.
    void fetch(`${urls.product}/cdn-cgi/local/scheduled`).catch(() => undefined);
  }, 60_000);
  sweep.unref();

  async function stop(): Promise<void> {
    stopping = true;
    clearInterval(sweep);
    await each(undefined, async (part) => running.get(part)?.stop());
    forgetServices(stateDir);
    if (temporary) rmSync(stateDir, { recursive: true, force: true });
  }

  try {
    await migrate(join(stateDir, "product"), say);
    await each(undefined, start);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    baseUrl: urls.product,
    sandboxUrl: urls.sandbox,
    stateDir,
    logs,
    get pids() {
      return { product: running.get("product")?.pid ?? 0, sandbox: running.get("sandbox")?.pid ?? 0 };
    },
    stop,
    kill9: (part) =>
      each(part, async (one) => {
        const service = running.get(one);
        running.delete(one);
        await service?.kill9();
      }),
    restart: (part) =>
      each(part, async (one) => {
        const service = running.get(one);
        running.delete(one);
        await service?.stop();
        await start(one);
      }),
  };
}

/** A folder in memory where the machine has one, else the usual temporary folder. */
export function memoryFolder(): string {
  return existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
}

/** This project's own folder in memory: the same at every start, another for another clone. */
export function fastStateDir(): string {
  return join(memoryFolder(), `comanda-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`);
}

function productArgs({ product, sandbox: sandboxUrl }: Record<Part, string>): string[] {
  const configs = [workers.ordering, workers.kitchen, workers.delivery].flatMap((config) => ["-c", config]);
  return [
    ...configs,
    "--var",
    `PAYMENT_URL:${sandboxUrl}`,
    "--var",
    `MAIL_URL:${sandboxUrl}`,
    "--var",
    `PUBLIC_URL:${product}`,
    "--var",
    "WEBHOOK_LOOPBACK:allowed",
  ];
}

async function demandFree(port: number, part: Part): Promise<void> {
  if (await portIsFree(port)) return;
  throw new Error(
    `Port ${port}, wanted for the ${part}, is taken. Stop what listens there, or choose another: npm start -- --port 9000`,
  );
}

/** Brings D1 up to the newest migration; a state folder that already is there is left alone. */
async function migrate(stateDir: string, say: (line: string) => void): Promise<void> {
  const folder = join(root, "migrations");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".sql")) : [];
  if (files.length === 0) return say("No migrations yet: D1 stays empty.");
  const stamp = join(stateDir, "migrated");
  const newest = files.toSorted().join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === newest) return;
  const command = wranglerCommand([
    "d1",
    "migrations",
    "apply",
    "DB",
    "--local",
    "-c",
    workers.ordering,
    "--persist-to",
    stateDir,
  ]);
  const applied = await run(command, { ...wranglerEnv(), CI: "1" });
  if (applied.status !== 0) throw new Error(`The D1 migrations failed:\n${applied.output}`);
  writeFileSync(stamp, newest);
}

async function answers(service: Service, url: string, signal: AbortSignal | undefined): Promise<void> {
  const end = Date.now() + readyWithinMs;
  while (Date.now() < end) {
    signal?.throwIfAborted();
    if (!service.running()) {
      throw new Error(`The ${service.name} ${await service.ended} while starting:\n${service.tail()}`);
    }
    const status = await reach(url, 2_000);
    if (status === 200 || (status !== undefined && !url.endsWith("/healthz"))) return;
    await sleep(100);
  }
  throw new Error(`The ${service.name} does not answer at ${url} within ${readyWithinMs / 1000} s:\n${service.tail()}`);
}

/** The status it answers with, or none when nothing answers in time. */
async function reach(url: string, withinMs: number): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(withinMs) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
