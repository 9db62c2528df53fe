import type { TaskView } from "../../contracts/driver.ts";
import type { Place } from "../../contracts/errand.ts";

/** A place to go to, and what to do there with which deliveries. `ahead`: something has to be fetched first. */
export interface Stop {
  readonly key: string;
  readonly kind: "fetch" | "bring" | "return";
  readonly place: Place;
  /** When it is expected to be reached (RFC 3339); null where nobody has said. */
  readonly at: string | null;
  readonly tasks: readonly TaskView[];
  readonly ahead: boolean;
}

/** The way of a driver: all that is fetched at one venue is one stop, and what comes back comes last. */
export function stopsOf(tasks: readonly TaskView[]): Stop[] {
  const fetched = tasks.filter(({ stage }) => stage === "to-venue" || stage === "at-venue");
  const returned = tasks.filter(({ stage }) => stage === "returning");
  const fetching = atVenues(fetched).map((some): Stop => {
    const at = earliest(some.map(({ pickupAt }) => pickupAt));
    return { key: `fetch/${some[0].venue}`, kind: "fetch", place: some[0].pickup, at, tasks: some, ahead: false };
  });
  const bringing = tasks
    .filter(({ stage }) => stage !== "returning")
    .map((task): Stop => {
      const ahead = task.stage !== "to-customer";
      return {
        key: `bring/${task.order}`,
        kind: "bring",
        place: task.dropoff,
        at: task.dropoffAt,
        tasks: [task],
        ahead,
      };
    });
  const returning = atVenues(returned).map((some): Stop => {
    return {
      key: `return/${some[0].venue}`,
      kind: "return",
      place: some[0].pickup,
      at: null,
      tasks: some,
      ahead: false,
    };
  });
  const onTheWay = [...fetching, ...bringing].toSorted((one, other) => timeOf(one) - timeOf(other));
  // Estimates may say otherwise for a moment: nothing is brought before it is fetched.
  return [...onTheWay.filter(({ ahead }) => !ahead), ...onTheWay.filter(({ ahead }) => ahead), ...returning];
}

function atVenues(tasks: readonly TaskView[]): (readonly [TaskView, ...TaskView[]])[] {
  const byVenue = Map.groupBy(tasks, ({ venue }) => venue);
  return [...byVenue.values()].flatMap(([first, ...more]) => (first === undefined ? [] : [[first, ...more] as const]));
}

function earliest(instants: readonly string[]): string | null {
  return instants.toSorted()[0] ?? null;
}

/** Where the driver stands, what is left to fetch goes before every way: nobody comes back for the second bag. */
function timeOf({ at, kind, tasks }: Stop): number {
  if (kind === "fetch" && tasks.some(({ stage }) => stage === "at-venue")) return 0;
  return at === null ? Infinity : Date.parse(at);
}
