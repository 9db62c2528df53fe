import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LetterAlert } from "../../../contracts/webhook.ts";
import { deadLetters } from "../../shared/tables/dead-letters.ts";
import { D1 } from "../../shared/testing/d1.ts";
import type { OrderingEnv } from "../env.ts";
import { endpoints } from "../tables/endpoints.ts";
import { alertTenants } from "./alert.ts";

const now = 1_800_000_000_000;
let db: D1;
let told: { endpoint: string; id: string; alert: LetterAlert }[];
let away: boolean;
let env: OrderingEnv;

function die(tenant: string, sequence: number, more = "'open', null, null"): void {
  db.database
    .exec(`INSERT INTO dead_letters (id, tenant, consumer, sender, receiver, sequence, type, "order", envelope, error,
    stack, attempts, first_at, last_at, state, closed_at, told_at) VALUES ('order/${tenant}/o>board/${tenant}/v#${sequence}',
    '${tenant}', 'kitchen-inbox', 'order/${tenant}/o', 'board/${tenant}/v', ${sequence}, 'comanda.order.sent.v1', 'ord_1', '{}',
    'Error: no', '', 4, 1, ${now}, ${more})`);
}

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  db = new D1(deadLetters, endpoints);
  db.database.exec(
    "INSERT INTO endpoints (id, tenant, created_at) VALUES ('a', 'mine', 1), ('b', 'mine', 1), ('c', 'theirs', 1)",
  );
  told = [];
  away = false;
  const getByName = (endpoint: string) => ({
    alert: async (id: string, alert: LetterAlert) => {
      if (away) throw new Error("the object is away");
      told.push({ endpoint, id, alert });
    },
  });
  env = { DB: db.asD1, ENDPOINT: { getByName } } as unknown as OrderingEnv;
});

describe("an alert", () => {
  it("goes once to each endpoint of the letter's own tenant", async () => {
    die("mine", 1);
    await alertTenants(env, now);
    await alertTenants(env, now + 60_000);
    expect(told.map(({ endpoint }) => endpoint).toSorted()).toEqual(["mine/a", "mine/b"]);
    expect(told[0]?.id).toMatch(/^alert_[0-9a-f]{40}$/);
    expect(told[0]?.alert).toEqual({
      letter: Buffer.from("order/mine/o>board/mine/v#1").toString("base64url"),
      order: "ord_1",
      fact: "comanda.order.sent.v1",
      sender: "order/mine/o",
      receiver: "board/mine/v",
      sequence: 1,
      consumer: "kitchen-inbox",
      error: "Error: no",
      at: now,
    });
  });

  it("is not of letters that are over, and nobody need listen", async () => {
    die("mine", 1, `'closed', ${now}, null`);
    die("mine", 2, "'dropped', null, null");
    die("nobody", 1);
    await alertTenants(env, now);
    expect(told).toEqual([]);
    expect(db.database.prepare("SELECT count(*) AS n FROM dead_letters WHERE told_at IS NOT NULL").get()).toEqual({
      n: 1,
    });
  });

  it("that cannot be given comes again under the same id", async () => {
    die("mine", 1);
    away = true;
    await alertTenants(env, now);
    away = false;
    await alertTenants(env, now + 60_000);
    await alertTenants(env, now + 120_000);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told).toHaveLength(2);
  });
});
