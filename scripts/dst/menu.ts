import { MenuDocument } from "../../contracts/menu.ts";
import { VenueSettings } from "../../contracts/venue.ts";

/** So many portions there are at first of what is counted. */
export const counted = { clams: 5, wine: 3 } as const;

const food = { en: "Food" };

/** The venue's menu; the second version costs more, so that whoever knows the first must look again. */
export function menuOf(version: 1 | 2): MenuDocument {
  return (menus[version] ??= made(version));
}

const menus: Partial<Record<1 | 2, MenuDocument>> = {};

function made(version: 1 | 2): MenuDocument {
  const more = version === 1 ? 0 : 50;
  return MenuDocument.parse({
    comanda: "menu/1",
    currency: "EUR",
    languages: ["en"],
    tax: { inclusive: true, classes: [{ id: "food", name: food, ratePpm: 130_000 }] },
    categories: [{ id: "all", name: food, items: ["clams", "wine", "soup"] }],
    items: [
      { id: "clams", name: { en: "Clams" }, price: 1_400 + more, stock: counted.clams },
      { id: "wine", name: { en: "Wine" }, price: 900 + more, stock: counted.wine },
      { id: "soup", name: { en: "Soup" }, price: 500 + more },
    ],
  });
}

/** What a venue at this place decides for itself; `channels` null: its own drivers bring everything. */
export function settingsOf(
  point: { readonly lat: number; readonly lng: number },
  channels: readonly string[] | null,
  zone: string,
): VenueSettings {
  return VenueSettings.parse({
    name: "Tasca",
    timeZone: "Europe/Lisbon",
    address: "Rua da Esquina 1",
    point,
    zone,
    cancelWithin: "PT30M",
    deliveryFee: 250,
    ...(channels === null ? {} : { channels }),
  });
}
