import { storefrontWords } from "../../domain/storefront/words.ts";
import { wordsOf } from "../shared/language.ts";
import { german } from "./words-de.ts";

/** What the menu, a dish and the order as it grows say; the checkout and the order's page have words of their own. */
const english = {
  ...storefrontWords.en,
  noVenues: "There is no restaurant at this address.",
  noVenuesMore: "Please check the link.",
  underway: (count: number) => (count === 1 ? "1 under way" : `${count} under way`),
  nothingFound: (typed: string) => `Nothing here is called “${typed}”.`,
  nothingSuits: "Nothing on this menu fits your filter.",
  found: (count: number) => (count === 1 ? "1 dish" : `${count} dishes`),
  filterTitle: "Diet and allergens",
  filterDiets: "Only dishes that are",
  filterDietsHint: "As the restaurant marks them. What it does not mark is left out.",
  filterWithout: "Leave out dishes with",
  filterUnstated: (count: number) =>
    count === 1
      ? "The restaurant states no allergens for 1 dish. It may contain anything."
      : `The restaurant states no allergens for ${count} dishes. They may contain anything.`,
  filterHideUnstated: "Leave these out as well",
  filterShow: (count: number) => (count === 1 ? "Show 1 dish" : `Show ${count} dishes`),
  filterClear: "Clear the filter",
  filterOn: (what: string) => `Filter: ${what}`,
  without: (what: string) => `without ${what}`,
  unstated: "Allergens not stated",
  unstatedMore: "The restaurant does not say which allergens are in it. If it matters to you, ask before you order.",
  avoid: (what: string) => `with ${what}`,
  size: "Size",
  choose: (count: number) => `Choose ${count}`,
  chooseUpTo: (count: number) => `Choose up to ${count}`,
  chooseFrom: (least: number, most: number) => `Choose ${least} to ${most}`,
  required: "Required",
  stillNeeded: (group: string) => `Please choose: ${group}`,
  note: "A wish for the kitchen",
  notePlaceholder: "No onions, cut in half …",
  fewer: "One fewer",
  more: "One more",
  quantity: "Quantity",
  addFor: (price: string) => `Add · ${price}`,
  changeFor: (price: string) => `Save · ${price}`,
  removeLine: "Take it out",
  edit: "Change",
  viewBasket: "View order",
  pieces: (count: number) => (count === 1 ? "1 item" : `${count} items`),
  subtotal: "Subtotal",
  fee: "Delivery",
  total: "Total",
  taxIncluded: (rate: string) => `incl. ${rate} tax`,
  taxAdded: (rate: string) => `${rate} tax`,
  minimum: (amount: string) => `Orders here begin at ${amount}.`,
  changed: (dishes: string) => `Something in your order cannot be had any more: ${dishes}.`,
  leaveOut: "Go on without it",
  cannotBeHad: "Cannot be had now",
  news: "The menu has changed since you were last here.",
  newsGone: (dish: string) => `${dish} is not to be had any more.`,
  newsPrice: (dish: string, now: string, before: string) => `${dish} is ${now} now, and was ${before}.`,
  newsRead: "Understood",
  toCheckout: "To checkout",
  table: (table: string) => `Table ${table}`,
};

export type Words = typeof english;

export const words = wordsOf<Words>({ en: english, de: german });
