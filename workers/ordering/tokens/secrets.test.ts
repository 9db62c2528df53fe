import { describe, expect, it } from "vitest";
import { macOf, newId, newSecret, sameSecret, seal, unseal } from "./secrets.ts";

const secret = "of-the-test-and-long-enough";

describe("what is sealed", () => {
  it("opens with the same secret, for the same purpose, at the same place", () => {
    const sealed = seal(secret, "signing keys", "k1", "private");
    expect(unseal(secret, "signing keys", "k1", sealed)).toBe("private");
    expect(seal(secret, "signing keys", "k1", "private")).not.toBe(sealed);
    expect(unseal("another-secret-of-length", "signing keys", "k1", sealed)).toBeNull();
    expect(unseal(secret, "idempotent answers", "k1", sealed)).toBeNull();
    expect(unseal(secret, "signing keys", "k2", sealed)).toBeNull();
    expect(unseal(secret, "signing keys", "k1", `A${sealed.slice(1)}`)).toBeNull();
    expect(unseal(secret, "signing keys", "k1", "")).toBeNull();
  });

  it("takes a secret worth the name", () => {
    expect(() => seal("short", "signing keys", "k1", "private")).toThrow("16 characters");
    expect(() => macOf("", "refresh tokens", "x")).toThrow("16 characters");
  });
});

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
