import type { Address } from "../../contracts/address.ts";
import type { Rules } from "../../contracts/rules.ts";
import { deadlines } from "./deadlines.ts";
import { decide } from "./decide.ts";
import type { OrderCommand, OrderEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { nothing, type Order } from "./order.ts";
import { effectsFor, publishFor } from "./publish.ts";
import { react } from "./react.ts";

/** The rules of the order at this address. */
export function orderRules(self: Address): Rules<Order, OrderCommand, OrderEvent> {
  return {
    initial: nothing,
    decide,
    evolve,
    react,
    publish: publishFor(self),
    effects: effectsFor(self),
    deadlines,
    timeout: (deadline) => ({ type: "time-out", deadline }),
  };
}
