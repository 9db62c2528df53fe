import type { BoardMessage, TicketView } from "../../contracts/kitchen.ts";
import type { BoardCommand } from "../../domain/ticket/decide.ts";
import type { BoardObject } from "../../workers/kitchen/board-object.ts";
import type { VenueObject } from "../../workers/ordering/venue-object.ts";
import type { VenueCommand } from "../../domain/venue/venue.ts";
import type { Chance } from "./chance.ts";
import { Follower } from "./follower.ts";
import { insist } from "./insist.ts";
import { anyKeys } from "./push-service.ts";
import type { House } from "./houses.ts";
import { person, type Town } from "./town.ts";

const second = 1_000;
const minute = 60 * second;

/** What the crew will make of one ticket. */
interface Manner {
  readonly answer: "accept" | "reject" | "silence";
  readonly isFetched: boolean;
  recalls: number;
  promises: number;
}

/** The crew of a venue at its tablet: sees, answers, cooks, hands over, each in its time. */
export class Kitchen {
  readonly follower: Follower<BoardMessage>;
  readonly house: House;
  private readonly town: Town;
  private readonly chance: Chance;
  private readonly tickets = new Map<string, TicketView>();
  private readonly manners = new Map<string, Manner>();
  private readonly busy = new Set<string>();

  constructor(town: Town, house: House, chance: Chance) {
    this.town = town;
    this.house = house;
    this.chance = chance;
    const what = {
      name: town.houses.length === 1 ? "the tablet" : `${house.venue}'s tablet`,
      namespace: "board",
      object: house.venueName,
      path: "/live",
      principal: town.principal(house, "staff", "tablet"),
    };
    this.follower = new Follower<BoardMessage>(town, what, (message) => this.hear(message));
    town.takeOffline.tablet.push((ms) => this.follower.goOffline(ms));
  }

  play(): void {
    void this.follower.come();
    void this.watch();
    const { town, chance } = this;
    for (let times = chance.of([0, 0, 1, 2]); times > 0; times -= 1) {
      town.clock.in(chance.between(0, 20 * minute), () => this.runVenue());
    }
  }

  /** What the tablet shows: by order. */
  get shown(): ReadonlyMap<string, TicketView> {
    return this.tickets;
  }

  /** Somebody at home is pushed what nobody at the tablet sees. */
  private async watch(): Promise<void> {
    const { town, house } = this;
    const wanted = { endpoint: town.pushes.url(house.venue), keys: anyKeys, topic: { kind: "venue", venue: house.venue } } as const; // prettier-ignore
    const place = town.cloud.namespace<VenueObject>("venue", person("owner")).getByName(house.venueName);
    await insist(town, "owner", `push ${house.venue}`, async (ask) =>
      place.subscribe(`sub_${house.venue}`, wanted, ask),
    );
  }

  private async runVenue(): Promise<void> {
    const { town, chance } = this;
    const until = town.clock.now + chance.between(1, chance.of([5, 60])) * minute;
    const command = chance.of<VenueCommand>([
      { type: "pause", until, reason: "" },
      { type: "set-busy", minutes: 10 },
      { type: "sell-out", key: "soup", until },
      { type: "publish-menu", version: 2, tracked: { clams: 5, wine: 3 } },
    ]);
    const place = town.cloud.namespace<VenueObject>("venue", person("crew")).getByName(this.house.venueName);
    await insist(town, "crew", command.type, async (ask) => place.command(command, ask));
  }

  private hear(message: BoardMessage): void {
    switch (message.type) {
      case "snapshot":
        this.tickets.clear();
        for (const ticket of message.tickets) this.look(ticket);
        return;
      case "event":
        if (message.ticket !== null) this.look(message.ticket);
        return;
      case "cleared":
        for (const order of message.orders) this.tickets.delete(order);
        return;
      case "problem":
        this.town.cloud.broken.push(`the tablet is told of a problem: ${JSON.stringify(message.problem)}`);
    }
  }

  private look(ticket: TicketView): void {
    const { order } = ticket;
    this.tickets.set(order, ticket);
    if (ticket.status === "waiting" && ticket.seenAt === null && this.chance.hits(0.9))
      this.follower.say({ type: "seen", orders: [order] });
    if (this.busy.has(order)) return;
    const next = this.next(ticket);
    if (next === null) return;
    this.busy.add(order);
    this.town.clock.in(next.after, () => this.act(next.command));
  }

  private async act(command: BoardCommand & { order: string }): Promise<void> {
    const { town } = this;
    const { order } = command;
    while (!this.follower.isOnline) await town.clock.sleep(minute);
    const board = town.cloud.namespace<BoardObject>("board", person("tablet")).getByName(this.house.venueName);
    await insist(town, "tablet", `${command.type} ${order}`, async (ask) => board.command(command, order, ask));
    this.busy.delete(order);
    // What was told in the meantime was passed over.
    town.clock.in(second, () => {
      const ticket = this.tickets.get(order);
      if (ticket !== undefined) this.look(ticket);
    });
  }

  private next(ticket: TicketView): { after: number; command: BoardCommand & { order: string } } | null {
    const { chance } = this;
    const { order } = ticket;
    const manner = this.mannerWith(order);
    const inSeconds = (least: number, most: number) => chance.between(least * second, most * second);
    switch (ticket.status) {
      case "waiting": {
        if (manner.answer === "silence") return null;
        const after = inSeconds(5, 120);
        if (manner.answer === "accept") return { after, command: { type: "accept", order, when: null } };
        return { after, command: { type: "reject", order, reason: "too-busy", detail: "" } };
      }
      case "accepted":
        if (manner.promises-- > 0)
          return {
            after: inSeconds(5, 60),
            command: { type: "promise", order, when: { inMinutes: chance.between(5, 40) } },
          };
        return chance.hits(0.3)
          ? { after: inSeconds(20, 600), command: { type: "ready", order } }
          : { after: inSeconds(5, 300), command: { type: "start", order } };
      case "preparing":
        if (!ticket.lines[0]?.bumped && chance.hits(0.3))
          return { after: inSeconds(5, 200), command: { type: "bump", order, lines: [0] } };
        return { after: inSeconds(20, 900), command: { type: "ready", order } };
      case "ready":
        if (manner.recalls-- > 0) return { after: inSeconds(5, 60), command: { type: "recall", order, when: null } };
        if (ticket.fulfilment === "delivery" || !manner.isFetched) return null;
        return { after: inSeconds(10, 900), command: { type: "hand-over", order } };
      case "withdrawn":
        if (!ticket.open || chance.hits(0.3)) return null;
        return { after: inSeconds(5, 60), command: { type: "acknowledge-withdrawal", order } };
      case "handed-over":
      case "rejected":
        return null;
    }
  }

  private mannerWith(order: string): Manner {
    const { chance } = this;
    const known = this.manners.get(order) ?? {
      answer: chance.hits(0.85) ? "accept" : chance.of(["reject", "silence"] as const),
      isFetched: chance.hits(0.93),
      recalls: chance.hits(0.15) ? 1 : 0,
      promises: chance.hits(0.15) ? 1 : 0,
    };
    this.manners.set(order, known);
    return known;
  }
}
