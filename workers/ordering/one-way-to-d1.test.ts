import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as endpoints from "./tables/endpoints.ts";
import * as audit from "./tables/audit.ts";
import * as menus from "./tables/menus.ts";
import * as orders from "./tables/orders.ts";
import * as tokens from "./tables/tokens.ts";
import * as carriers from "../shared/tables/carriers.ts";
import * as tallies from "../shared/tables/tallies.ts";
import * as letters from "../shared/tables/dead-letters.ts";

const workers = join(import.meta.dirname, "..");
const sources = globSync("**/*.ts", { cwd: workers, exclude: ["**/.wrangler/**"] })
  .filter((path) => !/\.test\.ts$|\/testing\/|\/fixture\//.test(path))
  .map((path) => ({ path, code: readFileSync(join(workers, path), "utf8") }));
const matching = (pattern: RegExp): string[] => sources.flatMap(({ path, code }) => (pattern.test(code) ? [path] : []));

describe("D1", () => {
  it("is opened in one place, so that a tenant's own database can be chosen there", () => {
    expect(matching(/drizzle-orm\/d1"/)).toEqual(["shared/database.ts"]);
    expect(matching(/\bDB\)?\s*\.\s*(?:prepare|batch|exec|withSession|dump)\b/)).toEqual([]);
  });

  it("says in every row whose it is, but for what belongs to the whole installation", () => {
    const tables = [audit, endpoints, menus, orders, tokens, letters, carriers, tallies].flatMap((module) =>
      Object.values<unknown>(module).filter((each) => each instanceof SQLiteTable),
    );
    const without = tables
      .map((table) => getTableConfig(table))
      .filter(({ columns }) => !columns.some(({ name, notNull }) => name === "tenant" && notNull))
      .map(({ name }) => name);
    // A tenant's own line, the keys all tokens are signed with, and answers whose scope begins with the tenant.
    // What is measured is the operator's; an object's address names its tenant.
    expect(without.toSorted()).toEqual(["actors_seen", "idempotency", "signing_keys", "tallies", "tenants"]);
    expect(tables.length).toBeGreaterThan(10);
  });
});
