import type { Chance } from "./chance.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** What goes wrong all the time while a storm lasts: probabilities from 0 to 1 unless it says otherwise. */
export interface Weather {
  /** Nothing goes wrong all day. */
  isFair: boolean;
  /** The power of an object goes off after so many steps of writing, on average; 0: never. */
  powerCutEvery: number;
  /** It goes off once after this many steps of all objects; 0: not. */
  powerCutAfter: number;
  lost: number;
  doubled: number;
  sendFails: number;
  /** The longest a message is on its way (ms). */
  delay: number;
  /** A message is on its way for hours. */
  astray: number;
  /** One kind of fact is on its way for so long (ms), however it goes, and no call brings it; "": none is. */
  lateFact: string;
  lateFor: number;
  callBreaks: number;
  callDelay: number;
  /** A call hangs for a minute or two on one of its ways. */
  callHangs: number;
  alarmLate: number;
  alarmTwice: number;
  /** An idle object is forgotten before it is called. */
  forgets: number;
  /** By how much a machine's clock is off at most (ms), either way. */
  skew: number;
  providerSilent: number;
  providerErrs: number;
  providerSlow: number;
  /** Those outside other than the provider: carriers, tenants' own systems, mail. */
  outsideSilent: number;
  outsideErrs: number;
  outsideSlow: number;
  database: number;
  /** A consumer of a queue dies in the middle of its batch. */
  consumerDies: number;
}

export const fair: Readonly<Weather> = {
  isFair: false, powerCutEvery: 0, powerCutAfter: 0, lost: 0, doubled: 0, sendFails: 0, delay: 40, astray: 0, lateFact: "", lateFor: 0, callBreaks: 0, callDelay: 8, callHangs: 0,
  alarmLate: 0, alarmTwice: 0, forgets: 0.02, skew: 0, providerSilent: 0, providerErrs: 0, providerSlow: 0, outsideSilent: 0, outsideErrs: 0, outsideSlow: 0, database: 0,
  consumerDies: 0,
}; // prettier-ignore

/** What happens once, at a time of the storm. */
export type Blow =
  | { readonly type: "kill" }
  /** `overOld`: what is stored is as an earlier version wrote it. */
  | {
      readonly type: "deploy";
      readonly service: "ordering" | "kitchen" | "delivery";
      readonly overOld: boolean;
    }
  | { readonly type: "drop-queue"; readonly queue: string }
  | { readonly type: "bad-deploy"; readonly kind: string; readonly fact: string; readonly ms: number }
  | { readonly type: "provider-down"; readonly ms: number }
  | { readonly type: "carrier-down"; readonly carriers: readonly string[]; readonly ms: number }
  | { readonly type: "webhook-down"; readonly ms: number }
  | { readonly type: "pushes-down"; readonly ms: number }
  | { readonly type: "database-down"; readonly ms: number }
  | { readonly type: "offline"; readonly who: "tablet" | "drivers" | "customers"; readonly ms: number };

export interface Forecast {
  readonly names: readonly string[];
  readonly weather: Weather;
  readonly blows: readonly { readonly at: number; readonly blow: Blow }[];
  /** How long the storm lasts (ms). */
  readonly lasts: number;
}

type Make = (chance: Chance, weather: Weather, blow: (blow: Blow) => void) => void;

const queues = ["ordering-inbox", "kitchen-inbox", "delivery-inbox", "outlet", "ordering-inbox-dead"];
/** Facts a bad deployment cannot handle, and who hears them. */
const breakable = [
  ["board", "order.sent"], ["board", "order.withdrawn"], ["order", "ticket.accepted"], ["order", "ticket.ready"],
  ["order", "delivery.assigned"], ["order", "delivery.picked-up"], ["zone", "delivery.requested"],
  ["zone", "delivery.called-off"], ["venue", "reservation.kept"], ["venue", "reservation.released"],
  ["driver", "driver.offered"], ["driver", "driver.assigned"], ["driver", "driver.task-ended"],
  ["zone", "driver.shift-changed"],
] as const; // prettier-ignore

