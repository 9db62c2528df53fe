import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { FloorLive, type FloorOrder, type FloorVenue } from "../../contracts/floor.ts";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { Floorbook } from "./floorbook.ts";
import { session } from "./sign-in.ts";

/** Many news in a moment are drawn once. */
const drawAfterMs = 150;

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
  let drawing = 0;
  const draw = () => {
    clearTimeout(drawing);
    drawing = 0;
    orders.value = book.open;
  };
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
        if (message.type === "orders") {
          book.hear(message.orders, Date.now());
          if (drawing === 0) drawing = setTimeout(draw, drawAfterMs);
          return;
        }
        book.begin(message.orders, Date.now());
        venues.value = new Map(message.venues.map((venue) => [venue.id, venue]));
        draw();
      });
    },
    probe: () => session.ask(floorRoutes.read),
    refused: () => undefined,
  });
  const looking = setInterval(() => stream.send({ type: "look" }), lookEveryMs);
  const close = () => {
    clearInterval(looking);
    clearTimeout(drawing);
    stream.close();
  };
  return { orders, venues, live: stream.live, close };
}
