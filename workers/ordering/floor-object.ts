import { DurableObject } from "cloudflare:workers";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { type Floor, FloorAsk, type FloorLive, type FloorOrder, type FloorVenue } from "../../contracts/floor.ts";
import { VenueId } from "../../contracts/ids.ts";
import type { Vitals } from "../../contracts/metrics.ts";
import { Principal, principalHeader } from "../../contracts/principal.ts";
import { dbFor } from "../shared/database.ts";
import { LiveSockets, readMessage, type Viewer, viewerOf } from "../shared/live.ts";
import type { OrderingEnv } from "./env.ts";
import { floorOrderOf } from "./floor-line.ts";
import { floorVenueOf } from "./floor-venue.ts";
import { atVenuesOf } from "./reach.ts";
import { venues } from "./tables/menus.ts";
import { orders } from "./tables/orders.ts";

type Reach = Pick<Principal, "tenant" | "venues">;

/** More than one looks at; what is left out is the oldest of what is open. */
const mostOrders = 2_000;
const mostVenues = 500;
/** The topic of whoever reaches all venues; of the others it names a reach that is written down. */
const everywhere = "all";

/**
 * A tenant's floor: the sockets of those who look at all its open orders. It has no memory of its own: what is so the
 * read model says, and what changes it is told by who writes that. Named by the tenant.
 */
export class FloorObject extends DurableObject<OrderingEnv> {
  readonly #sockets: LiveSockets;

  constructor(ctx: DurableObjectState, env: OrderingEnv) {
    super(ctx, env);
    this.#sockets = new LiveSockets(ctx);
  }

  override async fetch(request: Request): Promise<Response> {
    const principal = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    const { subject, role, expiresAt } = principal;
    const viewer: Viewer = { subject, role, expiresAt, topic: this.#topicOf(principal.venues) };
    const offered = request.headers.get("sec-websocket-protocol");
    const answer = this.#sockets.accept(viewer, offered === null ? null : "comanda.v1", []);
    // After it was let in: what changes while the list is read is told as well, and of both the newer is right.
    this.ctx.waitUntil(this.#show(viewer));
    return answer;
  }

  override async webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): Promise<void> {
    if (readMessage(socket, raw, FloorAsk) !== null) await this.#show(viewerOf(socket), socket);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.reciprocate(socket, code);
  }

  vitals(): Vitals {
    return { waiting: 0, owed: 0, sockets: this.ctx.getWebSockets().length, breakers: [] };
  }

  dismiss(subject: string): void {
    this.#sockets.dismiss(subject);
  }

  /** Tells of orders whose lines were written. */
  tell(lines: readonly FloorOrder[]): void {
    this.#broadcast((reach) => {
      const seen = lines.filter(({ venue }) => reach === null || reach.has(venue));
      return seen.length === 0 ? [] : [{ type: "orders", orders: seen }];
    });
  }

  tellVenue(venue: FloorVenue): void {
    this.#broadcast((reach) => (reach === null || reach.has(venue.id) ? [{ type: "venue", venue }] : []));
  }

  #broadcast(messagesFor: (reach: ReadonlySet<string> | null) => FloorLive[]): void {
    if (this.ctx.getWebSockets().length === 0) return;
    this.#sockets.broadcast(({ topic }) => messagesFor(this.#reachOf(topic)), Date.now());
  }

  /** Sends all there is to one socket, or to all of a viewer's sort. */
  async #show(viewer: Viewer, only?: WebSocket): Promise<void> {
    const reach = this.#reachOf(viewer.topic);
    const tenant = this.ctx.id.name ?? "";
    const floor = await floorOf(this.env, { tenant, venues: reach === null ? null : [...reach] });
    const snapshot: FloorLive = { type: "snapshot", seq: 0, ...floor };
    if (only !== undefined) return only.send(JSON.stringify(snapshot));
    this.#sockets.broadcast(({ subject }) => (subject === viewer.subject ? [snapshot] : []), Date.now(), viewer.topic);
  }

  /** A reach may be longer than what a socket carries with it, so that it is written down here under its name. */
  #topicOf(reach: readonly string[] | null): string {
    if (reach === null) return everywhere;
    const venuesOfReach = reach.toSorted();
    const known = this.#reaches().find(([, names]) => names.join() === venuesOfReach.join());
    if (known !== undefined) return known[0];
    const topic = `reach-${this.#reaches().length + 1}`;
    this.ctx.storage.kv.put(topic, venuesOfReach);
    return topic;
  }

  #reaches(): [string, string[]][] {
    return [...this.ctx.storage.kv.list({ prefix: "reach-" })].map(([topic, names]) => [topic, Reaches.parse(names)]);
  }

  #reachOf(topic: string): ReadonlySet<string> | null {
    return topic === everywhere ? null : new Set(Reaches.catch([]).parse(this.ctx.storage.kv.get(topic)));
  }
}

const Reaches = z.array(VenueId);

/** All that is open at the venues of a reach, and how the venues stand. */
export async function floorOf(env: OrderingEnv, reach: Reach): Promise<Floor> {
  const { tenant } = reach;
  const db = dbFor(env, { tenant });
  const [open, known] = await db.batch([
    db
      .select()
      .from(orders)
      .where(and(eq(orders.tenant, tenant), sql`${orders.open} = 1`, atVenuesOf(reach)))
      .orderBy(desc(orders.placedAt))
      .limit(mostOrders),
    db.select({ id: venues.id }).from(venues).where(eq(venues.tenant, tenant)).orderBy(venues.id).limit(mostVenues),
  ]);
  const mine = known.filter(({ id }) => reach.venues === null || reach.venues.includes(id));
  const standing = await Promise.all(
    mine.map(async ({ id }) => floorVenueOf(id, await env.VENUE.getByName(`${tenant}/${id}`).snapshot())),
  );
  return { orders: open.map(floorOrderOf), venues: standing };
}
