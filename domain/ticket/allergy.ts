import type { Allergen } from "../../contracts/menu.ts";

/** Words people write of an allergy, in the languages orders come in. */
const warning = new RegExp(
  [
    "all?[eé]r[gj]|anaphyla|anafila|intoleran|unverträglich|zöliak|coeliac|celiac|celíac|cœliaque|çölyak|uczul",
    "аллерг|алерг|αλλεργ|אלרג|רגיש|حساسي|حساسه|تحسس|آلرژ|الرجي",
    "过敏|過敏|アレルギ|알레르|알러지|แพ้|dị ứng|एलर्ज|অ্যালার্জ|ஒவ்வாமை",
  ].join("|"),
  "iu",
);

/** Whether a wish speaks of an allergy. What is taken for one too often is read once more; what is missed may kill. */
export function speaksOfAllergy(wish: string): boolean {
  return warning.test(wish);
}

const words: Readonly<Record<Allergen, string>> = {
  gluten: "gluten|wheat|weizen|zöliak|coeliac|celiac|blé|trigo|glutine|barley|rye|roggen|gerste",
  crustaceans: "crustacean|shrimp|prawn|crab|lobster|krebs|garnele|hummer|shellfish|marisco|crevette|gamba",
  eggs: "egg|ei(?!\\p{L})|eier|œuf|oeuf|huevo|ovo|uovo|uova",
  fish: "fish|fisch|poisson|pescado|peixe|pesce",
  peanuts: "peanut|erdnuss|erdnüss|cacahu|amendoim|arachid",
  soybeans: "soy|soja|soia",
  milk: "milk|milch|dairy|lactose|laktose|lait|leche|leite|latte|cheese|käse",
  nuts: "nut(?!meg)|nuss|nüss|almond|mandel|hazelnut|haselnuss|walnut|walnuss|cashew|pistach|noix|nuez|nueces|noz|noci",
  celery: "celery|sellerie|céleri|apio|aipo|sedano",
  mustard: "mustard|senf|moutarde|mostaza|mostarda|senape",
  sesame: "sesam|sésam|sésamo|sesamo|tahini",
  sulphites: "sulphite|sulfite|sulfit|sulfito|solfiti",
  lupin: "lupin",
  molluscs: "mollusc|mollusk|mussel|muschel|oyster|auster|squid|tintenfisch|octopus|shellfish|moule|molusco",
};

const patterns = Object.entries(words).map(
  ([allergen, pattern]) => [allergen, new RegExp(`(?<!\\p{L})(?:${pattern})`, "iu")] as const,
);

/** The allergens a wish names, so that the dishes that hold them can be marked. */
export function allergensNamed(wish: string): Allergen[] {
  return patterns.flatMap(([allergen, pattern]) => (pattern.test(wish) && isAllergen(allergen) ? [allergen] : []));
}

function isAllergen(name: string): name is Allergen {
  return Object.hasOwn(words, name);
}
