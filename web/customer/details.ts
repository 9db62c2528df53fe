import { z } from "zod";
import type { Fulfilment } from "../../contracts/basket.ts";
import { Point } from "../../contracts/point.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { CheckoutWords } from "./words-checkout.ts";

/** What a guest types at the checkout, as typed; kept in the browser for the next time. */
export const Details = z.object({
  name: z.string(),
  phone: z.string(),
  email: z.string().default(""),
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
/** Under which they are kept. */
export const detailsName = "comanda.details";
export type DetailName = Exclude<keyof Details, "point">;

export const noDetails: Details = {
  name: "", phone: "", email: "", line1: "", line2: "", postcode: "", city: "", addressNote: "", note: "", point: null,
}; // prettier-ignore

/** The checkout they make, without the payment: what was left empty is null, a phone in E.164. */
export function checkoutOf(details: Details, fulfilment: Fulfilment) {
  const { name, phone, email, line1, line2, postcode, city, addressNote, note, point } = details;
  return {
    customer: { name: name.trim(), phone: phoneOf(phone), email: given(email) },
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

/** What is wrong with what was typed, in words, by field. */
export type Faults = Partial<Record<DetailName, string>>;

/** In the order of the form. */
const needed = { pickup: ["name"], "dine-in": ["name"], delivery: ["name", "phone", "line1", "city"] } as const;

export function faultsIn(details: Details, fulfilment: Fulfilment, t: CheckoutWords): Faults {
  const faults: Faults = {};
  for (const name of needed[fulfilment]) if (details[name].trim() === "") faults[name] = t.missing[name];
  const phone = phoneOf(details.phone);
  if (phone !== null && !/^\+[1-9]\d{6,14}$/.test(phone)) faults.phone = t.wrong.phone;
  const email = given(details.email);
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) faults.email = t.wrong.email;
  return faults;
}

const pointers: Readonly<Record<string, DetailName>> = {
  "/checkout/customer/name": "name",
  "/checkout/customer/phone": "phone",
  "/checkout/customer/email": "email",
  "/checkout/address/line1": "line1",
  "/checkout/address/line2": "line2",
  "/checkout/address/postcode": "postcode",
  "/checkout/address/city": "city",
  "/checkout/address/note": "addressNote",
  "/checkout/note": "note",
};

/** What the server has found wrong, at the fields it points at. */
export function faultsOf({ errors = [] }: Problem): Faults {
  return Object.fromEntries(
    errors.flatMap(({ pointer, detail }) => {
      const name = pointers[pointer];
      return name === undefined ? [] : [[name, detail]];
    }),
  );
}

function given(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** What is typed into a field; a position is that of one address, and of no other. */
export function typed(details: Details, name: DetailName, text: string): Details {
  const moved = name === "line1" || name === "postcode" || name === "city";
  return { ...details, [name]: text, ...(moved ? { point: null } : {}) };
}
