import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { BoardMessage, kitchenRoutes, type TicketView } from "../../contracts/kitchen.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { byUrgency } from "./heat.ts";
import { pathOf } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { PendingActions } from "../shared/pending.ts";
import type { Session } from "../shared/session.ts";
import { afterPending, type ShownTicket } from "./after-pending.ts";
import { Deeds, type Deed } from "./deeds.ts";
import { House } from "./house.ts";
import { differencesOf, noticedOf, type Difference, type Noticed } from "./noticed.ts";
import { houseRemedy, ticketRemedy } from "./remedy.ts";

/** A venue's tickets as the board's socket tells them, and what was done to them here that the board has not heard yet. */
export class Board {
  readonly #tickets = signal<ReadonlyMap<string, TicketView>>(new Map());
  readonly #noticed = signal<ReadonlyMap<string, Noticed>>(new Map());
  readonly #known = signal(false);
  readonly #stream: LiveStream<BoardMessage>;
  /** All that the board still knows, what is over too. */
  readonly all: ReadonlySignal<readonly ShownTicket[]>;
  /** What is to be done or noticed, the most urgent first. */
  readonly open: ReadonlySignal<readonly ShownTicket[]>;
  readonly pending: PendingActions;
  readonly deeds: Deeds;
  readonly house: House;
  readonly #venue: string;
  readonly #forgetHurry: () => void;

  constructor(session: Session, venue: string) {
    const params = { venue };
    this.#venue = venue;
    this.#stream = new LiveStream({
      path: pathOf(kitchenRoutes.live.path, { params }),
      session,
      schema: BoardMessage,
      message: (message) => this.#hear(message),
      probe: () => session.ask(kitchenRoutes.counts, { params }),
      refused: (status) => status !== 404 && session.forget(),
      remembered: { name: `kitchen.board.${venue}`, state: () => this.#snapshot() },
    });
    const routes = { ...kitchenRoutes, ...venueRoutes, cancel: orderRoutes.cancel };
    this.pending = new PendingActions(`kitchen.${venue}`, session, routes, (answer) => this.house.hear(answer));
    this.deeds = new Deeds(venue, this.pending);
    this.house = new House(venue, this.pending);
    this.#forgetHurry = effect(() => {
      if (!this.live.value) return;
      this.pending.hurry();
      void this.house.refresh();
    });
    const undone = computed(() => [...this.pending.waiting.value, ...this.deeds.held.value]);
    this.all = computed(() =>
      [...this.#tickets.value.values()].map((ticket) => afterPending(ticket, undone.value)).toSorted(byUrgency),
    );
    this.open = computed(() => this.all.value.filter((ticket) => ticket.open));
  }

  get live(): ReadonlySignal<boolean> {
    return this.#stream.live;
  }

  get asOf(): ReadonlySignal<number | null> {
    return this.#stream.asOf;
  }

  /** Whether the board has said anything yet. */
  get known(): ReadonlySignal<boolean> {
    return this.#known;
  }

  /** Does something to a ticket; the last thing done can be taken back for a while. */
  do(name: string, ticket: TicketView, body: Deed["body"] = {}, line?: number): void {
    const params = { venue: this.#venue, order: ticket.order, ...(line === undefined ? {} : { line: String(line) }) };
    // What is done here is known here: the next thing the board says of it is how it stands.
    this.#know(ticket.order, null);
    this.deeds.do({ name, label: ticket.code, params, body }, ticketRemedy(name, ticket, body, Date.now()));
  }

  /** Does something to the house: sells out, slows down, pauses. */
  keepHouse(name: string, label: string, body: NonNullable<Deed["body"]>): void {
    const remedy = houseRemedy(name, this.house.shown(), body);
    this.deeds.do({ name, label, params: { venue: this.#venue }, body }, remedy);
  }

  /** In what a ticket is another one than people here know. */
  differences(ticket: TicketView): Difference[] {
    return differencesOf(ticket, this.#noticed.value.get(ticket.order));
  }

  /** Somebody has noticed in what the ticket is another one. */
  notice(ticket: TicketView): void {
    if ((ticket.changes ?? []).length > 0) this.do("notice", ticket);
    this.#know(ticket.order, noticedOf(ticket));
  }

  /** These tickets have been shown to people. */
  tellSeen(orders: readonly string[]): boolean {
    return this.#stream.send({ type: "seen", orders: orders.slice(0, 100) });
  }

  close(): void {
    this.#forgetHurry();
    this.deeds.close();
    this.pending.close();
    this.house.close();
    this.#stream.close();
  }

  #hear(message: BoardMessage): void {
    switch (message.type) {
      case "snapshot":
        this.#tickets.value = new Map(message.tickets.map((ticket) => [ticket.order, ticket]));
        this.#meet(message.tickets);
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

  /** All that is known, as the board itself would say it: what a tablet shows that starts without a connection. */
  #snapshot(): BoardMessage | null {
    if (!this.#known.peek()) return null;
    return { type: "snapshot", seq: 0, tickets: [...this.#tickets.peek().values()], counts: [] };
  }

  #put(order: string, ticket: TicketView | null): void {
    const tickets = new Map(this.#tickets.peek());
    if (ticket === null) tickets.delete(order);
    else tickets.set(order, ticket);
    this.#tickets.value = tickets;
    if (ticket === null) this.#know(order, null);
    else this.#meet([ticket]);
  }

  #meet(tickets: readonly TicketView[]): void {
    const before = this.#noticed.peek();
    const known = tickets.map((ticket) => [ticket.order, noticedOf(ticket, before.get(ticket.order))] as const);
    this.#noticed.value = new Map([...before, ...known]);
  }

  #know(order: string, as: Noticed | null): void {
    const noticed = new Map(this.#noticed.peek());
    if (as === null) noticed.delete(order);
    else noticed.set(order, as);
    this.#noticed.value = noticed;
  }
}
