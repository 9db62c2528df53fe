import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Problem } from "../../contracts/problem.ts";
import { storefrontRoutes } from "../../contracts/storefront-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Moment } from "../../domain/menu/availability.ts";
import { localTime } from "../../domain/venue/local-time.ts";
import { ask, type Reply } from "../shared/api.ts";
import { askMenu, type PublishedMenu, rememberedMenu } from "./menu-answer.ts";
import { menuLanguages } from "../shared/menu-languages.ts";
import { remember, remembered } from "../shared/remembered.ts";

export type { PublishedMenu };

export type Data<T> =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: Problem }
  | ({ readonly status: "here" } & T);
export type VenueData = Data<{
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  /** When this browser was told so (epoch ms), where nothing newer could be had yet. */
  readonly asOf?: number;
}>;
export type TenantVenues = Data<{ readonly venues: VenueView[] }>;

/** A venue without its menu. */
export type VenueAlone = Data<{ readonly venue: VenueView }>;

const venues = new Map<string, Signal<VenueData>>();
const alone = new Map<string, Signal<VenueAlone>>();
const tenants = new Map<string, Signal<TenantVenues>>();
const retryMs = 3_000;
/** A network that lets one wait for so long lets one read what was there before. */
const recallAfterMs = 1_200;

/** A venue and its menu, fetched when first asked for. */
export function venueData(id: string): ReadonlySignal<VenueData> {
  return found(venues, id, () => void refreshVenue(id));
}

/** A venue where nobody needs its menu, fetched when first asked for. */
export function venueAlone(id: string): ReadonlySignal<VenueAlone> {
  return found(alone, id, () => void fetchAlone(id));
}

/** A tenant's venues, fetched when first asked for. */
export function tenantVenues(tenant: string): ReadonlySignal<TenantVenues> {
  return found(tenants, tenant, () => void refreshTenant(tenant));
}

/** Until what is wanted has come. */
export function whenHere<T>(data: ReadonlySignal<Data<T>>): Promise<void> {
  return new Promise((done) => {
    const stop = data.subscribe(({ status }) => {
      if (status !== "here") return;
      // Not before `stop` is there.
      queueMicrotask(() => stop());
      done();
    });
  });
}

/** Fetches again what may have changed: what is sold out, whether the venue is paused, a new menu. */
export async function refreshVenue(id: string): Promise<void> {
  const data = venues.get(id);
  if (data === undefined) return;
  const known = data.peek();
  const params = { venue: id };
  if (known.status !== "here") setTimeout(() => void recall(id, data), recallAfterMs);
  const first = known.status === "here" ? null : askMenu(id);
  const venue = await ask(storefrontRoutes.read, { params });
  const menu =
    first ??
    (known.status === "here" && venue.ok && venue.value.menuVersion === known.menu.version
      ? { ok: true as const, value: known.menu }
      : askMenu(id));
  const answered = await menu;
  // Browsers keep a menu for some seconds: one that is older than the venue says is asked for past them.
  const isOld = venue.ok && answered.ok && venue.value.menuVersion !== answered.value.version;
  const published = isOld ? await askMenu(id, true) : answered;
  const same = known.status === "here" && published.ok && published.value === known.menu;
  // A page of hundreds of dishes is not drawn anew for nothing.
  if (venue.ok && published.ok) {
    menuLanguages.value = published.value.languages;
    remember(`menu.venue.${id}`, venue.value);
    if (!same) remember(`menu.dishes.${id}`, published.value);
  }
  if (same && venue.ok && venue.value.revision === known.venue.revision && known.asOf === undefined) return;
  settle(
    data,
    [venue, published],
    () => void refreshVenue(id),
    ([view, value]) => ({ venue: view, menu: value }),
  );
}

async function fetchAlone(id: string): Promise<void> {
  const data = alone.get(id);
  if (data === undefined) return;
  const recalling = setTimeout(() => void recallAlone(id, data), recallAfterMs);
  const reply = await ask(storefrontRoutes.read, { params: { venue: id } });
  if (reply.ok || reply.problem.status !== 0) clearTimeout(recalling);
  if (reply.ok) remember(`menu.venue.${id}`, reply.value);
  settle(
    data,
    [reply, reply],
    () => void fetchAlone(id),
    ([venue]) => ({ venue }),
  );
}

async function recallAlone(id: string, data: Signal<VenueAlone>): Promise<void> {
  const venue = await remembered(`menu.venue.${id}`, storefrontRoutes.read.response);
  if (venue !== null && data.peek().status !== "here") data.value = { status: "here", venue: venue.value };
}

async function recall(id: string, data: Signal<VenueData>): Promise<void> {
  if (data.peek().status === "here") return;
  const [venue, menu] = await Promise.all([
    remembered(`menu.venue.${id}`, storefrontRoutes.read.response),
    rememberedMenu(`menu.dishes.${id}`),
  ]);
  if (venue === null || menu === null || data.peek().status === "here") return;
  menuLanguages.value = menu.value.languages;
  data.value = { status: "here", venue: venue.value, menu: menu.value, asOf: venue.at };
}

export async function refreshTenant(tenant: string): Promise<void> {
  const data = tenants.get(tenant);
  if (data === undefined) return;
  const reply = await ask(storefrontRoutes.list, { params: { tenant } });
  settle(
    data,
    [reply, reply],
    () => void refreshTenant(tenant),
    ([value]) => ({ venues: value.venues }),
  );
}

/** What can be had at an instant (epoch ms) by the venue's own clock. */
export function momentAt({ soldOut, settings }: VenueView, at: number): Moment {
  return { soldOut: new Set(soldOut), local: localTime(at, settings.timeZone) };
}

/** What was there stays where nothing newer can be had; where nothing was, it is tried again while no answer comes. */
function settle<A, B, T extends object>(
  data: Signal<Data<T>>,
  [a, b]: readonly [Reply<A>, Reply<B>],
  again: () => void,
  make: (values: readonly [A, B]) => T,
): void {
  if (a.ok && b.ok) {
    data.value = { status: "here", ...make([a.value, b.value]) };
    return;
  }
  const known = data.peek();
  if (known.status === "here" && !("asOf" in known)) return;
  const refused = [a, b].find((reply) => !reply.ok);
  if (refused?.ok !== false) return;
  if (known.status !== "here") data.value = { status: "failed", problem: refused.problem };
  if (refused.problem.status === 0 || refused.problem.status >= 500) setTimeout(again, retryMs);
}

function found<T>(known: Map<string, Signal<Data<T>>>, name: string, fetch: () => void): ReadonlySignal<Data<T>> {
  const there = known.get(name);
  if (there !== undefined) return there;
  const data = signal<Data<T>>({ status: "loading" });
  known.set(name, data);
  fetch();
  return data;
}
