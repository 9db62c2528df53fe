import { describe, expect, it } from "vitest";
import { fingerprintOf, idempotencyKeyOf } from "./idempotency.ts";

const keyOf = (key?: string) =>
  idempotencyKeyOf(
    new Request("https://comanda.example/", { headers: key === undefined ? {} : { "idempotency-key": key } }),
  );

describe("an idempotency key", () => {
  it("is the same bare or quoted", () => {
    expect(keyOf("8e03978e-40d5")).toBe("8e03978e-40d5");
    expect(keyOf('"8e03978e-40d5"')).toBe("8e03978e-40d5");
    expect(keyOf(String.raw`"a \"quoted\" \\ one"`)).toBe(String.raw`a "quoted" \ one`);
    expect(keyOf("k".repeat(255))).toHaveLength(255);
  });

  it("is missing when it is absent, empty, too long or not printable", () => {
    for (const key of [undefined, "", '""', "k".repeat(256), '"open', 'in"side', '"a", "b"', "caf\u00e9"]) {
      expect({ key, read: keyOf(key) }).toMatchObject({ read: { refused: "idempotency-key-missing" } });
    }
  });
});

describe("two idempotency keys", () => {
  it("are refused, for neither is the one", () => {
    const headers = new Headers({ "idempotency-key": "a" });
    headers.append("idempotency-key", "b");
    const read = idempotencyKeyOf(new Request("https://comanda.example/", { headers }));
    expect(read).toMatchObject({ refused: "idempotency-key-missing", detail: expect.stringContaining("one") });
    expect(keyOf('"a, b"')).toBe("a, b");
  });
});

describe("a fingerprint", () => {
  const of = (body: string) => fingerprintOf("POST", "/v1/clients", body);

  it("does not depend on the order of fields or on spacing", () => {
    expect(of('{"a":1,"b":{"c":2,"d":[1,2]}}')).toBe(of('{ "b": {"d": [1, 2], "c": 2}, "a": 1 }'));
  });

  it("differs with method, path, any value and the order of a list", () => {
    const prints = [
      of('{"a":[1,2]}'),
      of('{"a":[2,1]}'),
      of('{"a":"1"}'),
      of("not json"),
      of("[".repeat(100_000)),
      fingerprintOf("POST", "/v1/tenants", '{"a":[1,2]}'),
      fingerprintOf("PUT", "/v1/clients", '{"a":[1,2]}'),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});
