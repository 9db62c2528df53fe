import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { z } from "zod";
import { type Language, MenuDocument, type Text } from "../../contracts/menu.ts";
import type { Problem } from "../../contracts/problem.ts";
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

/** The draft of a venue's menu in this browser. */
export function useDraft(tenant: string, venue: string, published: Published): Editing {
  const name = `comanda.admin.menu.${tenant}.${venue}`;
  const [draft, setDraft] = useState<MenuDraft | null>(() => kept(name, Kept));
  const newest = useRef(draft);
  const timer = useRef(0);
  const store = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    keep(name, newest.current);
  };
  const put = (next: MenuDraft | null) => {
    newest.current = next;
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(store, keptAfterMs);
  };
  useEffect(() => {
    addEventListener("pagehide", store);
    return () => {
      removeEventListener("pagehide", store);
      if (timer.current !== 0) store();
    };
  }, [name]);
  return {
    document: draft?.document ?? published.document,
    draft,
    change: (edit) => {
      const { base, document } = newest.current ?? { base: published.version, document: published.document };
      put({ base, document: edit(document) });
    },
    adopt: put,
    discard: () => {
      put(null);
      store();
    },
  };
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
