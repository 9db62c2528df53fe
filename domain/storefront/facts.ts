import type { Allergen, Diet } from "../../contracts/menu.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { durationMs } from "../../contracts/venue.ts";
import { localTime } from "../venue/local-time.ts";
import type { Formats } from "./formats.ts";
import { openingAt } from "./opening.ts";
import type { StorefrontWords } from "./words.ts";

/** What a venue is asked first, in a few words each. */
export interface Facts {
  readonly opening: string;
  readonly isOpen: boolean;
  /** How long food takes, what delivery costs, how small an order may be. */
  readonly more: readonly string[];
}

/** How long food takes here now, in milliseconds. */
export function preparationMs({ settings, busyMinutes }: VenueView): number {
  return durationMs(settings.preparation) + busyMinutes * 60_000;
}

/** `currency` null where no menu says it: then no amount is named. `now` is epoch ms. */
export function factsOf(
  venue: VenueView,
  currency: string | null,
  now: number,
  formats: Formats,
  t: StorefrontWords,
): Facts {
  const { settings } = venue;
  const opening = openingAt(settings, localTime(now, settings.timeZone));
  const more = opening.isOpen && venue.paused === null ? [t.readyIn(formats.minutes(preparationMs(venue)))] : [];
  if (currency !== null && settings.fulfilments.includes("delivery")) {
    const { deliveryFee } = settings;
    more.push(deliveryFee === 0 ? t.freeDelivery : t.deliveryFor(formats.money(deliveryFee, currency)));
  }
  if (currency !== null && settings.minimumOrder > 0) {
    more.push(t.minimumOf(formats.money(settings.minimumOrder, currency)));
  }
  return { opening: formats.opening(opening, t), isOpen: opening.isOpen, more };
}

/** What stands below a dish: what it suits, and what it is said to contain. */
export function dishNotes(
  { diet, allergens }: { readonly diet: readonly Diet[]; readonly allergens: readonly Allergen[] },
  t: StorefrontWords,
): { readonly diet: string; readonly allergens: string } {
  return {
    diet: diet.map((one) => t.diets[one]).join(" · "),
    allergens: allergens.length === 0 ? "" : `${t.contains} ${allergens.map((one) => t.allergens[one]).join(", ")}`,
  };
}
