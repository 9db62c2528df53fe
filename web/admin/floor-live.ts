import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { FloorLive, type FloorOrder, type FloorVenue } from "../../contracts/floor.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { Floorbook } from "./floorbook.ts";
import { session } from "./sign-in.ts";

/** All is asked for anew so often: what a message that got lost would hide, this shows. */
const lookEveryMs = 5 * 60_000;

export interface FollowedFloor {
  /** What is open; null before the first answer. */
  readonly orders: ReadonlySignal<readonly FloorOrder[] | null>;
  readonly venues: ReadonlySignal<ReadonlyMap<string, FloorVenue>>;
  readonly live: ReadonlySignal<boolean>;
  close(): void;
}

/** Follows all open orders of the venues one reaches on one socket. */
export function followFloor(): FollowedFloor {
  const orders = signal<readonly FloorOrder[] | null>(null);
  const venues = signal<ReadonlyMap<string, FloorVenue>>(new Map());
  const book = new Floorbook();
  const stream = new LiveStream({
    path: floorRoutes.live.path,
    session,
    schema: FloorLive,
    message(message) {
      batch(() => {
        if (message.type === "problem") return;
        if (message.type === "venue") {
          venues.value = new Map(venues.value).set(message.venue.id, message.venue);
          return;
        }
        if (message.type === "snapshot") {
          book.begin(message.orders, Date.now());
          venues.value = new Map(message.venues.map((venue) => [venue.id, venue]));
        } else book.hear(message.orders, Date.now());
        orders.value = book.open;
      });
    },
    probe: () => session.ask(floorRoutes.read),
    refused: () => undefined,
  });
  const looking = setInterval(() => stream.send({ type: "look" }), lookEveryMs);
  const close = () => {
    clearInterval(looking);
    stream.close();
  };
  return { orders, venues, live: stream.live, close };
}
