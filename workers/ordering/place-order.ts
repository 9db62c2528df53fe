import type { Basket, Bill, Fulfilment } from "../../contracts/basket.ts";
import type { Checkout } from "../../contracts/order.ts";
import { reachesVenue, type Principal } from "../../contracts/principal.ts";
import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import { durationMs } from "../../contracts/venue.ts";
import type { LocalTime } from "../../domain/menu/availability.ts";
import { demand, type Demand } from "../../domain/menu/demand.ts";
import { loadOf } from "../../domain/menu/load.ts";
import { price } from "../../domain/order/pricing.ts";
import { admit, type VenueSnapshot } from "../../domain/venue/admission.ts";
import { localTime } from "../../domain/venue/local-time.ts";
import type { Answer, Ask } from "../shared/actor.ts";
import { concern } from "../shared/occasion.ts";
import type { OrderingEnv } from "./env.ts";
import { menuAt } from "./menus.ts";
import { keep, snapshotOf } from "./venue-snapshots.ts";

export interface Wanted {
  readonly venue: string;
  readonly fulfilment: Fulfilment;
  readonly lines: Basket;
  readonly checkout: Checkout;
  /** In which the customer is told of it; null, or left out: not known. */
  readonly language?: string | null;
}

/** A venue may change while an order is being priced; more than this often in a moment it does not. */
const mostLooks = 4;

/**
 * Prices the basket on what is known of the venue and places the order, if the venue agrees that this is how it is;
 * otherwise looks again. Nothing of D1 is read once the menu is in memory.
 */
export async function placeOrder(
  env: OrderingEnv,
  principal: Principal,
  id: string,
  wanted: Wanted,
  ask: Ask,
): Promise<Answer | Refusal> {
  const { tenant } = principal;
  const order = env.ORDER.getByName(`${tenant}/${id}`);
  concern(id);
  for (let look = 0; look < mostLooks; look += 1) {
    const venue = await snapshotOf(env, tenant, wanted.venue, "any");
    const ready = await prepare(env, principal, venue, wanted);
    if (isRefusal(ready)) {
      // Perhaps it was placed long ago under the same key; or refused on old news.
      const before = await order.replay(ask);
      if (before !== null) return before;
      const now = await env.VENUE.getByName(`${tenant}/${wanted.venue}`).snapshot();
      keep(tenant, wanted.venue, now);
      if (now.revision === venue.revision) return ready;
      continue;
    }
    const { bill, placed, needs } = ready;
    const placing = { type: "place", ...wanted, order: { ...placed, bill, demand: needs } } as const;
    const { checkout: _, language: __, ...command } = placing;
    const outcome = await order.place(command, needs, venue.revision, ask, principal);
    if (!("moved" in outcome)) return outcome;
    keep(tenant, wanted.venue, outcome.moved);
  }
  return refuse("unavailable", "The venue is changing its menu this very moment. Try again.");
}

async function prepare(env: OrderingEnv, principal: Principal, venue: VenueSnapshot, wanted: Wanted) {
  const { settings } = venue;
  if (settings === null || !maySellAt(principal, wanted.venue)) return noSuchVenue;
  const { checkout, fulfilment, lines, language } = wanted;
  const admission = admit(venue, fulfilment, checkout, Date.now());
  if (isRefusal(admission)) return admission;
  const sale = await billOf(env, principal.tenant, wanted.venue, venue, { fulfilment, lines, local: admission.local });
  if (isRefusal(sale)) return sale;
  if (sale.bill.subtotal < settings.minimumOrder) {
    return refuse(
      "invalid-value",
      `The venue takes orders from ${settings.minimumOrder} (minor units) on; this is ${sale.bill.subtotal}.`,
      [{ pointer: "/lines", detail: "below the minimum order" }],
    );
  }
  const { customer, address, payment, note, table, expectedTotal } = checkout;
  if (expectedTotal !== undefined && expectedTotal !== sale.bill.total) {
    return refuse("conflict", `It comes to ${sale.bill.total} now (minor units), and not to ${expectedTotal}.`, [
      { pointer: "/checkout/expectedTotal", detail: `${sale.bill.total}` },
    ]);
  }
  const placed = {
    code: newCode(),
    customer,
    address,
    payment,
    note,
    ...(table === undefined ? {} : { table }),
    ...(fulfilment !== "delivery" || sale.load === null ? {} : { load: sale.load }),
    pin: String(random(10_000)).padStart(4, "0"),
    ...(typeof language === "string" ? { language } : {}),
    salt: hex(16),
    requestedFor: admission.requestedFor,
    terms: {
      venue: {
        name: settings.name,
        address: settings.address,
        point: settings.point,
        ...(settings.phone === null ? {} : { phone: settings.phone }),
      },
      timeZone: settings.timeZone,
      zone: settings.zone,
      preparationMs: admission.preparationMs,
      answerWithinMs: durationMs(settings.answerWithin),
      cancelWithinMs: durationMs(settings.cancelWithin),
      ...(settings.escalateAfter === undefined ? {} : { escalateAfterMs: settings.escalateAfter.map(durationMs) }),
      ...(settings.channels === undefined ? {} : { channels: settings.channels }),
      ...(venue.endpoints === undefined ? {} : { endpoints: venue.endpoints }),
    },
  };
  return { ...sale, placed };
}

const noSuchVenue = refuse("not-found", "No such venue.");

/** A token that is for some venues orders there only; a guest's is for all. */
export function maySellAt(principal: Principal, venue: string): boolean {
  return reachesVenue(principal, venue);
}

/** The bill of a basket at a venue as the snapshot shows it, and what of the counted stock it needs. */
export async function billOf(
  env: OrderingEnv,
  tenant: string,
  venueId: string,
  venue: VenueSnapshot,
  basket: { fulfilment: Fulfilment; lines: Basket; local?: LocalTime },
): Promise<{ bill: Bill; needs: Demand[]; load: number | null } | Refusal> {
  const { settings, menuVersion } = venue;
  if (settings === null) return noSuchVenue;
  const published = menuVersion === null ? null : await menuAt(env, tenant, venueId, menuVersion);
  if (published === null) return refuse("venue-closed", "The venue has no menu yet.");
  const { menu } = published;
  const bill = price(menu, basket.lines, {
    fulfilment: basket.fulfilment,
    deliveryFee: settings.deliveryFee,
    soldOut: new Set(venue.soldOut),
    local: basket.local ?? localTime(Date.now(), settings.timeZone),
  });
  if (isRefusal(bill)) return bill;
  // The crew may count what the menu does not, and stop counting what it does.
  const tracked = Object.fromEntries(venue.counted.map((key) => [key, 0]));
  return { bill, needs: demand({ ...menu, tracked }, basket.lines), load: loadOf(menu, basket.lines) };
}

/** Two letters and two digits, none of them easily misheard or misread: "KT47". */
function newCode(): string {
  const letters = "ABCDEFGHKLMNPRSTUVXYZ";
  const digits = "23456789";
  return [letters, letters, digits, digits].map((from) => from[random(from.length)]).join("");
}

function hex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
}

function random(below: number): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value % below;
}
