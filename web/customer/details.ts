import { z } from "zod";
import type { Fulfilment } from "../../contracts/basket.ts";
import { Point } from "../../contracts/events.ts";

/** What a guest types at the checkout, as typed; kept in the browser for the next time. */
export const Details = z.object({
  name: z.string(),
  phone: z.string(),
  line1: z.string(),
  line2: z.string(),
  postcode: z.string(),
  city: z.string(),
  addressNote: z.string(),
  note: z.string(),
  /** Where the address is, where the guest has let the browser say so. */
  point: Point.nullable().default(null),
});
export type Details = z.infer<typeof Details>;

export const noDetails: Details = {
  name: "", phone: "", line1: "", line2: "", postcode: "", city: "", addressNote: "", note: "", point: null,
}; // prettier-ignore

/** The checkout they make, without the payment: what was left empty is null, a phone in E.164. */
export function checkoutOf(details: Details, fulfilment: Fulfilment) {
  const { name, phone, line1, line2, postcode, city, addressNote, note, point } = details;
  return {
    customer: { name, phone: phoneOf(phone) },
    address:
      fulfilment === "delivery"
        ? {
            line1,
            line2: given(line2),
            postcode: given(postcode),
            city: given(city),
            note: given(addressNote),
            ...point,
          }
        : null,
    note: given(note),
  };
}

/** "0049 (30) 123-45" and "+49 30 12345" are the same number. */
export function phoneOf(typed: string): string | null {
  return given(typed.replaceAll(/[^\d+]/g, "").replace(/^00/, "+"));
}

function given(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** What is typed into a field; a position is that of one address, and of no other. */
export function typed(details: Details, name: Exclude<keyof Details, "point">, text: string): Details {
  const moved = name === "line1" || name === "postcode" || name === "city";
  return { ...details, [name]: text, ...(moved ? { point: null } : {}) };
}
