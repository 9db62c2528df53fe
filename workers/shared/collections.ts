/**
 * How a state is laid out in rows. A field named in `collections` is a record whose entries each have a row of
 * their own (`tickets/ord_1`); all other fields share the row `self`. So a change writes only what it changed.
 */
export interface Layout<State> {
  readonly collections: readonly (keyof State & string)[];
}

export type Row = { readonly key: string; readonly body: string | null };

/** The rows in which `after` differs from `before`: body null where an entry is gone. Compares by identity. */
export function changedRows<State extends object>(layout: Layout<State>, before: State, after: State): Row[] {
  if (before === after) return [];
  const rows: Row[] = [];
  const names = new Set<string>(layout.collections);
  const was = new Map<string, unknown>(Object.entries(before));
  const self: Record<string, unknown> = {};
  let selfChanged = false;
  for (const [field, value] of Object.entries(after)) {
    if (names.has(field)) continue;
    self[field] = value;
    if (value !== was.get(field)) selfChanged = true;
  }
  const is = new Map<string, unknown>(Object.entries(after));
  for (const field of names) rows.push(...changedEntries(field, was.get(field), is.get(field)));
  for (const field of was.keys()) if (!is.has(field) && !names.has(field)) selfChanged = true;
  if (selfChanged) rows.push({ key: "self", body: JSON.stringify(self) });
  return rows;
}

function changedEntries(field: string, before: unknown, after: unknown): Row[] {
  if (before === after) return [];
  const was = entriesOf(before);
  const is = entriesOf(after);
  const rows: Row[] = [];
  for (const [id, value] of is) {
    if (was.get(id) !== value) rows.push({ key: `${field}/${id}`, body: JSON.stringify(value) });
  }
  for (const id of was.keys()) {
    if (!is.has(id)) rows.push({ key: `${field}/${id}`, body: null });
  }
  return rows;
}

function entriesOf(value: unknown): Map<string, unknown> {
  return new Map(Object.entries(typeof value === "object" && value !== null ? value : {}));
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
