import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type AllDayCount, BoardMessage, kitchenRoutes, type TicketView } from "../../contracts/kitchen.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { countsOf } from "../../domain/ticket/counts.ts";
import { pathOf } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { PendingActions } from "../shared/pending.ts";
import type { Session } from "../shared/session.ts";
import { House } from "./house.ts";
import { afterPending, type ShownTicket } from "./after-pending.ts";

/** A venue's tickets as the board's socket tells them, and what was done to them here that the board has not heard yet. */
export class Board {
  readonly #tickets = signal<ReadonlyMap<string, TicketView>>(new Map());
  readonly #known = signal(false);
  readonly #stream: LiveStream<BoardMessage>;
  /** What is to be done or noticed, oldest first. */
  readonly open: ReadonlySignal<readonly ShownTicket[]>;
  readonly counts: ReadonlySignal<readonly AllDayCount[]>;
  readonly pending: PendingActions;
  readonly house: House;
  readonly #forgetHurry: () => void;

  constructor(session: Session, venue: string) {
    const params = { venue };
    this.#stream = new LiveStream({
      path: pathOf(kitchenRoutes.live.path, { params }),
      session,
      schema: BoardMessage,
      message: (message) => this.#hear(message),
      probe: () => session.ask(kitchenRoutes.counts, { params }),
      refused: (status) => status !== 404 && session.forget(),
    });
    this.pending = new PendingActions(`kitchen.${venue}`, session, { ...kitchenRoutes, ...venueRoutes }, (answer) =>
      this.house.hear(answer),
    );
    this.house = new House(venue, this.pending);
    this.#forgetHurry = effect(() => {
      if (!this.live.value) return;
      this.pending.hurry();
      void this.house.refresh();
    });
    this.open = computed(() =>
      [...this.#tickets.value.values()]
        .map((ticket) => afterPending(ticket, this.pending.waiting.value))
        .filter((ticket) => ticket.open)
        .toSorted((a, b) => dueOf(a) - dueOf(b)),
    );
    this.counts = computed(() => countsOf(this.open.value));
  }

  get live(): ReadonlySignal<boolean> {
    return this.#stream.live;
  }

  /** Whether the board has said anything yet. */
  get known(): ReadonlySignal<boolean> {
    return this.#known;
  }

  /** These tickets have been shown to people. */
  tellSeen(orders: readonly string[]): boolean {
    return this.#stream.send({ type: "seen", orders: orders.slice(0, 100) });
  }

  close(): void {
    this.#forgetHurry();
    this.pending.close();
    this.house.close();
    this.#stream.close();
  }

  #hear(message: BoardMessage): void {
    switch (message.type) {
      case "snapshot":
        this.#tickets.value = new Map(message.tickets.map((ticket) => [ticket.order, ticket]));
        this.#known.value = true;
        return;
      case "event":
        return this.#put(message.order, message.ticket);
      case "cleared":
        for (const order of message.orders) this.#put(order, null);
        return;
      case "problem":
        return;
    }
  }

  #put(order: string, ticket: TicketView | null): void {
    const tickets = new Map(this.#tickets.peek());
    if (ticket === null) tickets.delete(order);
    else tickets.set(order, ticket);
    this.#tickets.value = tickets;
  }
}

function dueOf({ readyAt, placedAt }: TicketView): number {
  return Date.parse(readyAt ?? placedAt);
}
