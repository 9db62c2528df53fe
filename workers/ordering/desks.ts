import { parseAddress, type Address } from "../../contracts/address.ts";
import type { Desk } from "../../contracts/desk.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import { OwnDesk } from "../shared/desk.ts";
import type { OrderingEnv } from "./env.ts";

/** Whom to ask about an actor; null about the read model, which is none. */
export function deskFor(env: OrderingEnv, address: Address): Desk | null {
  switch (parseAddress(address).service) {
    case "ordering":
      return new OwnDesk({ order: env.ORDER, venue: env.VENUE, endpoint: env.ENDPOINT });
    case "kitchen":
      return env.KITCHEN;
    case "delivery":
      return env.DELIVERY;
    case "outlet":
      return null;
  }
}

/** The queue by which a fact reaches its receiver. */
export function queueTo(env: OrderingEnv, { to }: Envelope): Queue {
  switch (parseAddress(to).service) {
    case "ordering":
      return env.ORDERING_INBOX;
    case "kitchen":
      return env.KITCHEN_INBOX;
    case "delivery":
      return env.DELIVERY_INBOX;
    case "outlet":
      return env.OUTLET;
  }
}
