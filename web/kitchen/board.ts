import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { BoardMessage, TicketView } from "../../contracts/kitchen.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { byUrgency } from "./heat.ts";
import { pathOf, type Reply } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { type Outcome, type PendingAction, PendingActions } from "../shared/pending.ts";
import { serverNow } from "../shared/server-clock.ts";
import type { Session } from "../shared/session.ts";
import { shownOnce, type ShownTicket } from "./after-pending.ts";
import { aboutHouse, aboutTicket } from "./about.ts";
import { cancel } from "./cancel-route.ts";
import { Deeds } from "./deeds.ts";
import { House } from "./house.ts";
import { differencesOf, noticedOf, type Difference, type Noticed } from "./noticed.ts";
import { houseRemedy, ticketRemedy } from "./remedy.ts";

/** What may have been undone elsewhere before it is heard of. */
const timed = new Set(["bump", "unbump", "bumpLines", "unbumpLines", "ready", "recall"]);

/** Whether a refusal is told on the ticket; what had to wait is told with the rest of it, each by its name. */
export function isToldOnTicket({ action, problem }: Outcome): boolean {
  return problem !== null && !action.waited && orderOf(action) !== undefined;
}

function byOrder(tickets: readonly TicketView[]): ReadonlyMap<string, TicketView> {
  return new Map(tickets.map((ticket) => [ticket.order, ticket]));
}

function orderOf({ params }: PendingAction): string | undefined {
  return params["order"];
}

/** A venue's tickets as the board's socket tells them, and what was done to them here that the board has not heard yet. */
export class Board {
  readonly #tickets = signal<ReadonlyMap<string, TicketView>>(new Map());
  readonly #noticed = signal<ReadonlyMap<string, Noticed>>(new Map());
  /** What was heard by other ways since the socket last spoke: answers to what was done here, and to why it is silent. */
  readonly #meanwhile = signal<ReadonlyMap<string, TicketView> | null>(null);
  readonly #known = signal(false);
  readonly #stream: LiveStream<BoardMessage>;
  /** All that the board still knows, what is over too. */
  readonly all: ReadonlySignal<readonly ShownTicket[]>;
  /** What is to be done or noticed, the most urgent first. */
  readonly open: ReadonlySignal<readonly ShownTicket[]>;
  readonly pending: PendingActions;
  readonly deeds: Deeds;
  readonly house: House;
  readonly #shown = shownOnce();
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
      probe: () => this.#probe(session),
      refused: (status) => status !== 404 && session.forget(),
      remembered: { name: `kitchen.board.${venue}`, state: () => this.#snapshot() },
    });
    const routes = { ...kitchenRoutes, ...venueRoutes, cancel };
    this.pending = new PendingActions(`kitchen.${venue}`, session, routes, (answer) => this.#hearAnswer(answer));
    this.deeds = new Deeds(venue, this.pending, (name, body) => this.#withTime(name, body));
    this.house = new House(venue, this.pending);
    this.#forgetHurry = effect(() => {
      if (!this.live.value) return;
      this.pending.hurry();
      void this.house.refresh();
    });
    const undone = computed(() => [...this.pending.waiting.value, ...this.deeds.held.value]);
    this.all = computed(() =>
      [...((this.live.value ? null : this.#meanwhile.value) ?? this.#tickets.value).values()]
        .map((ticket) => this.#shown(ticket, undone.value))
        .toSorted(byUrgency),
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
  do(name: string, ticket: TicketView, body: PendingAction["body"] = {}, line?: number): void {
    const params = { venue: this.#venue, order: ticket.order, ...(line === undefined ? {} : { line: String(line) }) };
    // What is done here is known here: the next thing the board says of it is how it stands.
    this.#know(ticket.order, null);
    this.pending.dismiss(this.refused(ticket).map(({ action }) => action.key));
    const deed = { name, label: ticket.code, about: aboutTicket(name, ticket, body, line), params, body };
    this.deeds.do(deed, ticketRemedy(name, ticket, body, serverNow()));
  }

  /** What was asked for a ticket and refused at once: it is told on the ticket itself. */
  refused({ order }: TicketView): Outcome[] {
    return this.pending.outcomes.value.filter(
      (outcome) => isToldOnTicket(outcome) && orderOf(outcome.action) === order,
    );
  }

  /** Does something to the house: sells out, slows down, pauses. */
  keepHouse(name: string, label: string, body: PendingAction["body"]): void {
    const remedy = houseRemedy(name, this.house.shown(), body);
    this.deeds.do({ name, label, about: aboutHouse(name, body), params: { venue: this.#venue }, body }, remedy);
  }

  /** Whether something done to it waits, and nobody hears of it for now. */
  isUnsent({ order }: TicketView): boolean {
    return this.pending.unsent(this.live.value).some((action) => orderOf(action) === order);
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

  #hearAnswer(answer: unknown): void {
    this.house.hear(answer);
    const ticket = TicketView.safeParse(answer);
    if (!ticket.success) return;
    this.#meanwhile.value = new Map(this.#meanwhile.peek() ?? this.#tickets.peek()).set(ticket.data.order, ticket.data);
  }

  /** What is done without a connection says when: what others have done to the same since then stands. */
  #withTime(name: string, body: PendingAction["body"]): PendingAction["body"] {
    const isTimed = timed.has(name) && !this.live.peek();
    return isTimed ? { ...body, doneAt: new Date(serverNow()).toISOString() } : body;
  }

  async #probe(session: Session): Promise<Reply<unknown>> {
    const reply = await session.ask(kitchenRoutes.tickets, {
      params: { venue: this.#venue },
      query: { status: "all" },
    });
    if (reply.ok) this.#meanwhile.value = byOrder(reply.value.tickets);
    return reply;
  }

  #hear(message: BoardMessage): void {
    this.#meanwhile.value = null;
    switch (message.type) {
      case "snapshot":
        this.#tickets.value = byOrder(message.tickets);
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
