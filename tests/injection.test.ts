import { createTestHarness } from "wrangler";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepare } from "./harness.ts";

const script = `"><img src=x onerror="alert(1)"><script>alert(1)</script>`;
const secret = "secret-for-injections";

prepare();
const sandbox = createTestHarness({
  root: join(import.meta.dirname, ".."),
  workers: [{ configPath: "workers/sandbox/wrangler.toml", secrets: { PAYMENT_SECRET: secret } }],
});
let base: string;
beforeAll(async () => {
  base = (await sandbox.listen()).url.href;
});
afterAll(() => sandbox.close());

function ask(path: string, body: object): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    "idempotency-key": `key-${path}`,
    authorization: `Bearer ${secret}`,
  };
  return fetch(new URL(path, base), { method: "POST", headers, body: JSON.stringify(body) });
}

describe("the sandbox's page", () => {
  it("shows mails and payments as words, whatever is in them", async () => {
    const mail = { tenant: "demo", to: "a@b.example", subject: script, text: script };
    expect((await ask("/mail", mail)).ok).toBe(true);
    const payment = { amount: 100, currency: "EUR", method: "card_ok", reference: script.slice(0, 60) };
    await ask("/payments/authorisations", payment);
    const response = await fetch(base, { headers: { authorization: `Bearer ${secret}` } });
    const page = await response.text();
    expect(page).toContain("&lt;img src=x");
    expect(page).not.toMatch(/<img|<script/i);
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  it("keeps a mail's subject in one field, and takes no second recipient", async () => {
    const mail = { tenant: "demo", subject: "Hello", text: "x" };
    for (const to of ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "<a@b.example>"]) {
      expect((await ask("/mail", { ...mail, to })).status, to).toBe(422);
    }
  });
});
