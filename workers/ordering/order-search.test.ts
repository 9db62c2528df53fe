import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { OrderSearch } from "../../contracts/floor.ts";
import type { Principal } from "../../contracts/principal.ts";
import { D1 } from "../shared/testing/d1.ts";
import type { OrderingEnv } from "./env.ts";
import { searchOrders } from "./order-search.ts";

const migrations = join(import.meta.dirname, "../../migrations");
const admin: Principal = { tenant: "mine", subject: "admin", role: "admin", venues: null, expiresAt: 0 };

/** How SQLite goes about a search, with the indexes that there are. */
async function planOf(search: object): Promise<string> {
  const db = new D1();
  const files = readdirSync(migrations).filter((name) => name.endsWith(".sql"));
  for (const name of files.toSorted()) db.database.exec(readFileSync(join(migrations, name), "utf8"));
  const asked: string[] = [];
  db.before = (query) => void asked.push(query);
  const env = { DB: db.asD1, KEY_ENCRYPTION_SECRET: "of-the-test-and-long-enough" } as unknown as OrderingEnv;
  await searchOrders(env, admin, OrderSearch.parse(search));
  const plan = db.database.prepare(`explain query plan ${asked.at(-1)}`).all();
  return z
    .array(z.object({ detail: z.string() }))
    .parse(plan)
    .map(({ detail }) => detail)
    .join("; ");
}

it.each([
  ["table 12", "orders_by_table"],
  ["12", "orders_by_table"],
  ["KT47", "orders_by_code"],
  ["+4915112345678", "orders_by_phone"],
  ["ord_4k8x7dz9rbmn0f81b6vfprtw5r", "sqlite_autoindex_orders_1"],
  ["zoe", "orders_by_placing"],
])("what %s names is found by its own index, in whatever venue", async (text, index) => {
  expect(await planOf({ text })).toContain(`USING INDEX ${index}`);
  expect(await planOf({ text, venue: "v" })).toContain(`USING INDEX ${index}`);
});
