import { signal } from "@preact/signals";
import { z } from "zod";
import { OrderId, TenantId, VenueId } from "../../contracts/ids.ts";
import { isSheetEntry, onceLeft } from "../shared/sheet-entry.ts";

/** Where in the customer's app one is. */
export type Place =
  | { readonly page: "venues" | "orders"; readonly tenant: string }
  | { readonly page: "menu" | "checkout"; readonly tenant: string; readonly venue: string }
  | { readonly page: "order" | "receipt"; readonly tenant: string; readonly order: string }
  | { readonly page: "nowhere" };

/** `/{tenant}`, `/{tenant}/{venue}`, `…/checkout`, `/{tenant}/orders`, `/{tenant}/orders/{order}`, `…/receipt`. */
export function placeOf(path: string): Place {
  const [first = "", second, third, fourth, ...more] = path.split("/").filter((part) => part !== "");
  const tenant = TenantId.safeParse(first);
  if (!tenant.success || more.length > 0) return { page: "nowhere" };
  if (second === undefined) return { page: "venues", tenant: tenant.data };
  if (second === "orders") return orderPlaceOf(tenant.data, third, fourth);
  const venue = VenueId.safeParse(second);
  if (!venue.success || fourth !== undefined) return { page: "nowhere" };
  if (third === undefined) return { page: "menu", tenant: tenant.data, venue: venue.data };
  return third === "checkout" ? { page: "checkout", tenant: tenant.data, venue: venue.data } : { page: "nowhere" };
}

function orderPlaceOf(tenant: string, id: string | undefined, part: string | undefined): Place {
  if (id === undefined) return { page: "orders", tenant };
  const order = OrderId.safeParse(id);
  if (!order.success) return { page: "nowhere" };
  if (part === undefined) return { page: "order", tenant, order: order.data };
  return part === "receipt" ? { page: "receipt", tenant, order: order.data } : { page: "nowhere" };
}

export const place = signal<Place>(placeOf(location.pathname));

let led = false;

/** Whether a link inside the app, or the way back, has led here, and not the browser's own loading of a page. */
export function wasLed(): boolean {
  return led;
}

/** `path` may carry a fragment. */
export function go(path: string, how: "push" | "replace" = "push"): void {
  onceLeft(() => goNow(path, how));
}

function goNow(path: string, how: "push" | "replace"): void {
  if (how === "push" && !isSheetEntry()) {
    // For the way back: by then the page that was left is drawn anew.
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", path);
  } else history.replaceState(null, "", path);
  leftAt = 0;
  move();
  scrollTo(0, 0);
}

const Left = z.object({ y: z.number() });
let leftAt = 0;

/** How far down (px) the page was when it was left to which the way back has just led; else 0. */
export function wasLeftAt(): number {
  return leftAt;
}

function move(): void {
  const next = placeOf(location.pathname);
  // Jumping about in one page changes its address and no place.
  if (JSON.stringify(next) === JSON.stringify(place.peek())) return;
  led = true;
  place.value = next;
}

/** Links inside the app change the page without loading one; whoever asks for a new tab gets it. */
export function followLinks(): void {
  addEventListener("popstate", ({ state }) => {
    const left = Left.safeParse(state);
    leftAt = left.success ? left.data.y : 0;
    move();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target !== "") return;
    if (link.origin !== location.origin || link.hash !== "" || link.search !== "" || link.hasAttribute("download"))
      return;
    if (placeOf(link.pathname).page === "nowhere") return;
    event.preventDefault();
    go(link.pathname);
  });
}
