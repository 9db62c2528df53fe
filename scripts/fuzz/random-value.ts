import { pick, type Random } from "../simulate/random.ts";
import { resolved, type Json, type OpenApi } from "./schema.ts";

/** Names of things that are there, by the name of the field or parameter that takes them. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** What somebody might put where a value belongs. */
const nasty: readonly unknown[] = [
  null, true, false, 0, -1, 0.5, 1e308, -1e308, 9_007_199_254_740_992, 2_147_483_648, "", " ", "\n", "\t\r", "NaN", "1e999", "0x10",
  "null", "undefined", "__proto__", "constructor", "hasOwnProperty", "'; DROP TABLE orders; --", "\" OR 1=1 --", "../../etc/passwd",
  "%00", "%", "a\u0000b", "\ud800", "\udfff\ud800", "\u202e\u2066", "\ufeff", "\u0301".repeat(200), "😀".repeat(500), "<script>alert(1)</script>",
  "{{7*7}}", "${7*7}", "=cmd|' /C calc'!A0", "2026-02-30T25:61:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999Z", "PT99999H",
  "PT0S", "x".repeat(281), "x".repeat(70_000), [], {}, [[]], [null], { length: -1 }, { toString: null },
]; // prettier-ignore

const deepest = 8;

/** A value of the schema, mostly; at some places, with a chance of `wild`, something else. */
export function randomValue(
  schema: Json,
  document: OpenApi,
  known: Known,
  random: Random,
  wild: number,
  name = "",
  depth = 0,
): unknown {
  if (random() < wild) return pick(nasty, random);
  const it = resolved(schema, document);
  const again = (inner: Json, of = name): unknown => randomValue(inner, document, known, random, wild, of, depth + 1);
  const there = known[name];
  if (there !== undefined && there.length > 0 && random() < 0.85) return pick(there, random);
  if (it["const"] !== undefined) return it["const"];
  if (Array.isArray(it["enum"])) return pick(it["enum"], random);
  const choices = [it["anyOf"], it["oneOf"]].find(Array.isArray);
  if (choices !== undefined && choices.length > 0) return again(pick(choices, random));
  if (Array.isArray(it["allOf"])) return Object.assign({}, ...it["allOf"].map((one: Json) => again(one)));
  if (it["default"] !== undefined && random() < 0.3) return it["default"];
  const type = Array.isArray(it["type"]) ? pick(it["type"], random) : it["type"];
  if (type === "object" || it["properties"] !== undefined) return randomObject(it, again, random, depth);
  if (type === "array") {
    if (depth >= deepest) return [];
    const least = Number(it["minItems"] ?? 0);
    const length = random() < 0.02 ? 300 : least + Math.floor(random() * 3);
    return Array.from({ length }, () => again(Object(it["items"] ?? {})));
  }
  return randomScalar(type, it, random);
}

function randomObject(
  it: Json,
  again: (inner: Json, name?: string) => unknown,
  random: Random,
  depth: number,
): Record<string, unknown> {
  const required = new Set(Array.isArray(it["required"]) ? it["required"] : []);
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries<Json>(Object(it["properties"] ?? {}))) {
    const wanted = required.has(name) ? random() < 0.97 : random() < (depth > 4 ? 0.1 : 0.5);
    if (wanted) made[name] = again(inner, name);
  }
  if (random() < 0.03) made[pick(["price", "total", "tenant", "role", "x".repeat(500)], random)] = 1;
  return made;
}

function randomScalar(type: unknown, it: Json, random: Random): unknown {
  switch (type) {
    case "integer":
    case "number": {
      const least = Number(it["minimum"] ?? -1_000);
      const most = Number(it["maximum"] ?? 1_000_000);
      const edge = random() < 0.2 ? pick([least, most, least - 1, most + 1, 0], random) : null;
      const within = least + random() * (Math.min(most, least + 1_000) - least);
      return edge ?? (type === "integer" ? Math.round(within) : within);
    }
    case "boolean":
      return random() < 0.5;
    case "null":
      return null;
    default:
      return randomText(it, random);
  }
}

function randomText(it: Json, random: Random): string {
  const instant = new Date(1_790_000_000_000 + random() * 20_000_000_000).toISOString();
  const texts: Record<string, string> = { "date-time": instant, email: "a@b.example", uri: "http://127.0.0.1:9/x" };
  const format = texts[String(it["format"])];
  if (format !== undefined) return format;
  const pattern = typeof it["pattern"] === "string" ? it["pattern"] : "";
  if (pattern.startsWith("^PT")) return pick(["PT5M", "PT1H30M", "PT45S", "PT0S"], random);
  if (pattern.includes("ord_")) return `ord_${"0".repeat(26)}`;
  if (pattern.startsWith("^\\+")) return "+4915112345678";
  if (pattern.startsWith("^[A-Z]{3}")) return pick(["EUR", "USD", "ISK", "XXX"], random);
  const length = Math.min(
    Number(it["maxLength"] ?? 30),
    Math.max(Number(it["minLength"] ?? 0), 1 + Math.floor(random() * 30)),
  );
  const letters = random() < 0.8 ? "abcdefgh-0123" : "aä€🍜 \u0000<>\"'&=+@\n";
  const all = Array.from(letters);
  return Array.from({ length }, () => pick(all, random)).join("");
}
