import "./driver-map.css";
import { useEffect, useState } from "preact/hooks";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DeliveryMessage, type PositionView } from "../../contracts/delivery.ts";
import type { Eta } from "../../contracts/eta.ts";
import type { Point } from "../../contracts/point.ts";
import type { OrderView } from "../../contracts/order.ts";
import { metresBetween } from "../../domain/dispatch/travel.ts";
import { pathOf } from "../shared/api.ts";
import { numbers } from "../shared/format.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { now } from "../shared/now.ts";
import type { Session } from "../shared/session.ts";
import { DriverPlan } from "./driver-plan.tsx";
import { moment, type Stance } from "./moments.ts";
import { orderWords } from "./words-order.ts";

interface DriverMapProps {
  readonly session: Session;
  readonly order: OrderView;
  /** The driver's name. */
  readonly name: string;
  readonly venue: Point | null;
  /** Null until it is known. */
  readonly stance: Stance | null;
  /** Told with every position, and everything else that changes it. */
  onEta(eta: Eta | null): void;
}

interface Sighted {
  /** Newest last. */
  readonly trail: readonly PositionView[];
}

const unseen: Sighted = { trail: [] };
const longestTrail = 60;
const silentAfterMs = 60_000;

/** Where the driver is: roughly on the way to the venue, exactly on the way to the door, and after that nowhere. */
export function DriverMap({ session, order, name, venue, stance, onEta }: DriverMapProps) {
  const { trail } = useDriver(session, order.id, onEta);
  const t = orderWords.value;
  const at = trail.at(-1);
  if (at === undefined) return null;
  const exact = order.status === "out-for-delivery";
  const home = pointOf(order);
  const before = order.delivery?.atVenue === true ? t.driverAtVenue(name) : t.map.about(name);
  const words = exact ? farWords(name, at, home, venue) : before;
  const silent = now.value - Date.parse(at.at) > silentAfterMs;
  const seen = stance === null ? "" : moment(at.at, stance, t);
  return (
    <figure class="driver-map">
      <DriverPlan trail={exact ? trail : [at]} exact={exact} venue={venue} home={home} label={words} />
      <figcaption>
        <span>{words}</span>{" "}
        <span class="small quiet">{seen === "" ? "" : silent ? t.map.silent(seen) : t.map.seen(seen)}</span>
      </figcaption>
    </figure>
  );
}

function useDriver(session: Session, order: string, onEta: DriverMapProps["onEta"]): Sighted {
  const [seen, setSeen] = useState(unseen);
  useEffect(() => {
    setSeen(unseen);
    const params = { id: order };
    const stream = new LiveStream({
      path: pathOf(deliveryRoutes.live.path, { params }),
      session,
      schema: DeliveryMessage,
      message(message) {
        setSeen((known) => sightedIn(message, known));
        const eta = etaIn(message);
        if (eta !== undefined) onEta(eta);
      },
      probe: () => session.ask(deliveryRoutes.delivery, { params }),
      refused: () => setSeen(unseen),
    });
    return () => stream.close();
  }, [session, order]);
  return seen;
}

function sightedIn(message: DeliveryMessage, known: Sighted): Sighted {
  switch (message.type) {
    case "position":
      return { trail: longer(known.trail, message) };
    case "snapshot":
    case "event": {
      if (message.delivery.audience !== "customer") return known;
      const { position, open } = message.delivery;
      if (!open) return unseen;
      // Picked up: what was rough until then is no part of the way to the door.
      const begins = message.type === "event" && message.event === "picked-up";
      return position === null ? known : { ...known, trail: longer(begins ? [] : known.trail, position) };
    }
    case "problem":
      return known;
  }
}

function etaIn(message: DeliveryMessage): Eta | null | undefined {
  if (message.type === "problem") return undefined;
  return message.type === "position" ? message.eta : message.delivery.eta;
}

function longer(trail: readonly PositionView[], { lat, lng, at }: PositionView): readonly PositionView[] {
  const last = trail.at(-1);
  if (last !== undefined && last.lat === lat && last.lng === lng) return [...trail.slice(0, -1), { lat, lng, at }];
  return [...trail, { lat, lng, at }].slice(-longestTrail);
}

function farWords(name: string, at: Point, home: Point | null, venue: Point | null): string {
  const t = orderWords.value;
  if (home !== null) return t.map.toHome(name, distance(metresBetween(at, home)));
  return venue === null ? t.driverComes(name) : t.map.fromVenue(name, distance(metresBetween(at, venue)));
}

/** 350 m, 1.2 km. */
export function distance(metres: number): string {
  const near = metres < 950;
  const value = near ? Math.max(10, Math.round(metres / 10) * 10) : metres / 1000;
  const unit = { style: "unit", unit: near ? "meter" : "kilometer", maximumFractionDigits: near ? 0 : 1 } as const;
  return numbers(unit).format(value);
}

function pointOf({ address }: OrderView): Point | null {
  if (address?.lat === null || address?.lat === undefined || address.lng === null) return null;
  return { lat: address.lat, lng: address.lng };
}
