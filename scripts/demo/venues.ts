import type { z } from "zod";

import type { VenueSettings } from "../../contracts/venue.ts";

/** The three venues of the tenant `demo`: one zone, so that one driver serves them all; always open, so that a newcomer finds them so at any hour. */
export const demoVenues: Record<string, z.input<typeof VenueSettings>> = {
  "demo-1": {
    name: "Tasca da Esquina",
    timeZone: "Europe/Berlin",
    address: "Oderberger Straße 12, 10435 Berlin",
    point: { lat: 52.5411, lng: 13.4089 },
    phone: "+493012345601",
    fulfilments: ["pickup", "delivery", "dine-in"],
    preparation: "PT25M",
    deliveryFee: 290,
    deliveryRadius: 5_000,
    minimumOrder: 0,
  },
  "demo-2": {
    name: "Ramen Nordlicht",
    timeZone: "Europe/Berlin",
    address: "Kastanienallee 77, 10435 Berlin",
    point: { lat: 52.5374, lng: 13.4096 },
    phone: "+493012345602",
    preparation: "PT15M",
    deliveryFee: 190,
    deliveryRadius: 4_000,
    minimumOrder: 0,
  },
  "demo-3": {
    name: "Route Six Burgers",
    timeZone: "Europe/Berlin",
    address: "Torstraße 140, 10119 Berlin",
    point: { lat: 52.5299, lng: 13.4008 },
    phone: "+493012345603",
    preparation: "PT12M",
    deliveryFee: 399,
    deliveryRadius: 6_000,
    minimumOrder: 0,
  },
};
