import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import type { Credentials } from "../credentials.ts";
import { root } from "../project.ts";
import { seed } from "../seed.ts";
import { memoryFolder } from "../stack.ts";
import { runtimeEnv } from "../wrangler.ts";
import { bundledWorker } from "./bundled-worker.ts";

export type Medium = "tmpfs" | "disk";

export interface Product {
  readonly credentials: Credentials;
  /** The database of all three workers. */
  database(): Promise<D1Database>;
  /** Where the delivery service is told of orders. */
  deliveryInbox(): Promise<Queue>;
  stop(): Promise<void>;
}

/** The product's three workers and the sandbox, bundled once; each start is on empty state. */
export interface Bundles {
  /** `inspectorPort`: where the product's runtime can be looked into; left out, nowhere. */
  start(medium: Medium, inspectorPort?: number): Promise<Product>;
}

export async function bundleAll(vars: Readonly<Record<string, string>> = {}): Promise<Bundles> {
  const secret = () => randomBytes(32).toString("base64url");
  const operator = { id: "operator", secret: secret() };
  const payment = { PAYMENT_SECRET: secret() };
  // A benchmark asks as fast as it can, with few tokens and from one address.
  const unlimited = ["CLIENT", "CREW", "ANONYMOUS", "TENANT", "ADDRESS"].map((whose) => [`LIMIT_${whose}`, "off"]);
  const sealing = { KEY_ENCRYPTION_SECRET: secret() };
  const front = {
    ...Object.fromEntries(unlimited),
    ...payment,
    ...sealing,
    OPERATOR_ID: operator.id,
    OPERATOR_SECRET: operator.secret,
    ...vars,
  };
  const sandbox = await bundledWorker("sandbox", payment);
  const ordering = await bundledWorker("ordering", front);
  const behind = [await bundledWorker("kitchen", {}), await bundledWorker("delivery", sealing)];

  return {
    async start(medium, inspectorPort) {
      const folder = mkdtempSync(join(medium === "tmpfs" ? memoryFolder() : tmpdir(), "comanda-bench-"));
      const started: Miniflare[] = [];
      Object.assign(process.env, runtimeEnv);
      const stop = async () => {
        await Promise.all(started.map((one) => one.dispose()));
        rmSync(folder, { recursive: true, force: true });
      };
      try {
        const outside = instance([sandbox], join(folder, "sandbox"));
        started.push(outside);
        const PAYMENT_URL = (await outside.unsafeGetDirectURL("comanda-sandbox")).origin;
        const paying = { ...ordering, bindings: { ...ordering.bindings, PAYMENT_URL } };
        const inside = instance([paying, ...behind], join(folder, "product"), inspectorPort);
        started.push(inside);
        const baseUrl = (await inside.unsafeGetDirectURL("comanda-ordering")).origin;
        await migrate(inside);
        const credentials = await seed({ baseUrl, operator, stateDir: folder, log: () => {} });
        const database = async () => (await inside.getBindings<{ DB: D1Database }>("comanda-ordering")).DB;
        const deliveryInbox = async () =>
          (await inside.getBindings<{ DELIVERY_INBOX: Queue }>("comanda-delivery")).DELIVERY_INBOX;
        return { credentials, database, deliveryInbox, stop };
      } catch (error) {
        await stop();
        throw error;
      }
    },
  };
}

/** The first worker is reached by a socket of its own, for the router in front is Miniflare's and not the product's. */
function instance([first, ...others]: V4WorkerOptions[], folder: string, inspectorPort?: number): Miniflare {
  const host = "127.0.0.1";
  const front = { ...first, unsafeDirectSockets: [{ host, port: 0 }] };
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: [front as V4WorkerOptions, ...others],
      host,
      port: 0,
      resourcePersistencePath: folder,
      cf: false,
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
    }),
  );
}

async function migrate(miniflare: Miniflare): Promise<void> {
  const { DB } = await miniflare.getBindings<{ DB: D1Database }>("comanda-ordering");
  const folder = join(root, "migrations");
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted()) {
    for (const statement of readFileSync(join(folder, file), "utf8").split("--> statement-breakpoint")) {
      if (statement.trim() !== "") await DB.prepare(statement).run();
    }
  }
}
