import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestHarness } from "wrangler";

const secret = "only-for-this-test";
const configPath = join(import.meta.dirname, "../workers/sandbox/wrangler.toml");

interface Init {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

interface Movement {
  number: number;
  payment: string;
  kind: string;
  amount: number;
}

/** What a merchant's program does with the provider, over HTTP like any other. */
class Merchant {
  readonly #base: string;
  readonly account: string;

  constructor(base: string | URL, account: string) {
    this.#base = String(base).replace(/\/$/, "");
    this.account = account;
  }

  fetch(path: string, init: Init = {}): Promise<Response> {
    return fetch(this.#base + path, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, "x-account": this.account, ...init.headers },
    });
  }

  post(path: string, key: string, body: object, timeoutMs = 20_000): Promise<Response> {
    const headers = { "idempotency-key": key, "content-type": "application/json" };
    const signal = AbortSignal.timeout(timeoutMs);
    return this.fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  authorise(key: string, method = "card_ok", amount = 1_000, timeoutMs?: number): Promise<Response> {
    const body = { amount, currency: "EUR", method, reference: key };
    return this.post("/payments/authorisations", key, body, timeoutMs);
  }

  async authorised(key: string, method?: string, amount?: number): Promise<string> {
    const { id } = await (await this.authorise(key, method, amount)).json<{ id: string }>();
    return id;
  }

  /** Asks again with the same key until an answer is not the provider's own breakdown. */
  async persist(path: string, key: string, body: object): Promise<Response> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const response = await this.post(path, key, body, 250).catch(() => null);
      if (response !== null && response.status < 500) return response;
    }
    throw new Error(`${key} got no answer`);
  }

  async movements(): Promise<Movement[]> {
    const all: Movement[] = [];
    for (let after: number | null = 0; after !== null;) {
      const response = await this.fetch(`/payments/ledger?after=${after}&limit=7`);
      const page: { movements: Movement[]; next: number | null } = await response.json();
      all.push(...page.movements);
      after = page.next;
    }
    return all;
  }

  async kinds(): Promise<string[]> {
    return (await this.movements()).map(({ kind }) => kind);
  }

  async faults(document: object): Promise<number> {
    const headers = { "content-type": "application/json" };
    return (await this.fetch("/faults", { method: "PUT", headers, body: JSON.stringify(document) })).status;
  }
}

const harness = createTestHarness({ workers: [{ configPath, secrets: { PAYMENT_SECRET: secret } }] });
let base: URL;
beforeAll(async () => {
  base = (await harness.listen()).url;
});
afterAll(() => harness.close());

describe("a payment", () => {
  test("is authorised, captured and refunded, and the ledger numbers each movement", async () => {
    const merchant = new Merchant(base, "life");
    const answer = await merchant.authorise("a", "card_ok", 1_250);
    expect(answer.status).toBe(201);
    const payment = await answer.json<{ id: string }>();
    expect(payment).toMatchObject({ status: "authorised", amount: 1_250, currency: "EUR", reference: "a" });

    expect((await merchant.post(`/payments/${payment.id}/capture`, "b", {})).status).toBe(200);
    expect((await merchant.post(`/payments/${payment.id}/refund`, "c", { amount: 250, reason: "cold" })).status).toBe(
      200,
    );

    const now = await (await merchant.fetch(`/payments/${payment.id}`)).json();
    expect(now).toMatchObject({ status: "partially_refunded", captured: 1_250, refunded: 250 });
    expect(await (await merchant.fetch("/payments?reference=a")).json()).toEqual({ payments: [now] });
    expect(await merchant.movements()).toMatchObject([
      { number: 1, payment: payment.id, kind: "authorised", amount: 1_250, currency: "EUR", reference: "a" },
      { number: 2, payment: payment.id, kind: "captured", amount: 1_250 },
      { number: 3, payment: payment.id, kind: "refunded", amount: 250, reason: "cold" },
    ]);
  });

  test("is not captured twice, refunded beyond what was captured, or voided after it", async () => {
    const merchant = new Merchant(base, "limits");
    const id = await merchant.authorised("a");
    await merchant.post(`/payments/${id}/capture`, "b", { amount: 600 });
    const refusals = [
      await merchant.post(`/payments/${id}/capture`, "c", {}),
      await merchant.post(`/payments/${id}/refund`, "d", { amount: 601 }),
      await merchant.post(`/payments/${id}/void`, "e", {}),
    ];
    for (const refusal of refusals) {
      expect(refusal.status).toBe(409);
      expect(refusal.headers.get("content-type")).toBe("application/problem+json");
      expect(await refusal.json()).toMatchObject({ type: "https://comanda.dev/problems/conflict", status: 409 });
    }
    expect(await merchant.kinds()).toEqual(["authorised", "captured"]);
  });

  test("is seen by its own account only", async () => {
    const id = await new Merchant(base, "mine").authorised("a");
    const other = new Merchant(base, "theirs");
    expect((await other.fetch(`/payments/${id}`)).status).toBe(404);
    expect((await other.post(`/payments/${id}/capture`, "b", {})).status).toBe(404);
    expect(await other.movements()).toEqual([]);
  });
});

