import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newWebhookSecret, signatureHeaders } from "./webhook-signature.ts";

/** Verifies as the specification says, by another implementation of HMAC than the one that signs. */
async function verifies(secret: string, headers: Record<string, string>, body: string): Promise<boolean> {
  const raw = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const key = await webcrypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  const given = (headers["webhook-signature"] ?? "").split(" ").filter((one) => one.startsWith("v1,"));
  const outcomes = given.map((one) =>
    webcrypto.subtle.verify("HMAC", key, Buffer.from(one.slice(3), "base64"), signed),
  );
  return (await Promise.all(outcomes)).includes(true);
}

describe("a signature", () => {
  it("is the one of the example that Standard Webhooks publishes", () => {
    const headers = signatureHeaders(
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1_614_265_330_999,
      `{"test": 2432232314}`,
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    ); // prettier-ignore
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("verifies with its secret, and with no other; not once anything was touched", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.nat(2 ** 40), async (body, at) => {
        const [secret, other] = [newWebhookSecret(), newWebhookSecret()];
        const headers = signatureHeaders("rep_1", at, body, [secret]);
        expect(await verifies(secret, headers, body)).toBe(true);
        expect(await verifies(other, headers, body)).toBe(false);
        expect(await verifies(secret, headers, `${body} `)).toBe(false);
        expect(await verifies(secret, { ...headers, "webhook-id": "rep_2" }, body)).toBe(false);
        expect(await verifies(secret, { ...headers, "webhook-timestamp": "1" }, body)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it("is made with every secret that signs, so that both the old and the new verify", async () => {
    const [old, fresh] = [newWebhookSecret(), newWebhookSecret()];
    const headers = signatureHeaders("rep_1", 1, "{}", [fresh, old]);
    expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    expect([await verifies(old, headers, "{}"), await verifies(fresh, headers, "{}")]).toEqual([true, true]);
  });

  it("is verified by the example that integrators are given", async () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/webhooks.md"), "utf8");
    const code = /```js\n([^]*?)```/.exec(page)?.[1] ?? "";
    const { isGenuine }: { isGenuine: (secret: string, headers: object, body: string) => boolean } = await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    );
    const [secret, other, body] = [newWebhookSecret(), newWebhookSecret(), `{"type":"comanda.order.sent.v1"}`];
    const headers = signatureHeaders("rep_1", Date.now(), body, [other, secret]);
    expect([isGenuine(secret, headers, body), isGenuine(other, headers, body)]).toEqual([true, true]);
    expect(isGenuine(newWebhookSecret(), headers, body)).toBe(false);
    expect(isGenuine(secret, headers, `${body} `)).toBe(false);
    expect(isGenuine(secret, {}, body)).toBe(false);
    const old = signatureHeaders("rep_1", Date.now() - 600_000, body, [secret]);
    expect(isGenuine(secret, old, body)).toBe(false);
  });

  it("has a secret of 32 random bytes in the form Standard Webhooks gives them", () => {
    expect(newWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
