import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { z } from "zod";
import { type Language, MenuDocument, type Text } from "../../contracts/menu.ts";
import type { Problem } from "../../contracts/problem.ts";
import { carriedOver } from "../../domain/menu/carry-over.ts";
import { check } from "../../domain/menu/check.ts";
import { keep, kept } from "../shared/storage.ts";

/** A version of the menu as it was published. */
export interface Published {
  readonly version: number;
  readonly document: MenuDocument;
}

/** A menu somebody works on, and the version it was made of. It may hold what is no menu yet, such as an empty name. */
export interface MenuDraft {
  readonly base: number;
  readonly document: MenuDocument;
}

export interface Editing {
  readonly document: MenuDocument;
  /** null: nothing was changed yet. */
  readonly draft: MenuDraft | null;
  /** Whether another tab of this browser has changed it meanwhile. */
  readonly elsewhere: boolean;
  change(edit: (menu: MenuDocument) => MenuDocument): void;
  /** Goes on from another version with this menu. */
  adopt(draft: MenuDraft): void;
  discard(): void;
}

/** Ids of the fields in which something stands that is no value: with one of them nothing is published. */
export const unreadable = signal<ReadonlySet<string>>(new Set());

const Kept = z.object({ base: z.int(), document: z.custom<MenuDocument>(looksLikeMenu) });

/** What is half written is kept, too: whether it can be sold is judged before it is published. */
function looksLikeMenu(value: unknown): boolean {
  const lists = z.array(z.looseObject({ id: z.string(), name: z.record(z.string(), z.string()) }));
  return z.looseObject({ categories: lists, items: lists, groups: lists }).safeParse(value).success;
}

const keptAfterMs = 250;

/** The draft of a venue's menu in this browser, one for all its tabs. `ended`: another tab has published or given it up. */
export function useDraft(tenant: string, venue: string, published: Published, ended: () => void): Editing {
  const name = `comanda.admin.menu.${tenant}.${venue}`;
  const [draft, setDraft] = useState<MenuDraft | null>(() => kept(name, Kept));
  const [elsewhere, setElsewhere] = useState(false);
  const newest = useRef(draft);
  /** As it was when this tab and the browser's storage were last at one. */
  const shared = useRef(draft);
  const timer = useRef(0);
  const begun = { base: published.version, document: published.document };
  const store = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    newest.current = together(shared.current ?? begun, newest.current, kept(name, Kept));
    shared.current = newest.current;
    setDraft(newest.current);
    keep(name, newest.current);
  };
  const flush = () => void (timer.current === 0 || store());
  const put = (next: MenuDraft | null) => {
    newest.current = next;
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(store, keptAfterMs);
  };
  useEffect(() => {
    const hear = ({ key }: StorageEvent) => {
      if (key !== name) return;
      const theirs = kept(name, Kept);
      newest.current = timer.current === 0 ? theirs : together(shared.current ?? begun, newest.current, theirs);
      shared.current = theirs;
      setDraft(newest.current);
      setElsewhere(theirs !== null);
      if (theirs === null) ended();
    };
    addEventListener("pagehide", flush);
    addEventListener("storage", hear);
    return () => {
      removeEventListener("pagehide", flush);
      removeEventListener("storage", hear);
      flush();
    };
  }, [name]);
  return {
    document: draft?.document ?? published.document,
    draft,
    elsewhere,
    change: (edit) => {
      const { base, document } = newest.current ?? begun;
      put({ base, document: edit(document) });
    },
    adopt: (next) => {
      shared.current = kept(name, Kept);
      put(next);
    },
    discard: () => {
      shared.current = kept(name, Kept);
      put(null);
      store();
    },
  };
}

/** What two tabs have made of one draft: nothing of either is lost, but where both changed the same. */
function together(shared: MenuDraft, mine: MenuDraft | null, theirs: MenuDraft | null): MenuDraft | null {
  if (mine === null || theirs === null) return mine;
  if (mine.base !== theirs.base || shared.base !== theirs.base) return mine;
  return { base: mine.base, document: carriedOver(shared.document, mine.document, theirs.document).document };
}

/** Why the menu cannot be published as it stands, by the rules of the import; empty where it can. */
export function faultsOf(document: MenuDocument): NonNullable<Problem["errors"]> {
  const parsed = MenuDocument.safeParse(document);
  if (parsed.success) return [...(check(parsed.data)?.errors ?? [])];
  return parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, detail: message }));
}

/** The part a pointer into the menu is about: `items/soup`; empty for the menu itself. */
export function partAt(document: MenuDocument, pointer: string): string {
  const [, list, at] = pointer.split("/");
  if (list !== "items" && list !== "groups" && list !== "categories") return "";
  const part = document[list][Number(at)];
  return part === undefined ? "" : `${list}/${part.id}`;
}

/** Puts words in a language; none take the language out. */
export function withWords(text: Text | null, language: Language, words: string): Text {
  const { [language]: _, ...rest } = text ?? {};
  return words === "" ? rest : { ...rest, [language]: words };
}

/** The list with one of its parts changed. */
export function changedIn<P extends { readonly id: string }>(list: P[], id: string, change: Partial<P>): P[] {
  return list.map((part) => (part.id === id ? { ...part, ...change } : part));
}

/** The list with what stands at `at` moved by so many places. */
export function movedBy<T>(list: readonly T[], at: number, by: number): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(next.length, at + by)), 0, one);
  return next;
}
