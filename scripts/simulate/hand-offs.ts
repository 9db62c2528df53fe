/** Moments of an order as its parties live them: a command being sent, or news of it arriving at another's screen. */
export type Moment =
  | "tapped" | "shown" | "seen-sent" | "customer:seen"
  | "accept" | "customer:accepted" | "start" | "customer:preparing" | "ready" | "customer:ready" | "driver:ready"
  | "reject" | "customer:rejected" | "cancel" | "tablet:withdrawn" | "handover" | "customer:collected"
  | "driver:offered" | "take" | "driver:task" | "customer:driver-assigned" | "tablet:driver"
  | "arrive" | "customer:driver-arrived" | "tablet:arrived" | "pickup" | "customer:picked-up" | "tablet:picked-up"
  | "deliver" | "customer:delivered"; // prettier-ignore

/**
 * Every way news travels: from the moment a command is sent to the moment another party's socket shows it. The last two
 * are how long people wait.
 */
export const handOffs = {
  shown: ["tapped", "shown"],
  seenToCustomer: ["seen-sent", "customer:seen"],
  acceptToCustomer: ["accept", "customer:accepted"],
  acceptToOffer: ["accept", "driver:offered"],
  startToCustomer: ["start", "customer:preparing"],
  readyToCustomer: ["ready", "customer:ready"],
  readyToDriver: ["ready", "driver:ready"],
  rejectToCustomer: ["reject", "customer:rejected"],
  cancelToTablet: ["cancel", "tablet:withdrawn"],
  takeToTask: ["take", "driver:task"],
  takeToCustomer: ["take", "customer:driver-assigned"],
  takeToTablet: ["take", "tablet:driver"],
  arriveToCustomer: ["arrive", "customer:driver-arrived"],
  arriveToTablet: ["arrive", "tablet:arrived"],
  pickupToCustomer: ["pickup", "customer:picked-up"],
  pickupToTablet: ["pickup", "tablet:picked-up"],
  deliverToCustomer: ["deliver", "customer:delivered"],
  handoverToCustomer: ["handover", "customer:collected"],
  clickToDoor: ["tapped", "customer:delivered"],
  readyToPickup: ["ready", "pickup"],
} as const satisfies Record<string, readonly [Moment, Moment]>;

const arrivals: ReadonlyMap<Moment, readonly (readonly [string, readonly [Moment, Moment]])[]> = Map.groupBy(
  Object.entries(handOffs),
  ([, [, to]]): Moment => to,
);

/** The moments of one order, each the first time it comes. */
export class Moments {
  readonly #at = new Map<Moment, number>();
  readonly #arrived: (handOff: string, ms: number) => void;

  constructor(arrived: (handOff: string, ms: number) => void) {
    this.#arrived = arrived;
  }

  /** `now` in milliseconds of a monotonic clock. */
  note(moment: Moment, now: number): void {
    if (this.#at.has(moment)) return;
    this.#at.set(moment, now);
    for (const [handOff, [from]] of arrivals.get(moment) ?? []) {
      const began = this.#at.get(from);
      if (began !== undefined) this.#arrived(handOff, now - began);
    }
  }

  has(moment: Moment): boolean {
    return this.#at.has(moment);
  }
}
