import type { MenuKey } from "../../contracts/ids.ts";
import type { Allergen, Diet, Hours, Language, TaxClass, Text } from "../../contracts/menu.ts";
import type { Currency, Minor } from "../../contracts/money.ts";

/**
 * A menu as an importer read it: every value is of its type, every part knows where it stood in the source, and nothing
 * yet fits together. Texts may be empty, ids may be missing, repeated or point nowhere. `settle` makes a menu of it.
 */
export interface Draft {
  readonly currency: Currency;
  readonly languages: readonly Language[];
  readonly tax: DraftTax;
  readonly categories: readonly DraftCategory[];
  readonly items: readonly DraftItem[];
  readonly groups: readonly DraftGroup[];
}

/**
 * `says` is how much of this stood in the source: nothing, so that it is assumed; rates of single items (CSV); taxes, and
 * whether prices include them (Square); or all of it, as Comanda's own files do.
 */
export interface DraftTax {
  readonly inclusive: boolean;
  readonly classes: readonly TaxClass[];
  readonly says: "nothing" | "rates" | "taxes" | "all";
}

/** Names another part by its id. */
export interface DraftReference {
  readonly path: string;
  readonly id: MenuKey;
}

interface DraftPart {
  readonly path: string;
  readonly id: MenuKey | null;
  readonly name: Text;
}

interface DraftSellable extends DraftPart {
  readonly available: boolean;
  readonly stock: number | null;
}

export interface DraftVariation extends DraftSellable {
  readonly price: Minor;
  readonly groups: readonly DraftReference[];
  readonly load?: number;
}

export interface DraftOption extends DraftSellable {
  readonly price: Minor;
  readonly priceByVariation: Readonly<Record<MenuKey, Minor>>;
  readonly maximum: number;
  readonly default: boolean;
  readonly groups: readonly DraftReference[];
  readonly allergens: Allergen[];
  readonly taxClass: MenuKey | null;
}

/** `lost` counts options that stood in the source and could not be read. `maximum` null: as many as there are. */
export interface DraftGroup extends DraftPart {
  readonly minimum: number;
  readonly maximum: number | null;
  readonly options: readonly DraftOption[];
  readonly lost: number;
}

/** `lost` counts variations that stood in the source and could not be read. */
export interface DraftItem extends DraftSellable {
  readonly description: Text;
  readonly photo: string | null;
  readonly price: Minor | null;
  readonly variations: readonly DraftVariation[];
  readonly lost: number;
  readonly groups: readonly DraftReference[];
  readonly allergens: Allergen[];
  readonly diet: Diet[];
  readonly taxClass: MenuKey | null;
  readonly hours: Hours[];
  readonly station?: string;
  readonly load?: number;
}

/** Holds its items themselves, not their ids: two items of one id are told apart by where they stand. */
export interface DraftCategory extends DraftPart {
  readonly description: Text;
  readonly items: readonly DraftItem[];
  readonly hours: Hours[];
  readonly station?: string;
}
