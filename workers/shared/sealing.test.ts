import { describe, expect, it } from "vitest";
import { keyFor, seal, unseal } from "./sealing.ts";

const secret = "of-the-test-and-long-enough";

describe("what is sealed", () => {
  it("opens with the same secret, for the same purpose, at the same place", () => {
    const sealed = seal(secret, "signing keys", "k1", "private");
    expect(unseal(secret, "signing keys", "k1", sealed)).toBe("private");
    expect(seal(secret, "signing keys", "k1", "private")).not.toBe(sealed);
    expect(unseal("another-secret-of-length", "signing keys", "k1", sealed)).toBeNull();
    expect(unseal(secret, "idempotent answers", "k1", sealed)).toBeNull();
    expect(unseal(secret, "signing keys", "k2", sealed)).toBeNull();
    const touched = `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
    expect(unseal(secret, "signing keys", "k1", touched)).toBeNull();
    expect(unseal(secret, "signing keys", "k1", "")).toBeNull();
  });

  it("takes a secret worth the name", () => {
    expect(() => seal("short", "signing keys", "k1", "private")).toThrow("16 characters");
    expect(() => keyFor("", "refresh tokens")).toThrow("16 characters");
  });
});
