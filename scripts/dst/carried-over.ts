/** What arrives on the other side of a call: plain data, of which nobody here keeps a part. */
export function carriedOver<T>(value: T): T {
  return carried(value) as T;
}

function carried(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "function" || typeof value === "symbol") throw new TypeError("cannot be carried over a call");
    return value;
  }
  if (Array.isArray(value)) return value.map(carried);
  const prototype: unknown = Object.getPrototypeOf(value);
  // As the platform does with all the rest: maps, dates, errors.
  if (prototype !== Object.prototype && prototype !== null) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = carried(part);
  return copy;
}
