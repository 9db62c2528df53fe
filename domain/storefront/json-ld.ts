import { type CompiledMenu, type Diet, type Hours, type Item, textIn } from "../../contracts/menu.ts";
import { decimal } from "../../contracts/money.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { entry } from "../menu/compile.ts";
import type { Dish, Section } from "./sections.ts";

const diets: Partial<Record<Diet, string>> = {
  vegetarian: "VegetarianDiet",
  vegan: "VeganDiet",
  halal: "HalalDiet",
  kosher: "KosherDiet",
  "gluten-free": "GlutenFreeDiet",
  "lactose-free": "LowLactoseDiet",
};
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export interface Sold {
  readonly venue: VenueView;
  readonly menu: CompiledMenu;
  readonly sections: readonly Section[];
  /** Of the names: those preferred. */
  readonly languages: readonly string[];
  /** Absolute, of the page and of the picture that is shared with it. */
  readonly url: string;
  readonly image: string;
}

/** The venue and its menu in the words of schema.org, for whoever reads pages by program. */
export function jsonLdOf({ venue, menu, sections, languages, url, image }: Sold): object {
  const { name, address, phone, point, hours, fulfilments } = venue.settings;
  const opening = [...new Set(fulfilments.flatMap((way) => hours[way]).map((each) => JSON.stringify(each)))];
  return {
    "@context": "https://schema.org",
    "@type": "Restaurant",
    "@id": url,
    url,
    name,
    image,
    address,
    ...(phone === null ? {} : { telephone: phone }),
    ...(point === null ? {} : { geo: { "@type": "GeoCoordinates", latitude: point.lat, longitude: point.lng } }),
    ...(opening.length === 0
      ? {}
      : { openingHoursSpecification: opening.map((each) => openingOf(JSON.parse(each) as Hours)) }),
    currenciesAccepted: menu.currency,
    potentialAction: { "@type": "OrderAction", target: url },
    hasMenu: {
      "@type": "Menu",
      inLanguage: menu.languages,
      hasMenuSection: sections.map(({ category, dishes }) => ({
        "@type": "MenuSection",
        name: textIn(category.name, languages),
        ...(category.description === null ? {} : { description: textIn(category.description, languages) }),
        hasMenuItem: dishes.map((dish) => itemOf(dish, menu, languages)),
      })),
    },
  };
}

function itemOf({ item, gone }: Dish, menu: CompiledMenu, languages: readonly string[]): object {
  const suitable = item.diet.flatMap((diet) => diets[diet] ?? []);
  const addOns = item.groups.flatMap((id) => entry(menu.groups, id) ?? []);
  return {
    "@type": "MenuItem",
    name: textIn(item.name, languages),
    ...(item.description === null ? {} : { description: textIn(item.description, languages) }),
    ...(suitable.length === 0 ? {} : { suitableForDiet: suitable.map((diet) => `https://schema.org/${diet}`) }),
    ...(addOns.length === 0
      ? {}
      : { menuAddOn: addOns.map(({ name }) => ({ "@type": "MenuSection", name: textIn(name, languages) })) }),
    offers: offersOf(item, menu.currency, languages, gone === "soldOut"),
  };
}

function offersOf(item: Item, currency: string, languages: readonly string[], soldOut: boolean): object[] {
  const offer = (price: number, isLeft: boolean) => ({
    "@type": "Offer",
    price: decimal(price, currency),
    priceCurrency: currency,
    availability: `https://schema.org/${isLeft && !soldOut ? "InStock" : "SoldOut"}`,
  });
  if (item.variations.length === 0) return [offer(item.price ?? 0, item.available)];
  return item.variations.map(({ name, price, available }) => ({
    ...offer(price, available),
    name: textIn(name, languages),
  }));
}

function openingOf({ weekdays: days, from, until }: Hours): object {
  return {
    "@type": "OpeningHoursSpecification",
    dayOfWeek: days.map((day) => weekdays[day - 1]),
    opens: from,
    closes: until === "24:00" ? "00:00" : until,
  };
}
