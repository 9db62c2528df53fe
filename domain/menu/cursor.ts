/** A place in a parsed JSON value of unknown shape, with its JSON Pointer (RFC 6901). Never throws, whatever stands there. */
export class Cursor {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = "") {
    this.value = value;
    this.path = path;
  }

  /**
   * The field of that name, holding undefined where there is none. Own fields only: "constructor" is just a name.
   * What is called item_data is called itemData by those who exported it through a program's library.
   */
  at(key: string): Cursor {
    const { value } = this;
    if (!isRecord(value)) return new Cursor(undefined, `${this.path}/${escaped(key)}`);
    const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const own = Object.hasOwn(value, key) || !Object.hasOwn(value, camel) ? key : camel;
    return new Cursor(Object.hasOwn(value, own) ? value[own] : undefined, `${this.path}/${escaped(own)}`);
  }

  /** The first of these fields that holds something. */
  either(first: string, ...others: string[]): Cursor {
    for (const key of [first, ...others]) if (!this.at(key).missing) return this.at(key);
    return this.at(first);
  }

  /** The elements of an array; none where it is no array. */
  list(): Cursor[] {
    if (!Array.isArray(this.value)) return [];
    return Array.from(this.value, (value: unknown, at) => new Cursor(value, `${this.path}/${at}`));
  }

  /** The fields of an object by name; none where it is no object. */
  fields(): [string, Cursor][] {
    if (!isRecord(this.value)) return [];
    return Object.entries(this.value).map(([key, value]) => [key, new Cursor(value, `${this.path}/${escaped(key)}`)]);
  }

  get missing(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isObject(): boolean {
    return isRecord(this.value);
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  /** What stands there, short enough for a report. */
  shown(): string {
    const { value } = this;
    if (value === undefined) return "nothing";
    if (typeof value === "object") return Array.isArray(value) ? "a list" : value === null ? "null" : "an object";
    if (typeof value === "number" || typeof value === "boolean") return `${value}`;
    const text = typeof value === "string" ? JSON.stringify(value) : typeof value;
    return text.length > 60 ? `${text.slice(0, 57).toWellFormed()}…` : text.toWellFormed();
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
