import type { OpenApi } from "./operations.ts";

type Json = Readonly<Record<string, unknown>>;

/** A valid body spoilt in one place: its text, and where (a JSON Pointer). */
export interface Spoilt {
  readonly text: string;
  readonly pointer: string;
  /** Something was left out, which a rule between fields may miss elsewhere. */
  readonly less?: true;
}

/** What somebody might put where a value belongs. */
export const nasty: readonly unknown[] = [
  null, true, 0, -1, 0.5, 1e308, 9_007_199_254_740_992, -0, "", " ", "NaN", "-Infinity", "1e999", "null", "12", "__proto__",
  "constructor", "'; DROP TABLE orders; --", "../../etc/passwd", "%00", "a\u0000b", "\ud800", "\u202e", "<script>", "{{7*7}}",
  "2026-02-30T25:61:00Z", "PT1e9H", "x".repeat(5_000), [], [[]], [null], {}, { toString: null }, { length: -1 },
]; // prettier-ignore

/** Members nobody has asked for; prices first of all, which only the server makes. */
const strangers = ["price", "unitPrice", "total", "tenant", "role", "constructor", "x".repeat(1_000)];

const poison = "to be a prototype";

/** Every body that differs from the valid one in one place; of fields the example leaves out also those that the schema knows. */
export function* spoil(valid: unknown, schema: Json, document: OpenApi): Generator<Spoilt> {
  for (const { pointer, put, value, at } of placesIn(valid, resolved(schema, document), document)) {
    for (const instead of nasty) yield { text: JSON.stringify(put(instead)), pointer };
    if (Array.isArray(value) && value.length > 0) {
      yield { text: JSON.stringify(put(Array.from({ length: 6_000 }, () => value[0]))), pointer };
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    for (const stranger of strangers) {
      if (Object.hasOwn(at.properties, stranger)) continue;
      yield { text: JSON.stringify(put({ ...value, [stranger]: 1 })), pointer: `${pointer}/${stranger}` };
    }
    // JSON.parse makes of it a member like any other.
    const members = [...Object.entries(value), [poison, { price: 1 }]];
    yield { text: JSON.stringify(put(Object.fromEntries(members))).replace(poison, "__proto__"), pointer };
    for (const name of Object.keys(value)) {
      const { [name]: _, ...rest } = Object(value);
      yield { text: JSON.stringify(put(rest)), pointer: `${pointer}/${name}`, less: true };
    }
  }
}

interface Place {
  readonly pointer: string;
  readonly value: unknown;
  readonly at: { readonly properties: Readonly<Record<string, Json>> };
  /** The whole body with another value here. */
  put(value: unknown): unknown;
}

function* placesIn(
  value: unknown,
  schema: Json,
  document: OpenApi,
  pointer = "",
  put: Place["put"] = (it) => it,
): Generator<Place> {
  const { properties, items } = partsOf(schema, document);
  yield { pointer, value, at: { properties }, put };
  if (Array.isArray(value)) {
    const [first] = value;
    if (value.length > 0) {
      yield* placesIn(first, items, document, `${pointer}/0`, (it) => put([it, ...value.slice(1)]));
    }
  } else if (typeof value === "object" && value !== null) {
    for (const name of new Set([...Object.keys(value), ...Object.keys(properties)])) {
      const inner: unknown = Object(value)[name];
      yield* placesIn(inner, properties[name] ?? {}, document, `${pointer}/${name}`, (it) =>
        put({ ...value, [name]: it }),
      );
    }
  }
}

/** The members and elements a schema speaks of, in whichever of its alternatives. */
function partsOf(schema: Json, document: OpenApi): { properties: Record<string, Json>; items: Json } {
  const alternatives = ["anyOf", "oneOf", "allOf"].flatMap((word) => (Array.isArray(schema[word]) ? schema[word] : []));
  const all = [schema, ...alternatives].map((one) => resolved(Object(one), document));
  const properties = Object.assign({}, ...all.map((one) => one["properties"] ?? {}));
  return { properties, items: Object(all.find((one) => one["items"] !== undefined)?.["items"]) };
}

export function resolved(schema: Json, document: OpenApi): Json {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return document.components.schemas[reference.replace("#/components/schemas/", "")] ?? {};
}