describe("a request with an Idempotency-Key", () => {
  test("gets the same answer to the byte when it comes again", async () => {
    const merchant = new Merchant(base, "again");
    const first = await merchant.authorise("a");
    const second = await merchant.authorise("a");
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await merchant.kinds()).toEqual(["authorised"]);
  });

  test("is done once when fifty come at the same time", async () => {
    const merchant = new Merchant(base, "fifty");
    const answers = await Promise.all(Array.from({ length: 50 }, () => merchant.authorise("a")));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(await merchant.kinds()).toEqual(["authorised"]);
  });

  test("is refused when the key stood for something else", async () => {
    const merchant = new Merchant(base, "reuse");
    const id = await merchant.authorised("a");
    const otherAmount = await merchant.authorise("a", "card_ok", 999);
    const otherRoute = await merchant.post(`/payments/${id}/capture`, "a", {});
    for (const refusal of [otherAmount, otherRoute]) {
      expect(refusal.status).toBe(422);
      expect(await refusal.json()).toMatchObject({ type: "https://comanda.dev/problems/idempotency-key-reused" });
    }
    expect(await merchant.kinds()).toEqual(["authorised"]);
  });

  test("keeps its refusal even if it would be allowed later", async () => {
    const merchant = new Merchant(base, "kept");
    const id = await merchant.authorised("a");
    expect((await merchant.post(`/payments/${id}/refund`, "early", {})).status).toBe(409);
    await merchant.post(`/payments/${id}/capture`, "b", {});
    expect((await merchant.post(`/payments/${id}/refund`, "early", {})).status).toBe(409);
    expect(await merchant.kinds()).toEqual(["authorised", "captured"]);
  });

  test("captures once when twenty different keys race", async () => {
    const merchant = new Merchant(base, "race");
    const id = await merchant.authorised("a");
    const keys = Array.from({ length: 20 }, (_, at) => `capture-${at}`);
    const answers = await Promise.all(keys.map((key) => merchant.post(`/payments/${id}/capture`, key, {})));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(19).fill(409),
    ]);
    expect(await merchant.kinds()).toEqual(["authorised", "captured"]);
  });
});

describe("a test card", () => {
  test.for([
    ["card_declined", "card_declined"],
    ["card_insufficient", "insufficient_funds"],
  ] as const)("%s is answered 201 and declined", async ([method, declineReason]) => {
    const answer = await new Merchant(base, "declines").authorise(method, method);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: "declined", declineReason });
  });

  test("card_slow is answered after three seconds", async () => {
    const merchant = new Merchant(base, "slow");
    const began = Date.now();
    expect((await merchant.authorise("a", "card_slow")).status).toBe(201);
    expect(Date.now() - began).toBeGreaterThanOrEqual(2_990);
  });

  test("card_timeout_after_charge holds the money, says nothing, and answers who asks again", async () => {
    const merchant = new Merchant(base, "silent");
    await expect(merchant.authorise("a", "card_timeout_after_charge", 1_000, 500)).rejects.toThrow("timeout");
    expect(await merchant.kinds()).toEqual(["authorised"]);
    const again = await merchant.authorise("a", "card_timeout_after_charge");
    expect(again.status).toBe(201);
    expect(await again.json()).toMatchObject({ status: "authorised" });
    expect(await merchant.kinds()).toEqual(["authorised"]);
  });

  test("card_capture_fails is answered 402 at the capture and can then be voided", async () => {
    const merchant = new Merchant(base, "capture-fails");
    const id = await merchant.authorised("a", "card_capture_fails");
    const refusal = await merchant.post(`/payments/${id}/capture`, "b", {});
    expect(refusal.status).toBe(402);
    expect(refusal.headers.get("content-type")).toBe("application/problem+json");
    expect((await merchant.post(`/payments/${id}/void`, "c", {})).status).toBe(200);
    expect(await merchant.kinds()).toEqual(["authorised", "voided"]);
  });
});