/** Every kind of fault there is, by name. */
const kinds: Readonly<Record<string, Make>> = {
  "power cuts": (chance, weather) => (weather.powerCutEvery = chance.of([25, 60, 150, 400])),
  "one power cut": (chance, weather) => (weather.powerCutAfter = chance.between(1, 900)),
  "messages lost": (chance, weather) => (weather.lost = chance.of([0.05, 0.2, 0.5])),
  "messages doubled": (chance, weather) => (weather.doubled = chance.of([0.1, 0.5])),
  "messages out of order": (chance, weather) => (weather.delay = chance.of([2, 20, 90]) * second),
  // A minute and a half is what a reservation waits for its word.
  "one fact late": (chance, weather) => {
    weather.lateFact = chance.of(["reservation.kept", "reservation.kept", chance.of(breakable)[1]]);
    weather.lateFor = chance.of([2, 10, 40]) * minute;
  },
  "messages hours late": (chance, weather) => (weather.astray = chance.of([0.05, 0.3])),
  "sending fails": (chance, weather) => (weather.sendFails = chance.of([0.1, 0.4])),
  "calls break": (chance, weather) => {
    weather.callBreaks = chance.of([0.05, 0.2]);
    weather.callDelay = chance.of([8, 2_000]);
  },
  "calls hang": (chance, weather) => (weather.callHangs = chance.of([0.05, 0.25])),
  "queue dropped": (chance, _, blow) => {
    for (let times = chance.between(1, 3); times > 0; times -= 1)
      blow({ type: "drop-queue", queue: chance.of(queues) });
  },
  "process killed": (chance, _, blow) => {
    for (let times = chance.between(1, 3); times > 0; times -= 1) blow({ type: "kill" });
  },
  deployments: (chance, weather, blow) => {
    weather.forgets = 0.3;
    for (let times = chance.between(1, 6); times > 0; times -= 1)
      blow({ type: "deploy", service: chance.of(["ordering", "kitchen", "delivery"] as const), overOld: chance.hits(0.5) }); // prettier-ignore
  },
  "bad deployment": (chance, _, blow) => {
    const [kind, fact] = chance.of(breakable);
    blow({ type: "bad-deploy", kind, fact, ms: chance.of([4, 15, 60]) * minute });
  },
  "alarms late and twice": (chance, weather) => {
    weather.alarmLate = chance.of([5 * second, 3 * minute, 40 * minute]);
    weather.alarmTwice = 0.3;
  },
  "clocks differ": (chance, weather) => (weather.skew = chance.of([500, 5 * second, 4 * minute])),
  "provider down": (chance, _, blow) => blow({ type: "provider-down", ms: chance.of([1, 8, 40]) * minute }),
  "provider unreliable": (chance, weather) => {
    weather.providerSilent = chance.of([0.1, 0.4]);
    weather.providerErrs = chance.of([0.1, 0.3]);
    weather.providerSlow = 0.3;
  },
  "carrier down": (chance, _, blow) =>
    blow({ type: "carrier-down", carriers: chance.of([["bobs-post"], ["bobs-post", "swift"]]), ms: chance.of([10 * minute, 5 * hour, 6 * day]) }), // prettier-ignore
  "own system down": (chance, _, blow) => blow({ type: "webhook-down", ms: chance.of([10 * minute, 6 * hour, 40 * hour]) }), // prettier-ignore
  "pushes down": (chance, _, blow) => blow({ type: "pushes-down", ms: chance.of([10 * minute, 3 * hour]) }),
  "others unreliable": (chance, weather) => {
    weather.outsideSilent = chance.of([0.1, 0.4]);
    weather.outsideErrs = chance.of([0.1, 0.4]);
    weather.outsideSlow = 0.3;
  },
  "database away": (chance, weather, blow) => {
    weather.database = chance.of([0, 0.2]);
    blow({ type: "database-down", ms: chance.of([1, 15]) * minute });
  },
  "consumers die": (chance, weather) => (weather.consumerDies = chance.of([0.1, 0.3])),
  "tablet offline": (chance, _, blow) => blow({ type: "offline", who: "tablet", ms: chance.of([2, 12, 60]) * minute }),
  "drivers offline": (chance, _, blow) =>
    blow({ type: "offline", who: "drivers", ms: chance.of([2, 10, 60]) * minute }),
  "customers offline": (chance, _, blow) =>
    blow({ type: "offline", who: "customers", ms: chance.of([1, 30]) * minute }),
  "objects forgotten": (_, weather) => (weather.forgets = 1),
};

/** The weather of a day: mostly two kinds of faults at once, sometimes none, sometimes four. */
export function forecast(chance: Chance): Forecast {
  const many = chance.of([0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4]);
  const names = chance.some(Object.keys(kinds), many);
  const weather = { ...fair };
  const lasts = chance.of([6, 25, 60]) * minute;
  const blows: Forecast["blows"][number][] = [];
  // Early rather than late, when orders are young.
  for (const name of names) {
    kinds[name]?.(chance, weather, (blow) => blows.push({ at: Math.floor(chance.next() ** 2 * lasts), blow }));
  }
  // On a day without faults nothing has to be said twice.
  if (many === 0) Object.assign(weather, { isFair: true, forgets: 0 });
  return { names, weather, blows, lasts };
}
