import { Session } from "../shared/session.ts";
import { requestToken } from "../shared/tokens.ts";

const guests = new Map<string, Session>();

/** Who this browser is to a tenant: a guest, made when first needed. */
export function guestOf(tenant: string): Session {
  const known =
    guests.get(tenant) ?? new Session(`guest.${tenant}`, () => requestToken({ grant_type: "anonymous", tenant }));
  guests.set(tenant, known);
  return known;
}
