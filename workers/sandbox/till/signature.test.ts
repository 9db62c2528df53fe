import { describe, expect, it } from "vitest";
import { isGenuine } from "./signature.ts";

/** The example that Standard Webhooks publishes. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = `{"test": 2432232314}`;
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const at = 1_614_265_330_000;

function genuine(change: Record<string, string> = {}, given = body, now = at, with_ = secret): boolean {
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": signature,
    ...change,
  };
  return isGenuine(with_, new Headers(headers), given, now);
}

describe("a webhook", () => {
  it("is believed when its signature fits, alone or among others", () => {
    expect(genuine()).toBe(true);
    expect(genuine({ "webhook-signature": `v1a,abc v1,AAAA ${signature}` })).toBe(true);
  });

  it("is not believed when anything else was signed, or by another secret", () => {
    expect(genuine({}, `${body} `)).toBe(false);
    expect(genuine({ "webhook-id": "msg_other" })).toBe(false);
    expect(genuine({ "webhook-timestamp": "1614265331" })).toBe(false);
    expect(genuine({}, body, at, "whsec_AAAA")).toBe(false);
    expect(genuine({ "webhook-signature": "" })).toBe(false);
    expect(genuine({ "webhook-signature": signature.replace("v1,", "v2,") })).toBe(false);
  });

  it("is not believed long after it was signed", () => {
    expect(genuine({}, body, at + 299_000)).toBe(true);
    expect(genuine({}, body, at + 301_000)).toBe(false);
    expect(genuine({}, body, at - 301_000)).toBe(false);
  });
});
