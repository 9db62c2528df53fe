import { signal } from "@preact/signals";
import { OrderId, TenantId, VenueId } from "../../contracts/ids.ts";

/** Where in the customer's app one is. */
export type Place =
  | { readonly page: "venues"; readonly tenant: string }
  | { readonly page: "menu" | "checkout"; readonly tenant: string; readonly venue: string }
  | { readonly page: "order"; readonly tenant: string; readonly order: string }
  | { readonly page: "nowhere" };

/** `/{tenant}`, `/{tenant}/{venue}`, `/{tenant}/{venue}/checkout`, `/{tenant}/orders/{order}`. */
export function placeOf(path: string): Place {
  const [first = "", second, third, ...more] = path.split("/").filter((part) => part !== "");
  const tenant = TenantId.safeParse(first);
  if (!tenant.success || more.length > 0) return { page: "nowhere" };
  if (second === undefined) return { page: "venues", tenant: tenant.data };
  const order = OrderId.safeParse(third);
  if (second === "orders" && order.success) return { page: "order", tenant: tenant.data, order: order.data };
  const venue = VenueId.safeParse(second);
  if (!venue.success) return { page: "nowhere" };
  if (third === undefined) return { page: "menu", tenant: tenant.data, venue: venue.data };
  return third === "checkout" ? { page: "checkout", tenant: tenant.data, venue: venue.data } : { page: "nowhere" };
}

export const place = signal<Place>(placeOf(location.pathname));

export function go(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  place.value = placeOf(path);
  scrollTo(0, 0);
}

/** Links inside the app change the page without loading one; whoever asks for a new tab gets it. */
export function followLinks(): void {
  addEventListener("popstate", () => (place.value = placeOf(location.pathname)));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target !== "") return;
    if (link.origin !== location.origin || link.hash !== "" || placeOf(link.pathname).page === "nowhere") return;
    event.preventDefault();
    go(link.pathname);
  });
}
