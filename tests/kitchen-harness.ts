import { rmSync } from "node:fs";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { prepare } from "./harness.ts";

const root = join(import.meta.dirname, "..");
const compatibility_date = "2026-08-01";

type Rows = Promise<Record<string, unknown>[]>;

export interface KitchenHarness {
  /** The peer's address: it passes `/v1/…` on to the kitchen, `/say` to its inbox, and tells at `/heard`. */
  readonly url: string;
  storage(board: string): Promise<{ exec(sql: string): Rows }>;
  evict(board: string): Promise<void>;
  query(sql: string, ...values: string[]): Rows;
  /** The worker's own HTTP door. */
  direct(path: string, headers: Record<string, string>): Promise<{ readonly status: number }>;
  debug(): void;
  stop(): Promise<void>;
}

/** The real kitchen worker with real queues, boards and D1, and a peer where the ordering service would be. */
export async function startKitchen(): Promise<KitchenHarness> {
  const registry = prepare();
  const server = createTestHarness({
    root,
    workers: [
      {
        config: {
          name: "kitchen-peer",
          main: "tests/kitchen-peer.ts",
          compatibility_date,
          compatibility_flags: ["nodejs_compat"],
          services: [{ binding: "KITCHEN", service: "comanda-kitchen", entrypoint: "FrontDoor" }],
          queues: {
            producers: [{ binding: "KITCHEN_INBOX", queue: "comanda-kitchen-inbox" }],
            consumers: [{ queue: "comanda-ordering-inbox", max_batch_size: 20, max_batch_timeout: 0 }],
          },
        },
      },
      { configPath: "workers/kitchen/wrangler.toml" },
    ],
  });
  const { url } = await server.listen();
  const worker = server.getWorker<{ BOARD: DurableObjectNamespace; DB: D1Database }>("comanda-kitchen");
  const { DB } = await worker.getEnv();
  await worker.applyD1Migrations("DB");
  return {
    url: url.href.replace(/\/$/, ""),
    storage: (name) => worker.getDurableObjectStorage("BOARD", { name }),
    evict: (name) => worker.evictDurableObject("BOARD", { name, webSockets: "hibernate" }),
    async query(sql, ...values) {
      const statement = DB.prepare(sql).bind(...values);
      return (await statement.all()).results;
    },
    direct: (path, headers) => worker.fetch(path, { headers }),
    debug: () => server.debug(),
    async stop() {
      await server.close();
      rmSync(registry, { recursive: true, force: true });
    },
  };
}