describe("a malformed request", () => {
  const good = { amount: 100, currency: "EUR", method: "card_ok", reference: "r" };

  test.for([
    ["a fractional amount", { ...good, amount: 1.5 }, "/amount"],
    ["no money", { ...good, amount: 0 }, "/amount"],
    ["negative money", { ...good, amount: -5 }, "/amount"],
    ["an amount in words", { ...good, amount: "100" }, "/amount"],
    ["more money than there is", { ...good, amount: 1e15 }, "/amount"],
    ["an unknown card", { ...good, method: "card_gold" }, "/method"],
    ["a small-letter currency", { ...good, currency: "eur" }, "/currency"],
    ["a field nobody knows", { ...good, tip: 5 }, "/tip"],
  ] as const)("%s is pointed at and moves nothing", async ([, body, pointer]) => {
    const merchant = new Merchant(base, "malformed");
    const refusal = await merchant.post("/payments/authorisations", "a", body);
    expect(refusal.status).toBe(422);
    expect(await refusal.json()).toMatchObject({ errors: [{ pointer }] });
    expect(await merchant.movements()).toEqual([]);
  });

  test.for([
    ["without the secret", { authorization: "Bearer guess" }, 401],
    ["without an account", { "x-account": "" }, 422],
    ["without an Idempotency-Key", { "idempotency-key": "" }, 400],
    ["in another media type", { "content-type": "text/plain" }, 415],
  ] as const)("%s is refused", async ([, headers, status]) => {
    const body = JSON.stringify(good);
    const sent = { "idempotency-key": "a", "content-type": "application/json", ...headers };
    const merchant = new Merchant(base, "malformed");
    const refusal = await merchant.fetch("/payments/authorisations", { method: "POST", headers: sent, body });
    expect(refusal.status).toBe(status);
    expect(refusal.headers.get("content-type")).toBe("application/problem+json");
  });

  test("that is not JSON, too large, or for nothing there is, is refused", async () => {
    const merchant = new Merchant(base, "malformed");
    const headers = { "idempotency-key": "a", "content-type": "application/json" };
    const post = (body: string): Promise<Response> =>
      merchant.fetch("/payments/authorisations", { method: "POST", headers, body });
    expect((await post("{")).status).toBe(400);
    expect((await post("[]")).status).toBe(422);
    expect((await post("x".repeat(600_000))).status).toBe(413);
    expect((await merchant.fetch("/payments/pay_1/capture/twice")).status).toBe(404);
    expect((await merchant.fetch("/payments/ledger?limit=many")).status).toBe(422);
  });
});

