import type { BoardMessage } from "../../contracts/kitchen.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { TabletMessage, type AllDayCount, type TicketView } from "../../contracts/kitchen.ts";
import { Principal, principalHeader } from "../../contracts/principal.ts";
import type { Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { boardRules, type Board, type BoardEvent } from "../../domain/ticket/board.ts";
import { countsOf } from "../../domain/ticket/counts.ts";
import type { BoardCommand } from "../../domain/ticket/decide.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import { closeCodes, readMessage, viewerOf } from "../shared/live.ts";
import { newTrace } from "../shared/trace.ts";
import type { KitchenEnv } from "./env.ts";
import { ticketView } from "./ticket-view.ts";

/** One venue's board: its tickets, and the tablets that show them. */
export class BoardObject extends Actor<KitchenEnv, Board, BoardCommand, BoardEvent> {
  protected override readonly kind = "board";
  protected override readonly rules = boardRules;
  protected override readonly layout = { collections: ["tickets"] } as const;
  protected override readonly retain = 5_000;

  /** Does what is asked of one ticket, and answers how that ticket then stands. */
  command(command: BoardCommand, order: string, ask: Ask): Answer | Refusal {
    return this.execute(command, ask, (board) => viewIn(board, order) ?? {});
  }

  /** The tickets in hand, or all that are still known; the oldest first. */
  tickets(status: "open" | "all"): { seq: number; tickets: TicketView[] } {
    const tickets = this.views().filter(({ open }) => open || status === "all");
    return { seq: this.seq, tickets };
  }

  counts(): { seq: number; counts: AllDayCount[] } {
    return { seq: this.seq, counts: countsOf(this.views()) };
  }

  /** A tablet connects: see `BoardMessage` for what it is told. */
  override fetch(request: Request): Response {
    const { subject, role, expiresAt } = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    const { after } = kitchenRoutes.live.query.parse(Object.fromEntries(new URL(request.url).searchParams));
    return this.accept({ subject, role, expiresAt, topic: "board" }, request, after ?? null, () => {
      const tickets = this.views();
      return { tickets, counts: countsOf(tickets) };
    });
  }

  dismiss(subject: string): void {
    this.sockets.dismiss(subject);
  }

  override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): void {
    const { subject, expiresAt } = viewerOf(socket);
    if (expiresAt <= Date.now()) return socket.close(closeCodes.expired, "the token has expired");
    const message = readMessage(socket, raw, TabletMessage);
    if (message === null) return;
    const ask = { by: subject, key: null, fingerprint: null, traceparent: newTrace() };
    this.execute({ type: "see", orders: message.orders }, ask, () => ({}));
  }

  protected override carriers(): Carriers {
    const { ORDERING_INBOX: ordering } = this.env;
    return { queues: { ordering }, objects: {} };
  }

  protected override liveMessage(event: Recorded<BoardEvent>, board: Board): BoardMessage {
    const { seq } = event;
    const at = new Date(event.at).toISOString();
    if (event.type === "cleared") return { type: "cleared", seq, at, orders: [...event.orders] };
    const { type, order } = event;
    return { type: "event", seq, at, event: type, order, ticket: viewIn(board, order) };
  }

  private views(): TicketView[] {
    const tickets = Object.values(this.state.tickets).toSorted((a, b) => a.receivedAt - b.receivedAt);
    return tickets.map(ticketView);
  }
}

function viewIn(board: Board, order: string): TicketView | null {
  const ticket = board.tickets[order];
  return ticket === undefined ? null : ticketView(ticket);
}
