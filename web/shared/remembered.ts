import { z } from "zod";

/** What this browser was told once, and when: epoch milliseconds by this device's clock. */
export interface Remembered<T> {
  readonly value: T;
  readonly at: number;
}

const Kept = z.object({ value: z.unknown(), at: z.number() });
const longestMs = 30 * 24 * 60 * 60_000;
const store = "remembered";

/**
 * Remembers a server's answer for a time without a connection, or forgets it when null. Names begin with that of the
 * session it was told to, and a dot: `Session.forget` forgets them with it.
 */
export function remember(name: string, value: unknown, at = Date.now()): void {
  void inStore("readwrite", (all) => (value === null ? all.delete(name) : all.put({ value, at }, name)));
}

/** As `remember`, and whether it is on the disk: from then on not even a browser that is killed forgets it. */
export async function rememberForSure(name: string, value: unknown): Promise<boolean> {
  try {
    const writing = (await opened()).transaction(store, "readwrite", { durability: "strict" });
    writing.objectStore(store).put({ value, at: Date.now() }, name);
    // Written now, though the page may be gone in the next moment.
    writing.commit();
    await ended(writing);
    return true;
  } catch {
    return false;
  }
}

/** What is remembered under a name; null where there is nothing, or something of an older shape. */
export async function remembered<T>(name: string, schema: z.ZodType<T>): Promise<Remembered<T> | null> {
  const kept = Kept.safeParse(await inStore("readonly", (all) => all.get(name)));
  const parsed = kept.success ? schema.safeParse(kept.data.value) : null;
  return kept.success && parsed?.success === true ? { value: parsed.data, at: kept.data.at } : null;
}

/** Forgets all whose names begin so. */
export function forgetRemembered(prefix: string): void {
  void inStore("readwrite", (all) => all.delete(IDBKeyRange.bound(prefix, `${prefix}\uFFFF`)));
}

/** Undefined when this browser refuses to keep anything: all goes on without. */
async function inStore(mode: IDBTransactionMode, work: (all: IDBObjectStore) => IDBRequest): Promise<unknown> {
  try {
    const database = await opened();
    return await answer(work(database.transaction(store, mode).objectStore(store)));
  } catch {
    return undefined;
  }
}

let database: Promise<IDBDatabase> | null = null;

function opened(): Promise<IDBDatabase> {
  database ??= open().catch((error: unknown) => {
    database = null;
    throw error;
  });
  return database;
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("comanda", 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(store).createIndex("at", "at"));
  const here = await answer(request);
  // Browsers close it when they please: the next one who asks opens it again.
  here.addEventListener("close", () => (database = null));
  const old = here.transaction(store, "readwrite").objectStore(store).index("at");
  const cursors = old.openCursor(IDBKeyRange.upperBound(Date.now() - longestMs));
  cursors.addEventListener("success", () => {
    cursors.result?.delete();
    cursors.result?.continue();
  });
  return here;
}

function ended(writing: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    writing.addEventListener("complete", () => resolve());
    writing.addEventListener("abort", () => reject(new Error(writing.error?.message ?? "refused")));
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error(request.error?.message ?? "refused")));
  });
}
