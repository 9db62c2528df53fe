import type { BasketLineInput, Fulfilment } from "../../contracts/basket.ts";
import type { ExpectedBill } from "./expected-bill.ts";
import type { Random } from "./random.ts";
import { within, type Range } from "./random.ts";

/** How long people take, in milliseconds. */
export interface Delays {
  /** From the ticket on the tablet to accepting or rejecting it. */
  readonly accept: Range;
  /** From accepting to ready; the start comes a quarter of the way. */
  readonly cook: Range;
  /** From ready to handed over at the counter. */
  readonly collect: Range;
  /** From an offer on the phone to taking or declining it. */
  readonly think: Range;
  /** From taking it to the venue, and from there to the customer. */
  readonly travel: Range;
  /** From placing to a change of mind. */
  readonly regret: Range;
}

/** Parts of all orders, 0 to 1. */
export interface Shares {
  readonly pickup: number;
  readonly cash: number;
  readonly declinedCard: number;
  readonly cancel: number;
  readonly reject: number;
  /** Of offers. */
  readonly declineOffer: number;
  /** Opened as a basket first, and placed in a second request. */
  readonly basket: number;
  /** Of deliveries: the customer watches the map. */
  readonly follow: number;
  /** Of deliveries: the driver mishears the PIN. */
  readonly wrongPin: number;
  /** Of customers: the connection breaks on the way. */
  readonly cutSocket: number;
  /** Of deliveries: the driver who has it is never heard of again. Left out: of none. */
  readonly dropOut?: number;
  /** Of customers: they leave a mail address. Left out: none does. */
  readonly email?: number;
}

/** What will be ordered, and what it must come to. */
export interface Wanted {
  readonly fulfilment: Fulfilment;
  readonly lines: readonly BasketLineInput[];
  readonly expected: ExpectedBill;
}

/** What everybody will do about one order. Times in milliseconds. */
export interface OrderPlan {
  readonly payment: "card" | "cash" | "declined-card";
  readonly asBasket: boolean;
  readonly cancelAfter: number | null;
  readonly follow: boolean;
  readonly cutSocketAfter: number | null;
  /** Their own, where they leave one. */
  readonly email?: string;
  readonly kitchen: {
    readonly acceptAfter: number;
    readonly rejects: boolean;
    readonly cookFor: number;
    readonly collectAfter: number;
  };
  readonly drivers: {
    /** One for each offer, in the order they come; later ones are taken. */
    readonly declines: readonly boolean[];
    readonly thinkFor: number;
    readonly toVenue: number;
    readonly toCustomer: number;
    readonly wrongPin: boolean;
    /** On which way the first driver is never heard of again; left out where on none. */
    readonly dropsOut?: "fetching" | "bringing";
  };
}

const mostDeclined = 3;

/** Decides everything at once, so that what happens meanwhile cannot change what is decided. */
export function planOrder(random: Random, shares: Shares, delays: Delays): OrderPlan {
  const happens = (share: number) => random() < share;
  const paying = random();
  const payment =
    paying < shares.declinedCard ? "declined-card" : paying < shares.declinedCard + shares.cash ? "cash" : "card";
  const regret = within(delays.regret, random);
  const cut = random() * (delays.accept.to + delays.cook.to);
  const usual: OrderPlan = {
    payment,
    asBasket: happens(shares.basket),
    cancelAfter: happens(shares.cancel) ? regret : null,
    follow: happens(shares.follow),
    cutSocketAfter: happens(shares.cutSocket) ? cut : null,
    kitchen: {
      acceptAfter: within(delays.accept, random),
      rejects: happens(shares.reject),
      cookFor: within(delays.cook, random),
      collectAfter: within(delays.collect, random),
    },
    drivers: {
      declines: Array.from({ length: mostDeclined }, () => happens(shares.declineOffer)),
      thinkFor: within(delays.think, random),
      toVenue: within(delays.travel, random),
      toCustomer: within(delays.travel, random),
      wrongPin: happens(shares.wrongPin),
    },
  };
  // Drawn last: without it every other decision of a seed is as it ever was.
  const writes = shares.email !== undefined && happens(shares.email);
  const plan = writes ? { ...usual, email: `${random().toString(36).slice(2)}@simulated.example` } : usual;
  if (shares.dropOut === undefined || !happens(shares.dropOut)) return plan;
  return { ...plan, drivers: { ...plan.drivers, dropsOut: happens(0.5) ? "fetching" : "bringing" } };
}
