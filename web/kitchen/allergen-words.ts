import type { Allergen } from "../../contracts/menu.ts";

export const allergensInEnglish: Readonly<Record<Allergen, string>> = {
  gluten: "gluten",
  crustaceans: "crustaceans",
  eggs: "egg",
  fish: "fish",
  peanuts: "peanut",
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
  peanuts: "Erdnuss",
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
