import { batch, computed, signal } from "@preact/signals";
import { z } from "zod";
import { isSheetEntry, onceLeft } from "../shared/sheet-entry.ts";

interface Place {
  /** Without a slash at the end. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

/** Where in the admin's app one is. */
export const place = signal<Place>(here());

/** What the address asks for behind its question mark. */
export const query = computed(() => new URLSearchParams(place.value.search));

/**
 * How often one has gone from page to page, none for the page that was loaded; and whether back or forth. A query is no
 * page of its own.
 */
export const moves = signal<{ readonly count: number; readonly back: boolean }>({ count: 0, back: false });

/** Goes to an address of this app, `/admin/…` with its query. */
export function go(address: string, how: "push" | "replace" = "push"): void {
  onceLeft(() => goNow(address, how));
}

function goNow(address: string, how: "push" | "replace"): void {
  // Whoever goes on from within a sheet leaves it: the page takes over its entry.
  if (isSheetEntry()) history.replaceState(null, "", address);
  else if (how === "push") {
    // Whoever comes back is led to where they were.
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", address);
  } else history.replaceState(history.state, "", address);
  if (arrive(false)) scrollTo(0, 0);
}

/** Whether that is another page. */
function arrive(back: boolean): boolean {
  const next = here();
  // A sheet that was left by the way back was on the same page.
  if (next.path === place.value.path && next.search === place.value.search) return false;
  const isOther = next.path !== place.value.path;
  batch(() => {
    place.value = next;
    if (isOther) moves.value = { count: moves.value.count + 1, back };
  });
  return isOther;
}

/** Sets what the address asks for, and takes out what is empty; every view has so a link of its own. */
export function seek(changes: Readonly<Record<string, string>>, how: "push" | "replace" = "replace"): void {
  const next = new URLSearchParams(place.value.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  go(addressOf(place.value.path, next), how);
}

export function addressOf(path: string, asked: URLSearchParams | Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(asked).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** The parameters of a path such as `/admin/orders/{order}`; null where this is another. */
export function paramsIn(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  if (wanted.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [at, want] of wanted.entries()) {
    const part = parts[at] ?? "";
    if (want.startsWith("{")) {
      const text = decoded(part);
      if (text === null) return null;
      params[want.slice(1, -1)] = text;
    } else if (want !== part) return null;
  }
  return params;
}

/** null for what no address of ours ever was, as a lone %. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Links inside the app change the page without loading one; whoever asks for a new tab gets it. */
export function followLinks(): void {
  addEventListener("popstate", ({ state }) => {
    if (arrive(true)) scrollBackTo(Left.safeParse(state).data?.y ?? 0);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target !== "") return;
    if (link.origin !== location.origin || link.hash !== "" || link.hasAttribute("download")) return;
    if (link.pathname !== "/admin" && !link.pathname.startsWith("/admin/")) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

function here(): Place {
  return { path: location.pathname.replace(/\/+$/, ""), search: location.search };
}

const Left = z.object({ y: z.number() });
const drawnWithinMs = 2_000;

/** Once so much of the page is there again. */
function scrollBackTo(y: number): void {
  const until = performance.now() + drawnWithinMs;
  const look = () => {
    const { scrollHeight } = document.documentElement;
    if (scrollHeight >= y + innerHeight || performance.now() > until) scrollTo(0, y);
    else requestAnimationFrame(look);
  };
  look();
}
