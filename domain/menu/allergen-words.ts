import type { Allergen } from "../../contracts/menu.ts";

/** As they stand in the middle of a sentence. */
export const allergensInEnglish: Readonly<Record<Allergen, string>> = {
  gluten: "gluten",
  crustaceans: "crustaceans",
  eggs: "eggs",
  fish: "fish",
  peanuts: "peanuts",
  soybeans: "soy",
  milk: "milk",
  nuts: "nuts",
  celery: "celery",
  mustard: "mustard",
  sesame: "sesame",
  sulphites: "sulphites",
  lupin: "lupin",
  molluscs: "molluscs",
};

export const allergensInGerman: Readonly<Record<Allergen, string>> = {
  gluten: "Gluten",
  crustaceans: "Krebstiere",
  eggs: "Ei",
  fish: "Fisch",
  peanuts: "Erdnüsse",
  soybeans: "Soja",
  milk: "Milch",
  nuts: "Nüsse",
  celery: "Sellerie",
  mustard: "Senf",
  sesame: "Sesam",
  sulphites: "Sulfite",
  lupin: "Lupine",
  molluscs: "Weichtiere",
};
