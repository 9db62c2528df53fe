/**
 * How a state is laid out in rows. A field named in `collections` is a record whose entries each have a row of
 * their own (`tickets/ord_1`); all other fields share the row `self`. So a change writes only what it changed.
 */
export interface Layout<State> {
  readonly collections: readonly (keyof State & string)[];
}

type Entries = Readonly<Record<string, unknown>>;

export type Row = { readonly key: string; readonly body: string | null };

/** The rows in which `after` differs from `before`: body null where an entry is gone. Compares by identity. */
export function changedRows<State extends object>(layout: Layout<State>, before: State, after: State): Row[] {
  if (before === after) return [];
  const names: readonly string[] = layout.collections;
  const was = entriesOf(before);
  const is = entriesOf(after);
  const rows = names.flatMap((field) => changedEntries(field, was[field], is[field]));
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => !names.includes(field));
  if (fields.some((field) => was[field] !== is[field])) {
    const self = Object.fromEntries(fields.filter((field) => field in is).map((field) => [field, is[field]]));
    rows.push({ key: "self", body: JSON.stringify(self) });
  }
  return rows;
}

function changedEntries(field: string, before: unknown, after: unknown): Row[] {
  if (before === after) return [];
  const was = entriesOf(before);
  const is = entriesOf(after);
  const rows: Row[] = [];
  // A busy zone has thousands of entries and every event comes by here: nothing is made but what has changed.
  for (const id in is) if (was[id] !== is[id]) rows.push({ key: `${field}/${id}`, body: JSON.stringify(is[id]) });
  for (const id in was) if (!Object.hasOwn(is, id)) rows.push({ key: `${field}/${id}`, body: null });
  return rows;
}

function entriesOf(value: unknown): Entries {
  return typeof value === "object" && value !== null ? (value as Entries) : {};
}

/**
 * The state the rows describe. A field that is in no row, or was undefined, is as in `initial`: a state written before
 * a field was thought of is read as if it had always been there.
 */
export function stateOf<State extends object>(
  layout: Layout<State>,
  initial: State,
  rows: readonly { key: string; body: string }[],
): State {
  const state = new Map<string, unknown>(Object.entries(initial));
  const collections = new Map<string, [id: string, value: unknown][]>(layout.collections.map((field) => [field, []]));
  for (const { key, body } of rows) {
    const slash = key.indexOf("/");
    const value: unknown = JSON.parse(body);
    if (slash >= 0) collections.get(key.slice(0, slash))?.push([key.slice(slash + 1), value]);
    else for (const [field, part] of Object.entries(value ?? {})) state.set(field, part);
  }
  for (const [field, entries] of collections) state.set(field, Object.fromEntries(entries));
  return Object.fromEntries(state) as State;
}
