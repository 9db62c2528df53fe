import { setTimeout as sleep } from "node:timers/promises";
import { BoardMessage, type TabletMessage, type TicketView } from "../../contracts/kitchen.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import type { VenueId } from "../../contracts/ids.ts";
import { LiveSocket } from "../client/live-socket.ts";
import { pathOf } from "../client/route-path.ts";
import type { Tokens } from "../client/tokens.ts";
import type { PlayedOrder } from "./played-order.ts";
import { isOver, taken, type World } from "./world.ts";

/** One venue's kitchen: a tablet that shows every ticket, and people who work them off. */
export class Kitchen {
  readonly venue: VenueId;
  readonly #world: World;
  readonly #staff: Tokens;
  readonly #socket: LiveSocket<BoardMessage>;
  readonly #received = new Set<string>();
  readonly #ready: Promise<void>;

  constructor(world: World, venue: VenueId, staff: Tokens) {
    this.#world = world;
    this.venue = venue;
    this.#staff = staff;
    let opened = () => {};
    this.#ready = new Promise((resolve) => (opened = resolve));
    this.#socket = new LiveSocket({
      baseUrl: world.baseUrl,
      path: pathOf(kitchenRoutes.live.path, { venue }),
      as: staff,
      schema: BoardMessage,
      message: (message) => {
        opened();
        this.#hear(message);
      },
      fault: (kind, detail) => {
        const what = kind === "misshapen" ? "contract" : (`socket-${kind}` as const);
        world.findings.add(what, `tablet's socket: ${detail}`, { venue });
      },
      refused: (status) => world.findings.add("refused", `tablet's socket: ${status}`, { venue }),
      lost: () => (world.troubles.sockets += 1),
    });
  }

  /** Resolves when the tablet shows the board. */
  opened(): Promise<void> {
    return this.#ready;
  }

  cutSocket(): void {
    this.#socket.cut();
  }

  close(): void {
    this.#socket.close();
  }

  #hear(message: BoardMessage): void {
    const now = performance.now();
    switch (message.type) {
      case "snapshot": {
        const ids = message.tickets.map(({ order }) => order);
        for (const id of new Set(ids))
          if (ids.indexOf(id) !== ids.lastIndexOf(id)) this.#doubled(id, "in one snapshot");
        for (const ticket of message.tickets) this.#show(ticket, now);
        return;
      }
      case "event": {
        const { event, order, ticket } = message;
        if (event === "received") {
          if (this.#received.has(order)) this.#doubled(order, "received again");
          this.#received.add(order);
        }
        if (ticket !== null) this.#show(ticket, now);
        if (event === "picked-up") this.#world.journal.of(order)?.moments.note("tablet:picked-up", now);
        return;
      }
      case "cleared":
        return;
      case "problem":
        this.#world.findings.add("refused", `tablet's message: ${message.problem.detail ?? message.problem.title}`, {
          venue: this.venue,
        });
        return;
    }
  }

  #doubled(order: string, how: string): void {
    this.#world.findings.add("doubled-ticket", how, { order, venue: this.venue });
  }

  /** The ticket is on the screen now, or has changed there. */
  #show(ticket: TicketView, now: number): void {
    const order = this.#world.journal.of(ticket.order);
    if (order !== undefined) this.#note(order, ticket, now);
    else void this.#world.journal.find(ticket.order).then((found) => found === null || this.#note(found, ticket, now));
  }

  #note(order: PlayedOrder, { status, driver }: TicketView, now: number): void {
    const first = order.ticket === null;
    // News that waited for the customer to learn the order's id must not undo what came after it.
    if (first || now >= order.shownAt) {
      order.shownAt = now;
      order.ticket = { status, hasDriver: driver !== null };
    }
    if (driver !== null) order.moments.note("tablet:driver", now);
    if (driver?.atVenue === true) order.moments.note("tablet:arrived", now);
    if (status === "withdrawn") order.moments.note("tablet:withdrawn", now);
    order.heard();
    if (!first) return;
    order.moments.note("shown", now);
    if (order.venue !== this.venue) {
      this.#world.findings.add("contradiction", `its ticket is at ${this.venue}`, {
        order: order.id,
        venue: order.venue,
      });
    }
    if (status === "waiting") void this.#work(order);
  }

  async #work(order: PlayedOrder): Promise<void> {
    const { kitchen } = order.plan;
    const id = order.id ?? "";
    order.moments.note("seen-sent", performance.now());
    if (!this.#socket.send(JSON.stringify({ type: "seen", orders: [id] } satisfies TabletMessage))) {
      if (!(await this.#tell(order, "see", {}))) return;
    }
    await sleep(kitchen.acceptAfter);
    if (isGone(order)) return this.#acknowledge(order);
    if (kitchen.rejects) {
      order.moments.note("reject", performance.now());
      order.rejected = await this.#tell(order, "reject", {
        reason: "item-unavailable",
        detail: "We have run out of it.",
      });
      return;
    }
    const readyAt = new Date(Date.now() + kitchen.cookFor).toISOString();
    order.moments.note("accept", performance.now());
    if (!(await this.#tell(order, "accept", { readyAt }))) return this.#acknowledge(order);
    await sleep(kitchen.cookFor / 4);
    if (isGone(order)) return this.#acknowledge(order);
    order.moments.note("start", performance.now());
    if (!(await this.#tell(order, "start", {}))) return this.#acknowledge(order);
    await sleep((kitchen.cookFor / 4) * 3);
    if (isGone(order)) return this.#acknowledge(order);
    order.moments.note("ready", performance.now());
    if (!(await this.#tell(order, "ready", {}))) return this.#acknowledge(order);
    if (order.view?.fulfilment === "delivery") return;
    await sleep(kitchen.collectAfter);
    if (isGone(order)) return this.#acknowledge(order);
    order.moments.note("handover", performance.now());
    if (!(await this.#tell(order, "handover", {}))) await this.#acknowledge(order);
  }

  /** A withdrawn ticket stays loud on the screen until somebody says they have noticed. */
  async #acknowledge(order: PlayedOrder): Promise<void> {
    if (await order.until(() => order.ticket?.status === "withdrawn", 5_000))
      await this.#tell(order, "acknowledge", {});
  }

  #tell(
    order: PlayedOrder,
    what: "see" | "accept" | "reject" | "start" | "ready" | "handover" | "acknowledge",
    body: object,
  ): Promise<boolean> {
    const params = { venue: this.venue, order: order.id ?? "" };
    const reply = this.#world.api.call(kitchenRoutes[what], { as: this.#staff, params, body });
    return taken(this.#world, order, `kitchen's ${what}`, reply, () => isGone(order));
  }
}

/** Whether there is nothing to cook any more, as far as the kitchen or the customer knows. */
function isGone(order: PlayedOrder): boolean {
  return order.over || order.ticket?.status === "withdrawn" || isOver(order.view);
}
