import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { createTestHarness, type WorkerHandle } from "wrangler";

import type { DeliveryEnv } from "../workers/delivery/env.ts";
import type { KitchenEnv } from "../workers/kitchen/env.ts";
import type { OrderingEnv } from "../workers/ordering/env.ts";
import type { SandboxEnv } from "../workers/sandbox/env.ts";

const root = join(import.meta.dirname, "..");
export const paymentSecret = "payment-secret-for-tests";
export const keyEncryptionSecret = "key-encryption-secret-for-tests";

/** Any pair that belongs together. */
export const vapid = {
  VAPID_PUBLIC_KEY: "BMVHvUnNlDn5GYY8d7F2n5hNQrfXigpCVsfVqNAfWLVpx5u7JJpcrcOzcfYLFc3Ph3MQx3x2FnDUfI3lwxpWsuk",
  VAPID_PRIVATE_KEY: "XTFUbh7Gkswq7bJLJEGVslCekhQFxNtf9uG6M-znggE",
};

/** The first API client of every harness. */
export const operator = { id: "operator", secret: "operator-secret-for-tests" };

/** Tests ask more at a time than anybody may; those of the limits set them. */
const unlimited = {
  LIMIT_CLIENT: "off",
  LIMIT_CREW: "off",
  LIMIT_ANONYMOUS: "off",
  LIMIT_TENANT: "off",
  LIMIT_ADDRESS: "off",
  WEBHOOK_LOOPBACK: "allowed",
};

interface Envs {
  ordering: OrderingEnv;
  kitchen: KitchenEnv;
  delivery: DeliveryEnv;
}

interface Setup {
  readonly vars?: Record<string, string>;
  /** Modules, as absolute paths, that stand in for a worker's own, e.g. to wrap its handlers. */
  readonly mains?: Partial<Record<keyof Envs, string>>;
  /** So many sign-ins a minute of one address, counted by the platform. */
  readonly signIns?: number;
}

export interface Harness {
  /** Base URL of the product, without a trailing slash: for fetch, and for WebSockets with `ws:`. */
  readonly baseUrl: string;
  readonly sandboxUrl: string;
  /** The three workers of the product: `worker("kitchen")` gives eviction, storage, bindings and exports. */
  worker<Name extends keyof Envs>(name: Name): WorkerHandle<Envs[Name]>;
  readonly sandbox: WorkerHandle<SandboxEnv>;
  /** The lines the product's workers have logged so far, oldest first. */
  logs(): string[];
  /** Prints what the workers logged; for a test that failed. */
  debug(): void;
  stop(): Promise<void>;
}

/**
 * Starts the real workers with real queues, objects and D1, and the sandbox as a peer of its own; everything is empty
 * and goes away at `stop`. Takes about two seconds: one for a file of tests, in `beforeAll`.
 */
export async function startHarness({ vars = {}, mains = {}, signIns }: Setup = {}): Promise<Harness> {
  const registry = prepare();
  const sandbox = createTestHarness({
    root,
    workers: [{ configPath: "workers/sandbox/wrangler.toml", secrets: { PAYMENT_SECRET: paymentSecret } }],
  });
  const sandboxUrl = bare((await sandbox.listen()).url);
  const product = createTestHarness({
    root,
    workers: [
      {
        configPath: configOf("wrangler.toml", mains.ordering, registry, signIns),
        vars: { PAYMENT_URL: sandboxUrl, MAIL_URL: sandboxUrl, ...unlimited, ...vars },
        secrets: {
          KEY_ENCRYPTION_SECRET: keyEncryptionSecret,
          PAYMENT_SECRET: paymentSecret,
          OPERATOR_ID: operator.id,
          OPERATOR_SECRET: operator.secret,
          ...vapid,
        },
      },
      { configPath: configOf("workers/kitchen/wrangler.toml", mains.kitchen, registry) },
      {
        configPath: configOf("workers/delivery/wrangler.toml", mains.delivery, registry),
        secrets: { KEY_ENCRYPTION_SECRET: keyEncryptionSecret },
      },
    ],
  });
  async function stop(): Promise<void> {
    await Promise.all([product.close(), sandbox.close()]);
    rmSync(registry, { recursive: true, force: true });
  }
  try {
    const baseUrl = bare((await product.listen()).url);
    await product.getWorker("comanda-ordering").applyD1Migrations("DB");
    return {
      baseUrl,
      sandboxUrl,
      worker: (name) => product.getWorker(`comanda-${name}`),
      sandbox: sandbox.getWorker(),
      logs: () => product.getLogs().map(({ message }) => message),
      debug() {
        product.debug();
        sandbox.debug();
      },
      stop,
    };
  } catch (error) {
    product.debug();
    await stop();
    throw error;
  }
}

/** The worker's configuration, or, where it is given another main module, a copy in `folder` with that. */
export function configOf(path: string, main: string | undefined, folder: string, signIns?: number): string {
  if (main === undefined && signIns === undefined) return path;
  const origin = join(root, path);
  const copy = join(folder, `${basename(main ?? "as-it-is", ".ts")}.toml`);
  const text = readFileSync(origin, "utf8")
    .replace(/^main = "(.*)"$/m, (_, own: string) => `main = ${JSON.stringify(main ?? join(dirname(origin), own))}`)
    .replace(/(?<=^simple = \{ limit = )\d+/m, (usual) => String(signIns ?? usual))
    .replaceAll(/^(migrations_dir|directory) = "(.*)"$/gm, (_, name: string, to: string) => {
      return `${name} = ${JSON.stringify(join(dirname(origin), to))}`;
    });
  writeFileSync(copy, text);
  return copy;
}

/** State in memory, since making an object costs some eleven disk synchronisations. Returns a folder to remove. */
export function prepare(): string {
  process.env["X_LOCAL_OBSERVABILITY"] = "false";
  process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
  process.env["WRANGLER_SEND_METRICS"] = "false";
  process.env["WRANGLER_LOG"] ??= "error";
  if (existsSync("/dev/shm")) {
    process.env["TMPDIR"] = "/dev/shm/comanda-tests";
    mkdirSync("/dev/shm/comanda-tests", { recursive: true });
  }
  // Workers of the same names in other processes, such as `npm start`, must not be found from here, nor find these.
  const registry = mkdtempSync(join(tmpdir(), "comanda-registry-"));
  process.env["WRANGLER_REGISTRY_PATH"] = registry;
  // Wrangler refuses a missing assets folder, and the web apps may not be built yet.
  mkdirSync(join(root, "web/dist"), { recursive: true });
  return registry;
}

function bare(url: URL): string {
  return url.href.replace(/\/$/, "");
}
