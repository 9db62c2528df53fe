import { rmSync } from "node:fs";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { configOf, prepare } from "./harness.ts";

const root = join(import.meta.dirname, "..");
const compatibility_date = "2026-08-01";

type Rows = Promise<Record<string, unknown>[]>;

export interface DeliveryHarness {
  /** The peer's address: it passes `/v1/…` on to the service, `/say` to its inbox, and tells at `/heard`. */
  readonly url: string;
  storage(object: "ZONE" | "DRIVER", name: string): Promise<{ exec(sql: string): Rows }>;
  /** Takes an object's memory from it; its sockets stay. */
  evict(object: "ZONE" | "DRIVER", name: string): Promise<void>;
  /** The worker's own HTTP door. */
  direct(path: string, headers: Record<string, string>): Promise<{ readonly status: number }>;
  /** The lines the worker has logged so far. */
  logs(): string[];
  debug(): void;
  stop(): Promise<void>;
}

/**
 * The real delivery worker with real queues and objects, and a peer where the ordering service would be. `main`: a
 * module (absolute path) that stands in for the worker's own.
 */
export async function startDelivery(main?: string): Promise<DeliveryHarness> {
  const registry = prepare();
  const server = createTestHarness({
    root,
    workers: [
      {
        config: {
          name: "delivery-peer",
          main: "tests/delivery-peer.ts",
          compatibility_date,
          compatibility_flags: ["nodejs_compat"],
          services: [{ binding: "DELIVERY", service: "comanda-delivery", entrypoint: "FrontDoor" }],
          queues: {
            producers: [{ binding: "DELIVERY_INBOX", queue: "comanda-delivery-inbox" }],
            consumers: [{ queue: "comanda-ordering-inbox", max_batch_size: 20, max_batch_timeout: 0 }],
          },
        },
      },
      { configPath: configOf("workers/delivery/wrangler.toml", main, registry) },
    ],
  });
  const { url } = await server.listen();
  const worker = server.getWorker<{ ZONE: DurableObjectNamespace; DRIVER: DurableObjectNamespace; DB: D1Database }>(
    "comanda-delivery",
  );
  await worker.applyD1Migrations("DB");
  return {
    url: url.href.replace(/\/$/, ""),
    storage: (object, name) => worker.getDurableObjectStorage(object, { name }),
    evict: (object, name) => worker.evictDurableObject(object, { name, webSockets: "hibernate" }),
    direct: (path, headers) => worker.fetch(path, { headers }),
    logs: () => server.getLogs().map(({ message }) => message),
    debug: () => server.debug(),
    async stop() {
      await server.close();
      rmSync(registry, { recursive: true, force: true });
    },
  };
}
