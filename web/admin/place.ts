import { computed, signal } from "@preact/signals";

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

/** Goes to an address of this app, `/admin/…` with its query. */
export function go(address: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  const before = place.value.path;
  place.value = here();
  if (place.value.path !== before) scrollTo(0, 0);
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
    if (want.startsWith("{")) params[want.slice(1, -1)] = decodeURIComponent(part);
    else if (want !== part) return null;
  }
  return params;
}

/** Links inside the app change the page without loading one; whoever asks for a new tab gets it. */
export function followLinks(): void {
  addEventListener("popstate", () => (place.value = here()));
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
