import { describe, expect, it } from "vitest";
import { newId, newSecret, sameSecret } from "./secrets.ts";

describe("a secret", () => {
  it("has 256 bits and is told from any other", () => {
    const one = newSecret();
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(sameSecret(one, one)).toBe(true);
    expect(sameSecret(one, newSecret())).toBe(false);
    expect(sameSecret(one, "")).toBe(false);
  });
});

describe("an id", () => {
  it("says what it names, in lower case", () => {
    expect(newId("client")).toMatch(/^client_[0-9a-z]{26}$/);
  });
});
