import { type ReadonlySignal, signal } from "@preact/signals";
import type { CompiledMenu } from "../../contracts/menu.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { VenueView } from "../../contracts/venue.ts";
import { ask } from "../shared/api.ts";
import type { PendingAction, PendingActions } from "../shared/pending.ts";

const everyMs = 60_000;

/** The venue a board stands in: its name, its menu, what is sold out, whether it is busy or pauses. */
export class House {
  readonly #venue = signal<VenueView | null>(null);
  readonly #menu = signal<CompiledMenu | null>(null);
  readonly #pending: PendingActions;
  readonly #id: string;
  readonly #timer: number;

  constructor(id: string, pending: PendingActions) {
    this.#id = id;
    this.#pending = pending;
    this.#timer = setInterval(() => void this.refresh(), everyMs);
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
    const isNewMenu = venue.value.menuVersion !== this.#venue.peek()?.menuVersion;
    this.#put(venue.value);
    if (!isNewMenu && this.#menu.peek() !== null) return;
    const menu = await ask(venueRoutes.menu, { params });
    if (menu.ok) this.#menu.value = menu.value;
  }

  /** What the server has answered to something done here, if that was about the house. */
  hear(answer: unknown): void {
    const venue = VenueView.safeParse(answer);
    if (venue.success) this.#put(venue.data);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #put(venue: VenueView): void {
    // A read may come from a cache.
    if (venue.revision >= (this.#venue.peek()?.revision ?? 0)) this.#venue.value = venue;
  }
}

type After = (venue: VenueView, body: PendingAction["body"]) => Partial<VenueView>;

const afterwards: Readonly<Record<string, After>> = {
  sellOut: ({ soldOut }, { key }) => ({ soldOut: [...soldOut.filter((one) => one !== key), `${key}`] }),
  makeAvailable: ({ soldOut }, { key }) => ({ soldOut: soldOut.filter((one) => one !== key) }),
  pause: (_, { until }) => ({ paused: { until: typeof until === "string" ? until : null, reason: "" } }),
  resume: () => ({ paused: null }),
  busy: (_, { minutes }) => ({ busyMinutes: Number(minutes) }),
};

/** The venue as it will be when an action is taken. */
export function afterAction(venue: VenueView, { name, body }: PendingAction): VenueView {
  return { ...venue, ...afterwards[name]?.(venue, body) };
}
