import { wordsOf } from "../shared/language.ts";

const english = {
  what: "Order food, cook it, bring it.",
  order: "Hungry?",
  another: "Another restaurant",
  show: "Show its menus",
  work: "At work?",
  roles: {
    kitchen: { name: "Kitchen", what: "The tablet over the stove" },
    driver: { name: "Driver", what: "The phone that brings the food" },
    admin: { name: "Admin", what: "Orders, menus, figures, devices" },
  },
  api: "For programs: the API",
};

const german: typeof english = {
  what: "Essen bestellen, kochen, bringen.",
  order: "Hungrig?",
  another: "Ein anderes Restaurant",
  show: "Karten zeigen",
  work: "Bei der Arbeit?",
  roles: {
    kitchen: { name: "Küche", what: "Das Tablet über dem Herd" },
    driver: { name: "Liefern", what: "Das Telefon, das Essen bringt" },
    admin: { name: "Verwaltung", what: "Bestellungen, Karten, Zahlen, Geräte" },
  },
  api: "Für Programme: die API",
};

export const words = wordsOf({ en: english, de: german });
