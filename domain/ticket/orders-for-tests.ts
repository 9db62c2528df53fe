import { addressOf, type Address } from "../../contracts/address.ts";
import { facts, type Fact, type FactType, type TicketOrder } from "../../contracts/events.ts";
import type { OrderId } from "../../contracts/ids.ts";

/** Order number `number`, as ids go. */
export function orderId(number: number): OrderId {
  return `ord_${String(number).padStart(26, "0")}`;
}

export function senderOf(order: OrderId): Address {
  return addressOf("order", "demo", order);
}

/** A fact that has been through a queue: parsed as it would be on arrival. */
export function wire(type: FactType, data: object): Fact {
  return { type, data: facts[type].parse(JSON.parse(JSON.stringify(data))) } as Fact;
}

/** A Margherita without basil and two lemonades, placed at `now` (epoch ms). */
export function ordered(number: number, now: number): TicketOrder {
  return {
    order: orderId(number),
    venue: "demo-1",
    code: `A${number}`,
    fulfilment: "pickup",
    customer: "Ada Lovelace",
    lines: [
      {
        item: "margherita",
        name: { en: "Margherita", it: "Margherita" },
        variation: { id: "large", name: { en: "Large" } },
        quantity: 1,
        unit: 1_150,
        options: [
          {
            group: "extras",
            option: "buffalo",
            name: { en: "Buffalo mozzarella" },
            quantity: 1,
            unit: 250,
            taxClass: "food",
            allergens: ["milk"],
            options: [],
          },
        ],
        total: 1_400,
        taxClass: "food",
        allergens: ["gluten", "milk"],
        note: "no basil",
      },
      {
        item: "lemonade",
        name: { en: "Lemonade" },
        variation: null,
        quantity: 2,
        unit: 350,
        options: [],
        total: 700,
        taxClass: "drinks",
        allergens: [],
        note: null,
      },
    ],
    placedAt: now,
    requestedFor: null,
    answerBy: now + 5 * 60_000,
    suggestedReadyAt: now + 25 * 60_000,
  };
}
