import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { CompiledMenu } from "../../contracts/menu.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { VenueView } from "../../contracts/venue.ts";
import { stationsOf, type Stations } from "../../domain/ticket/stations.ts";
import { ask } from "../shared/api.ts";
import { remember, remembered } from "../shared/remembered.ts";
import type { PendingAction, PendingActions } from "../shared/pending.ts";

/** What another tablet or the desk sells out or slows down is here before anybody asks; no socket tells a tablet of it. */
const everyMs = 10_000;
const nowhere: Stations = { all: [], byItem: new Map() };

/** The venue a board stands in: its name, its menu, what is sold out, whether it is busy or pauses. */
export class House {
  readonly #venue = signal<VenueView | null>(null);
  readonly #menu = signal<CompiledMenu | null>(null);
  /** Where in this kitchen each thing is made; nothing is known of it before the menu is. */
  readonly stations: ReadonlySignal<Stations> = computed(() =>
    this.#menu.value === null ? nowhere : stationsOf(this.#menu.value),
  );
  readonly #pending: PendingActions;
  readonly #id: string;
  readonly #timer: number;
  /** Of the menu the server has given since the page began: a remembered one may be older. */
  #menuVersion: VenueView["menuVersion"] | undefined = undefined;

  constructor(id: string, pending: PendingActions) {
    this.#id = id;
    this.#pending = pending;
    this.#timer = setInterval(() => document.visibilityState === "visible" && void this.refresh(), everyMs);
    void this.#recall();
  }

  get menu(): ReadonlySignal<CompiledMenu | null> {
    return this.#menu;
  }

  /** The venue with what was done here and is not answered yet. */
  shown(): VenueView | null {
    const venue = this.#venue.value;
    return venue === null ? null : this.#pending.waiting.value.reduce(afterAction, venue);
  }

  async refresh(): Promise<void> {
    const params = { venue: this.#id };
    const venue = await ask(venueRoutes.read, { params });
    if (!venue.ok) return;
    this.#put(venue.value);
    const { menuVersion } = venue.value;
    if (menuVersion === this.#menuVersion) return;
    const menu = await ask(venueRoutes.menu, { params });
    if (!menu.ok) return;
    this.#menu.value = menu.value;
    this.#menuVersion = menuVersion;
    remember(`kitchen.menu.${this.#id}`, menu.value);
  }

  /** What the server has answered to something done here, if that was about the house. */
  hear(answer: unknown): void {
    const venue = VenueView.safeParse(answer);
    if (venue.success) this.#put(venue.data);
  }

  /** The house as it was known last, for a tablet that starts without a connection. */
  async #recall(): Promise<void> {
    const [venue, menu] = await Promise.all([
      remembered(`kitchen.venue.${this.#id}`, VenueView),
      remembered(`kitchen.menu.${this.#id}`, CompiledMenu),
    ]);
    if (venue !== null) this.#put(venue.value);
    this.#menu.value ??= menu?.value ?? null;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #put(venue: VenueView): void {
    const before = this.#venue.peek();
    // A read may come from a cache.
    if (venue.revision < (before?.revision ?? 0) || JSON.stringify(venue) === JSON.stringify(before)) return;
    this.#venue.value = venue;
    remember(`kitchen.venue.${this.#id}`, venue);
  }
}

type After = (venue: VenueView, body: PendingAction["body"]) => Partial<VenueView>;

const afterwards: Readonly<Record<string, After>> = {
  sellOut: ({ soldOut }, { key }) => ({ soldOut: [...soldOut.filter((one) => one !== key), String(key)] }),
  makeAvailable: ({ soldOut }, { key }) => ({ soldOut: soldOut.filter((one) => one !== key) }),
  pause: (_, { until }) => ({ paused: { until: typeof until === "string" ? until : null, reason: "" } }),
  resume: () => ({ paused: null }),
  busy: (_, { minutes }) => ({ busyMinutes: Number(minutes) }),
};

/** The venue as it will be when an action is taken. */
export function afterAction(venue: VenueView, { name, body }: PendingAction): VenueView {
  return { ...venue, ...afterwards[name]?.(venue, body) };
}