describe("a fault", () => {
  test("that errs does nothing, until it is switched off", async () => {
    const merchant = new Merchant(base, "errs");
    expect(await merchant.faults({ payments: { errorRate: 1, errorStatus: 502 } })).toBe(200);
    const answer = await merchant.authorise("a");
    expect(answer.status).toBe(502);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await merchant.movements()).toEqual([]);
    expect((await merchant.fetch("/faults", { method: "DELETE" })).status).toBe(204);
    expect(await (await merchant.fetch("/faults")).json()).toEqual({});
    expect((await merchant.authorise("a")).status).toBe(201);
  });

  test("that loses the answer has acted, and the same key brings the answer later", async () => {
    const merchant = new Merchant(base, "loses");
    await merchant.faults({ payments: { loseAnswerRate: 1 } });
    expect((await merchant.authorise("a")).status).toBe(500);
    expect(await merchant.kinds()).toEqual(["authorised"]);
    await merchant.faults({});
    const answer = await merchant.authorise("a");
    expect([answer.status, answer.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  });

  test("that stays silent has acted, and ends in a gateway's 504", async () => {
    const merchant = new Merchant(base, "stays-silent");
    await merchant.faults({ payments: { timeoutRate: 1, timeoutMs: 300 } });
    await expect(merchant.authorise("a", "card_ok", 1_000, 100)).rejects.toThrow("timeout");
    expect(await merchant.kinds()).toEqual(["authorised"]);
    expect((await merchant.authorise("a")).status).toBe(504);
  });

  test("comes again in the same order with the same seed", async () => {
    const merchant = new Merchant(base, "repeats");
    const fault = { payments: { seed: 42, errorRate: 0.3, loseAnswerRate: 0.3 } };
    const run = async (): Promise<number[]> => {
      await merchant.faults(fault);
      const keys = Array.from({ length: 30 }, (_, at) => `key-${at % 15}`);
      const statuses: number[] = [];
      for (const key of keys) statuses.push((await merchant.authorise(key)).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([201, 500, 503]));
    expect(await run()).toEqual(first);
  });

  test("of one account leaves the others alone", async () => {
    await new Merchant(base, "broken").faults({ payments: { errorRate: 1 } });
    expect((await new Merchant(base, "whole").authorise("a")).status).toBe(201);
  });

  test("that is misspelt is refused", async () => {
    const merchant = new Merchant(base, "misspelt");
    expect(await merchant.faults({ payments: { errorate: 1 } })).toBe(422);
    expect(await (await merchant.fetch("/faults")).json()).toEqual({});
  });
});

test("money is conserved whatever goes wrong, as long as everybody asks again", async () => {
  const Deed = fc.record({
    amount: fc.integer({ min: 1, max: 5_000 }),
    method: fc.constantFrom("card_ok", "card_declined", "card_capture_fails"),
    steps: fc.array(
      fc.record({
        step: fc.constantFrom("capture", "void", "refund"),
        amount: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
      }),
      { maxLength: 4 },
    ),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(Deed, { minLength: 1, maxLength: 6 }), fc.nat(1_000), async (deeds, seed) => {
      run += 1;
      const merchant = new Merchant(base, `conserved-${run}`);
      await merchant.faults({ payments: { seed, errorRate: 0.2, timeoutRate: 0.05, loseAnswerRate: 0.2 } });
      const known = await Promise.all(
        deeds.map(async ({ amount, method, steps }, deed) => {
          const body = { amount, currency: "EUR", method, reference: `deed-${deed}` };
          const begun = await merchant.persist("/payments/authorisations", `deed-${deed}`, body);
          let last = await begun.json<{ id: string; captured: number; refunded: number }>();
          for (const [at, { step, amount: wanted }] of steps.entries()) {
            const sum = step === "void" ? {} : { amount: wanted };
            const answer = await merchant.persist(`/payments/${last.id}/${step}`, `deed-${deed}-${at}`, sum);
            if (answer.status === 200) last = await answer.json();
          }
          return last;
        }),
      );
      const movements = await merchant.movements();
      expect(movements.map(({ number }) => number)).toEqual(movements.map((_, at) => at + 1));
      for (const { id, captured, refunded } of known) {
        const sum = (kind: string): number =>
          movements
            .filter((one) => one.payment === id && one.kind === kind)
            .reduce((total, one) => total + one.amount, 0);
        expect({ captured: sum("captured"), refunded: sum("refunded") }).toEqual({ captured, refunded });
        expect(sum("captured")).toBeLessThanOrEqual(sum("authorised"));
        expect(sum("refunded")).toBeLessThanOrEqual(sum("captured"));
      }
      expect(new Set(movements.map(({ payment }) => payment)).size).toBe(deeds.length);
    }),
    { numRuns: 8 },
  );
});

describe("a mail", () => {
  const mail = { to: "ada@example.com", subject: "Your <b>order</b>", text: "On its way", tenant: "posted" };

  test("arrives once, however often it is sent, and is found by its address", async () => {
    const merchant = new Merchant(base, "posted");
    const first = await merchant.post("/mail", "ord_1:placed", mail);
    const second = await merchant.post("/mail", "ord_1:placed", mail);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(await second.json()).toEqual(await first.json());
    expect((await merchant.post("/mail", "ord_1:placed", { ...mail, text: "Late" })).status).toBe(422);
    await merchant.post("/mail", "ord_2:placed", { ...mail, to: "bob@example.com" });

    const found = await (await merchant.fetch("/mailbox?account=posted&to=ada@example.com")).json();
    expect(found).toMatchObject({ mails: [{ to: "ada@example.com", subject: mail.subject, text: "On its way" }] });
    await merchant.fetch("/mailbox?account=posted&to=ada@example.com", { method: "DELETE" });
    expect(await (await merchant.fetch("/mailbox?account=posted")).json()).toMatchObject({
      mails: [{ to: "bob@example.com" }],
    });
  });

  test("is lost for the moment while the mail provider is down", async () => {
    const merchant = new Merchant(base, "undelivered");
    await merchant.faults({ mail: { errorRate: 1 } });
    expect((await merchant.post("/mail", "a", { ...mail, tenant: "undelivered" })).status).toBe(503);
    expect(await (await merchant.fetch("/mailbox?account=undelivered")).json()).toEqual({ mails: [] });
  });

  test("is refused without a real address", async () => {
    const refusal = await new Merchant(base, "posted").post("/mail", "b", { ...mail, to: "ada" });
    expect(await refusal.json()).toMatchObject({ status: 422, errors: [{ pointer: "/to" }] });
  });

  test("is shown on the page with nothing of it taken for markup", async () => {
    const merchant = new Merchant(base, "shown");
    await merchant.post("/mail", "a", { ...mail, tenant: "shown", text: "<script>alert(1)</script>" });
    const purchase = { amount: 1_250, currency: "EUR", method: "card_ok", reference: "<img src=x>" };
    await merchant.post("/payments/authorisations", "b", purchase);
    const text = await (await merchant.fetch("/?account=shown")).text();
    expect(text).toContain("Your &lt;b&gt;order&lt;/b&gt;");
    expect(text).toContain("&lt;img src=x&gt;");
    expect(text).toContain("12.50 EUR");
    expect(text).not.toContain("<script>");
    expect(text).not.toContain("<img");
  });
});

describe("from another machine", () => {
  test("mailbox, faults and page ask for the secret", async () => {
    for (const path of ["/", "/mailbox", "/faults?account=demo"]) {
      expect((await harness.fetch(`https://sandbox.example${path}`)).status).toBe(401);
      const headers = { authorization: `Bearer ${secret}` };
      expect((await harness.fetch(`https://sandbox.example${path}`, { headers })).status).toBe(200);
    }
    expect((await harness.fetch("https://sandbox.example/healthz")).status).toBe(200);
  });
});

describe("killed with -9 and started again on the same state", () => {
  let folder: string;
  let running: ChildProcess | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  });
  afterAll(async () => {
    if (running !== undefined) await kill(running);
    await rm(folder, { recursive: true, force: true });
  });

  test("it remembers every answer, every movement and every fault", async () => {
    const port = await freePort();
    const merchant = new Merchant(`http://127.0.0.1:${port}`, "survivor");
    running = await start(port, folder);
    const id = await merchant.authorised("a");
    const captured = await (await merchant.post(`/payments/${id}/capture`, "b", {})).text();
    await merchant.faults({ payments: { loseAnswerRate: 1 } });
    expect((await merchant.post(`/payments/${id}/refund`, "c", { amount: 400 })).status).toBe(500);
    await kill(running);

    running = await start(port, folder);
    expect(await (await merchant.fetch("/faults")).json()).toMatchObject({ payments: { loseAnswerRate: 1 } });
    await merchant.faults({});
    expect(await (await merchant.post(`/payments/${id}/capture`, "b", {})).text()).toBe(captured);
    const refund = await merchant.post(`/payments/${id}/refund`, "c", { amount: 400 });
    expect([refund.status, refund.headers.get("idempotent-replayed")]).toEqual([200, "true"]);
    expect(await merchant.kinds()).toEqual(["authorised", "captured", "refunded"]);
  });
});

async function start(port: number, folder: string): Promise<ChildProcess> {
  const wrangler = join(import.meta.dirname, "../node_modules/wrangler/bin/wrangler.js");
  const options = [
    "--port",
    port,
    "--inspector-port",
    await freePort(),
    "--persist-to",
    folder,
    "--log-level",
    "error",
  ];
  const child = spawn(
    process.execPath,
    [wrangler, "dev", "-c", configPath, "--var", `PAYMENT_SECRET:${secret}`, ...options.map(String)],
    { detached: true, stdio: "ignore", env: { ...process.env, X_LOCAL_OBSERVABILITY: "false", CI: "1" } },
  );
  for (let waited = 0; waited < 300; waited += 1) {
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (healthy?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await kill(child);
  throw new Error("The sandbox did not start.");
}

/** The whole process group: workerd would outlive its parent. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}
