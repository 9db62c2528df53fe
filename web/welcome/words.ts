import { wordsOf } from "../shared/language.ts";

const english = {
  what: "Order food, cook it, bring it.",
  order: "Hungry?",
  another: "Another restaurant",
  show: "Show its menus",
  roles: {
    kitchen: { name: "Kitchen", what: "The tablet with the tickets" },
    driver: { name: "Driver", what: "The phone that brings the food" },
    admin: { name: "Admin", what: "Lets tablets and phones in" },
  },
  api: "For programs: the API",
};

const german: typeof english = {
  what: "Essen bestellen, kochen, bringen.",
  order: "Hungrig?",
  another: "Ein anderes Restaurant",
  show: "Karten zeigen",
  roles: {
    kitchen: { name: "Küche", what: "Das Tablet mit den Bons" },
    driver: { name: "Liefern", what: "Das Telefon, das Essen bringt" },
    admin: { name: "Verwaltung", what: "Lässt Tablets und Telefone zu" },
  },
  api: "Für Programme: die API",
};

export const words = wordsOf({ en: english, de: german });
