import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const configs = {
  ordering: "wrangler.toml",
  kitchen: "workers/kitchen/wrangler.toml",
  delivery: "workers/delivery/wrangler.toml",
  sandbox: "workers/sandbox/wrangler.toml",
} as const;
const names = ["ordering", "kitchen", "delivery", "sandbox"] as const;

const Binding = z.object({ binding: z.string() });
const Consumer = z.object({ queue: z.string(), max_batch_size: z.number(), dead_letter_queue: z.string().optional() });
const Config = z.looseObject({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  workers_dev: z.boolean().optional(),
  vars: z.record(z.string(), z.unknown()),
  secrets: z.object({ required: z.array(z.string()) }).optional(),
  assets: z.object({ binding: z.string() }).optional(),
  exports: z.record(z.string(), z.unknown()),
  durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }),
  d1_databases: z.array(Binding),
  services: z.array(Binding).default([]),
  ratelimits: z.array(z.object({ name: z.string() })).default([]),
  queues: z.object({
    producers: z.array(Binding.extend({ queue: z.string() })).default([]),
    consumers: z.array(z.looseObject(Consumer.shape)).default([]),
  }),
});

function read(worker: keyof typeof configs): z.infer<typeof Config> {
  return Config.parse(unstable_readConfig({ config: join(root, configs[worker]) }));
}

const all = names.map(read);

describe.each(names)("the %s worker", (worker) => {
  const config = read(worker);

  it("has exactly the bindings, variables and secrets that its env.ts names", () => {
    const source = readFileSync(join(root, `workers/${worker}/env.ts`), "utf8");
    const named = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]*)\??:/gm)].map((match) => match[1] ?? "");
    const given = [
      ...config.durable_objects.bindings.map(({ name }) => name),
      ...config.d1_databases.map(({ binding }) => binding),
      ...config.services.map(({ binding }) => binding),
      ...config.ratelimits.map(({ name }) => name),
      ...config.queues.producers.map(({ binding }) => binding),
      ...(config.assets?.binding ? [config.assets.binding] : []),
      ...Object.keys(config.vars),
      ...(config.secrets?.required ?? []),
    ];
    expect(named.toSorted()).toEqual(given.toSorted());
  });

  it("keeps every object it binds in SQLite", () => {
    for (const { class_name } of config.durable_objects.bindings) {
      expect(config.exports[class_name]).toEqual({ type: "durable-object", storage: "sqlite" });
    }
  });

  it("runs on the date and flags that all workers share", () => {
    expect(config.compatibility_date).toBe("2026-08-01");
    expect(config.compatibility_flags).toEqual([
      "nodejs_compat",
      ...(worker === "sandbox" ? [] : ["queue_consumer_no_wait_for_wait_until"]),
      // Only the front door calls addresses that tenants have named.
      ...(worker === "ordering" ? ["global_fetch_strictly_public"] : []),
    ]);
  });

  it("is reached from outside only where it is the front door or the outside world itself", () => {
    expect(config.workers_dev !== false).toBe(worker === "ordering" || worker === "sandbox");
  });
});

it("no deployment lets webhooks call the machine it runs on", () => {
  expect(read("ordering").vars["WEBHOOK_LOOPBACK"]).toBe("refused");
});

describe("the queues", () => {
  const consumers = all.flatMap((config) => config.queues.consumers);
  const consumed = consumers.map(({ queue }) => queue);

  it("each have one consumer, with nothing left to the platform's defaults", () => {
    expect(consumed).toEqual([...new Set(consumed)]);
    for (const consumer of consumers) {
      expect(consumer).toMatchObject({
        max_batch_size: expect.any(Number),
        max_batch_timeout: expect.any(Number),
        max_retries: expect.any(Number),
        retry_delay: expect.any(Number),
      });
    }
  });

  it("that are sent to are all consumed", () => {
    const sentTo = all.flatMap((config) => config.queues.producers).map(({ queue }) => queue);
    expect(consumed).toEqual(expect.arrayContaining([...new Set(sentTo)]));
  });

  it("keep what fails in a dead-letter queue that the same worker consumes", () => {
    for (const config of all) {
      const own = config.queues.consumers;
      for (const { queue, dead_letter_queue } of own.filter(({ queue }) => !queue.endsWith("-dead"))) {
        expect(dead_letter_queue).toBe(`${queue}-dead`);
        expect(own.map((consumer) => consumer.queue)).toContain(dead_letter_queue);
      }
    }
  });

  it("stay within what the free plan can work through in one batch", () => {
    for (const { max_batch_size } of consumers) expect(max_batch_size).toBeLessThanOrEqual(20);
  });
});
