import type { BasketLine, Fulfilment } from "../../contracts/basket.ts";
import type { OrderView } from "../../contracts/order.ts";

/** What is noted while somebody is on the phone. */
export interface PhoneOrder {
  readonly phone: string;
  readonly name: string;
  readonly email: string;
  readonly fulfilment: Fulfilment;
  readonly lines: readonly BasketLine[];
  readonly line1: string;
  readonly line2: string;
  readonly postcode: string;
  readonly city: string;
  readonly addressNote: string;
  readonly table: string;
  readonly note: string;
  /** Epoch ms; null for as soon as possible. */
  readonly requestedFor: number | null;
  readonly method: "cash" | "card";
}

export const noOrder: PhoneOrder = {
  phone: "", name: "", email: "", fulfilment: "pickup", lines: [], line1: "", line2: "", postcode: "", city: "",
  addressNote: "", table: "", note: "", requestedFor: null, method: "cash",
}; // prettier-ignore

/** "0049 (30) 123-45" and "+49 30 12345" are the same number; null where nothing was typed. */
export function phoneOf(typed: string): string | null {
  const digits = typed.replaceAll(/[^\d+]/g, "").replace(/^00/, "+");
  return digits === "" ? null : digits;
}

/** What lacks before it can be placed, by field. */
export function lacking(order: PhoneOrder): (keyof PhoneOrder)[] {
  const lacks: (keyof PhoneOrder)[] = [];
  if (order.lines.length === 0) lacks.push("lines");
  if (order.name.trim() === "") lacks.push("name");
  const phone = phoneOf(order.phone);
  if (phone === null ? order.fulfilment === "delivery" : !/^\+[1-9]\d{6,14}$/.test(phone)) lacks.push("phone");
  if (order.fulfilment === "delivery" && order.line1.trim() === "") lacks.push("line1");
  return lacks;
}

/** The body of the order; a card's token is put in by who has it. */
export function bodyOf(order: PhoneOrder, venue: string, token: string | null) {
  const given = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  const { fulfilment, lines, requestedFor } = order;
  return {
    venue,
    fulfilment,
    lines: [...lines],
    checkout: {
      customer: { name: order.name.trim(), phone: phoneOf(order.phone), email: given(order.email) },
      payment: token === null ? { method: "cash" } : { method: "card", token },
      address:
        fulfilment === "delivery"
          ? {
              line1: order.line1.trim(),
              line2: given(order.line2),
              postcode: given(order.postcode),
              city: given(order.city),
              note: given(order.addressNote),
            }
          : null,
      requestedFor: requestedFor === null ? null : new Date(requestedFor).toISOString(),
      note: given(order.note),
      ...(fulfilment === "dine-in" && order.table.trim() !== "" ? { table: order.table.trim() } : {}),
    },
  };
}

/** Who it was and where they live, as they said it the last time. */
export function callerOf({ customer, address }: OrderView): Partial<PhoneOrder> {
  return {
    ...(customer === null ? {} : { name: customer.name, email: customer.email ?? "" }),
    ...(address === null
      ? {}
      : {
          fulfilment: "delivery" as const,
          line1: address.line1,
          line2: address.line2 ?? "",
          postcode: address.postcode ?? "",
          city: address.city ?? "",
          addressNote: address.note ?? "",
        }),
  };
}

/** Adds a line; the same thing chosen the same way joins the line that is there. */
export function withLine(lines: readonly BasketLine[], line: BasketLine): BasketLine[] {
  const keyOf = ({ item, variation = "", options, note = "" }: BasketLine) =>
    JSON.stringify([item, variation, options, note]);
  const at = lines.findIndex((known) => keyOf(known) === keyOf(line) && known.quantity + line.quantity <= 99);
  if (at < 0) return [...lines, line];
  return lines.map((known, place) => (place === at ? { ...known, quantity: known.quantity + line.quantity } : known));
}
