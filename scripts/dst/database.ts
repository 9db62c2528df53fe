import type { StatementSync } from "node:sqlite";
import { deadLetterActs, deadLetters } from "../../workers/shared/tables/dead-letters.ts";
import { D1 } from "../../workers/shared/testing/d1.ts";
import { menuAt } from "../../workers/ordering/menus.ts";
import type { OrderingEnv } from "../../workers/ordering/env.ts";
import { menuParts, menuVersions } from "../../workers/ordering/tables/menus.ts";
import { orders } from "../../workers/ordering/tables/orders.ts";
import { pushTopics } from "../../workers/ordering/tables/push.ts";
import type { Chance } from "./chance.ts";
import { houses } from "./houses.ts";
import { menuOf } from "./menu.ts";

/** A line of the list of orders: by column. */
export type Line = Readonly<Record<string, string | number | null>>;

export interface LetterRow {
  readonly id: string;
  readonly tenant: string;
  readonly envelope: string;
  readonly closed_at: number | null;
  readonly state: string;
  readonly error: string;
}

/** The one D1 of a town. */
export class TownDatabase {
  isDown = false;
  /** How probable it is that a statement fails. */
  fails: () => number = () => 0;
  onFailure: () => void = () => {};
  private readonly d1 = new D1(orders, deadLetters, deadLetterActs, menuParts, menuVersions, pushTopics);
  private chance: Chance | undefined;
  private readonly statements = new Map<string, StatementSync>();

  constructor() {
    const insert = this.d1.database.prepare(
      "INSERT INTO menu_parts (tenant, venue, version, part, body) VALUES (?, ?, ?, 0, ?)",
    );
    for (const { tenant, venue } of houses)
      for (const version of [1, 2] as const) insert.run(tenant, venue, version, JSON.stringify(menuOf(version)));
    this.d1.database.function("random", () => Math.floor((this.chance?.next() ?? 0) * 2 ** 31));
    this.d1.before = () => {
      if (!this.isDown && this.chance?.hits(this.fails()) !== true) return;
      this.onFailure();
      throw new Error("D1_ERROR: not reachable");
    };
  }

  get asD1(): D1Database {
    return this.d1.asD1;
  }

  /** Begins anew for a town with this chance. */
  begin(chance: Chance): this {
    this.chance = chance;
    this.isDown = false;
    this.fails = () => 0;
    this.onFailure = () => {};
    return this;
  }

  giveBack(): void {
    this.d1.database.exec("DELETE FROM orders; DELETE FROM dead_letters; DELETE FROM dead_letter_acts");
    spare.push(this);
  }

  line(tenant: string, order: string): { status: string; open: number; seq: number; total: number } | undefined {
    const query = "SELECT status, open, seq, total FROM orders WHERE tenant = ? AND id = ?";
    return this.rows<{ status: string; open: number; seq: number; total: number }>(query, tenant, order)[0];
  }

  /** All lines of the list, as they are. */
  lines(): Line[] {
    return this.rows<Line>("SELECT * FROM orders");
  }

  /** Brings in lines that were written long ago; columns added since are empty in them. */
  bring(lines: readonly Line[]): void {
    const columns = this.rows<{ name: string; type: string; notnull: number }>("PRAGMA table_info(orders)");
    for (const line of lines) {
      const empty = ({ type, notnull }: { type: string; notnull: number }) => (notnull === 0 ? null : type === "integer" ? 0 : ""); // prettier-ignore
      const values = columns.map((column) => line[column.name] ?? empty(column));
      this.d1.database.prepare(`INSERT INTO orders VALUES (${columns.map(() => "?").join(", ")})`).run(...values);
    }
  }

  letters(): LetterRow[] {
    return this.rows<LetterRow>("SELECT id, tenant, envelope, state, error, closed_at FROM dead_letters");
  }

  hasStillOrders(now: number): boolean {
    return this.rows("SELECT 1 FROM orders WHERE open = 1 AND updated_at < ? LIMIT 1", now - 600_000).length > 0;
  }

  hasOpenLetters(): boolean {
    return (
      this.rows("SELECT 1 FROM dead_letters WHERE state = 'open' OR (state = 'dropped' AND closed_at IS NULL) LIMIT 1")
        .length > 0
    );
  }

  private rows<T>(query: string, ...bindings: (string | number)[]): T[] {
    const statement = this.statements.get(query) ?? this.d1.database.prepare(query);
    this.statements.set(query, statement);
    return statement.all(...bindings) as T[];
  }
}

const spare: TownDatabase[] = [];
let warm: Promise<unknown> | undefined;

/** An empty database. */
export function borrowDatabase(chance: Chance): TownDatabase {
  return (spare.pop() ?? new TownDatabase()).begin(chance);
}

/** Reads the menus once for all towns, so that no town differs from the next in having to. */
export function warmMenus(): Promise<unknown> {
  return (warm ??= (async () => {
    const database = new TownDatabase();
    const env = { DB: database.asD1 } as unknown as OrderingEnv;
    for (const { tenant, venue } of houses) for (const version of [1, 2]) await menuAt(env, tenant, venue, version);
  })());
}
