import { parseAddress } from "../../contracts/address.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { PhoneMessage, type DriverMessage, type DriverView } from "../../contracts/driver.ts";
import type { DeliveryView } from "../../contracts/delivery.ts";
import type { Point } from "../../contracts/point.ts";
import type { OrderId } from "../../contracts/ids.ts";
import { Principal, principalHeader } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { epochMs } from "../../contracts/time.ts";
import type { DriverCommand as ZoneDriverCommand } from "../../domain/delivery/command.ts";
import { noDelivery } from "../../domain/delivery/delivery.ts";
import type { DriverCommand, ShiftCommand } from "../../domain/driver/decide.ts";
import { zoneOf, zonesOf, type DriverEvent, type DriverState } from "../../domain/driver/driver.ts";
import { driverRules } from "../../domain/driver/driver-rules.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import { closeCodes, readMessage, viewerOf } from "../shared/live.ts";
import { log } from "../shared/log.ts";
import { twinMessage, twinView } from "./driver-view.ts";
import type { DeliveryEnv } from "./env.ts";
import { tally } from "./observe.ts";

/** A position goes on to the zone, and so to customers, at most this often; and is written at most that often. */
const forwardedEveryMs = 1_000;
const writtenEveryMs = 15_000;

/** One driver's twin: shift, offer and tasks as the phone shows them, and the phone's socket. */
export class DriverObject extends Actor<DeliveryEnv, DriverState, DriverCommand, DriverEvent> {
  protected override readonly kind = "driver";
  protected override readonly rules = driverRules;
  protected override readonly layout = { collections: ["tasks"] } as const;
  protected override readonly retain = 2_000;
  private forwardedAt = 0;
  private writtenAt = 0;

  me(): DriverView {
    this.hear({});
    return this.driverView();
  }

  shift(command: ShiftCommand, ask: Ask): Answer | Refusal {
    this.hear({});
    return this.execute(command, ask, (state, seq) => twinView(this.id, seq, state));
  }

  /** What the phone asks about a delivery: the zone decides, and tells the twin what follows before it answers. */
  async drive(command: ZoneDriverCommand, ask: Ask): Promise<Answer | Refusal> {
    this.hear({});
    const zone = this.zoneObject(command.order);
    if (zone === null) return noDelivery;
    try {
      // A copy: what a call returns may not be returned from another without being disposed of.
      return { ...(await zone.drive(command, ask)) };
    } catch (error) {
      log.error("zone not reached", { driver: this.id, order: command.order, error: String(error) });
      return refuse("unavailable", "The zone does not answer. Try again with the same Idempotency-Key.");
    }
  }

  async view(order: OrderId, principal: Principal): Promise<DeliveryView | Refusal> {
    this.hear({});
    // A copy, as above.
    return { ...((await this.zoneObject(order)?.view(order, principal)) ?? noDelivery) };
  }

  /** The zone that knows of the delivery, as far as this driver is concerned. */
  zoneOf(order: OrderId): string | null {
    return zoneOf(this.state, order);
  }

  /** Where the phone is. Never an event, never on a queue. `at` (epoch ms) is when it was there. */
  position(point: Point, at: number, accuracy: number | null = null): void {
    const { shift } = this.state;
    const now = Date.now();
    // Off shift nobody is told where the driver is, and nothing is kept of it.
    if (shift.status === "off") return this.hear({});
    this.hear({ position: { point, at: Math.min(at, now) } });
    if (now - this.forwardedAt < forwardedEveryMs) return;
    this.forwardedAt = now;
    for (const zone of zonesOf(this.state)) {
      const forwarded = this.env.ZONE.getByName(`${this.tenant}/${zone}`).position(this.id, point, Math.min(at, now), accuracy); // prettier-ignore
      this.ctx.waitUntil(
        forwarded.catch((error: unknown) => log.info("position not forwarded", { error: String(error) })),
      );
    }
  }

  /** When the phone was last heard of (epoch ms), its pings included, which do not wake the object. */
  heardAt(): number {
    const pings = this.ctx
      .getWebSockets()
      .map((socket) => this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0);
    return Math.max(this.state.heardAt, ...pings);
  }

  /** The phone connects: see `DriverMessage` for what it is told. */
  override fetch(request: Request): Response {
    const { subject, role, expiresAt } = Principal.parse(JSON.parse(request.headers.get(principalHeader) ?? "null"));
    this.hear({});
    const { after } = deliveryRoutes.myLive.query.parse(Object.fromEntries(new URL(request.url).searchParams));
    return this.accept({ subject, role, expiresAt, topic: "me" }, request, after ?? null, () => ({
      driver: this.driverView(),
    }));
  }

  /** Closes the driver's sockets. The zones in which the driver may be following deliveries as well. */
  dismiss(subject: string): string[] {
    this.sockets.dismiss(subject);
    const { shift, tasks } = this.state;
    const zones = Object.values(tasks).map(({ from }) => parseAddress(from).id);
    return [...new Set(shift.status === "on" ? [shift.zone, ...zones] : zones)];
  }

  override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): void {
    const { expiresAt } = viewerOf(socket);
    if (expiresAt <= Date.now()) return socket.close(closeCodes.expired, "the token has expired");
    const message = readMessage(socket, raw, PhoneMessage);
    if (message === null) return;
    const { lat, lng, at, accuracy = null } = message;
    this.position({ lat, lng }, at === undefined ? Date.now() : epochMs(at), accuracy);
  }

  protected override carriers(): Carriers {
    const { DELIVERY_INBOX: delivery, ZONE: zone, DB: db } = this.env;
    return { queues: { delivery }, objects: { zone }, counts: { tally, db } };
  }

  protected override liveMessage(event: Recorded<DriverEvent>, state: DriverState): DriverMessage {
    return twinMessage(event, twinView(this.id, event.seq, state));
  }

  private driverView(): DriverView {
    return twinView(this.id, this.seq, this.state);
  }

  private zoneObject(order: OrderId) {
    const zone = this.zoneOf(order);
    return zone === null ? null : this.env.ZONE.getByName(`${this.tenant}/${zone}`);
  }

  /** Takes note that the phone is there. An object that never was on shift is not brought into being by a question. */
  private hear(seen: Partial<Pick<DriverState, "position">>): void {
    const now = Date.now();
    const keep = this.memory.exists && now - this.writtenAt >= writtenEveryMs;
    if (keep) this.writtenAt = now;
    this.note({ ...this.state, ...seen, heardAt: now }, keep);
  }
}
