import { DurableObject } from "cloudflare:workers";
import type { SandboxEnv } from "../env.ts";
import { press } from "./kitchen-client.ts";
import { isGenuine } from "./signature.ts";
import { TillSettings, Webhook, type TillOrder } from "./till.ts";

type Row = TillOrder & { readonly due_at: number; readonly tries: number } & Record<string, SqlStorageValue>;

const overAfter = new Set(["rejected", "cancelled", "failed", "collected", "delivered"]);
/** An order that Comanda does not let be cooked is given up by the till after so many tries. */
const mostTries = 40;

/**
 * A restaurant's point of sale: hears of orders by webhook, accepts them, cooks, and tells Comanda when they are ready.
 * It answers a webhook as soon as it is written down, and works afterwards.
 */
export class TillObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS settings (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS heard (id TEXT PRIMARY KEY, times INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS orders (
        "order" TEXT PRIMARY KEY, venue TEXT NOT NULL, code TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL,
        tries INTEGER NOT NULL
      );
    `);
  }

  setUp(settings: TillSettings): void {
    this.#sql.exec("INSERT OR REPLACE INTO settings (one, body) VALUES (1, ?)", JSON.stringify(settings));
  }

  orders(): TillOrder[] {
    return this.#sql
      .exec<TillOrder & Record<string, SqlStorageValue>>(
        'SELECT "order", venue, code, state FROM orders ORDER BY rowid',
      )
      .toArray();
  }

  /** Takes a webhook in; the status to answer it with. The same `webhook-id` twice is one. */
  async hear(headers: [string, string][], body: string): Promise<204 | 401 | 404 | 422> {
    const settings = this.#settings();
    if (settings === null) return 404;
    const sent = new Headers(headers);
    if (!isGenuine(settings.secret, sent, body, Date.now())) return 401;
    if (this.#isRepeated(sent.get("webhook-id") ?? "")) return 204;
    const type = /^comanda\.order\.(.*)\.v1$/.exec(typeIn(body))?.[1];
    // A test, or a kind of event that was not thought of when this till was built.
    if (type === undefined) return 204;
    const webhook = Webhook.safeParse(JSON.parse(body)).data;
    if (webhook === undefined) return 422;
    const { order, venue, code } = webhook.data;
    if (type === "sent") {
      const row = [order, venue, code, Date.now()];
      this.#sql.exec(
        "INSERT OR IGNORE INTO orders (\"order\", venue, code, state, due_at, tries) VALUES (?, ?, ?, 'heard', ?, 0)",
        ...row,
      );
    } else if (overAfter.has(type)) {
      this.#sql.exec("UPDATE orders SET state = 'over' WHERE \"order\" = ? AND state <> 'ready'", order);
    }
    await this.#wakeUp();
    return 204;
  }

  override async alarm(): Promise<void> {
    const settings = this.#settings();
    if (settings === null) return;
    const due = this.#sql.exec<Row>(
      "SELECT * FROM orders WHERE state IN ('heard', 'accepted') AND due_at <= ?",
      Date.now(),
    );
    await Promise.all(due.toArray().map((row) => this.#workOn(row, settings)));
    await this.#wakeUp();
  }

  async #workOn(row: Row, settings: TillSettings): Promise<void> {
    const step = row.state === "heard" ? "accept" : "ready";
    const outcome = await press(settings, row, step);
    const set = (state: TillOrder["state"], dueAt: number, tries: number): void => {
      this.#sql.exec(
        'UPDATE orders SET state = ?, due_at = ?, tries = ? WHERE "order" = ? AND state = ?',
        state,
        dueAt,
        tries,
        row.order,
        row.state,
      );
    };
    if (outcome === "again" && row.tries < mostTries) {
      set(row.state, Date.now() + Math.min(250 * 2 ** row.tries, 30_000), row.tries + 1);
    } else if (outcome === "again") set("over", 0, row.tries);
    // Somebody at the venue was quicker: what they did stands, and it is cooked all the same.
    else if (step === "accept") set("accepted", Date.now() + settings.cooksForMs, 0);
    else set(outcome === "done" ? "ready" : "over", 0, 0);
  }

  async #wakeUp(): Promise<void> {
    const { at } = this.#sql
      .exec<{ at: number | null }>("SELECT min(due_at) AS at FROM orders WHERE state IN ('heard', 'accepted')")
      .one();
    if (at !== null) await this.ctx.storage.setAlarm(Math.max(at, Date.now()));
  }

  #settings(): TillSettings | null {
    const [row] = this.#sql.exec<{ body: string }>("SELECT body FROM settings").toArray();
    return row === undefined ? null : TillSettings.parse(JSON.parse(row.body));
  }

  #isRepeated(id: string): boolean {
    const { times } = this.#sql
      .exec<{ times: number }>(
        "INSERT INTO heard (id, times) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET times = times + 1 RETURNING times",
        id,
      )
      .one();
    return times > 1;
  }
}

function typeIn(body: string): string {
  try {
    return String(Object(JSON.parse(body)).type);
  } catch {
    return "";
  }
}
