import type { BasketLine, ChosenOption } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import { type CompiledMenu, type Item, type Option, optionKey, type StockKey } from "../../contracts/menu.ts";
import { type Moment, Orderable } from "./availability.ts";
import { entry } from "./compile.ts";

/** A source of numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** The most entries a basket takes at one place; see contracts/basket.ts. */
const mostEntries = 200;
const allLeft: Moment = { soldOut: new Set() };

/** A valid basket such as a customer might make of what can be ordered: 1 to `lines` lines. Empty when nothing can. */
export function sampleBasket(menu: CompiledMenu, random: Random, lines = 4, moment: Moment = allLeft): BasketLine[] {
  const customer = new Customer(menu, random, moment);
  const items = customer.orderable.items();
  if (items.length === 0) return [];
  const count = 1 + Math.floor(random() * random() * lines);
  return Array.from({ length: count }, () => customer.line(pick(items, random)));
}

/**
 * Valid baskets of at most `lines` lines in which every item and variation that can be ordered stands at least once, and
 * so does every option that can be reached.
 */
export function everyItemBaskets(
  menu: CompiledMenu,
  random: Random,
  lines = 20,
  moment: Moment = allLeft,
): BasketLine[][] {
  const customer = new Customer(menu, random, moment);
  const all = customer.orderable.items().flatMap((item) => customer.everything(item));
  return Array.from({ length: Math.ceil(all.length / lines) }, (_, at) => all.slice(at * lines, (at + 1) * lines));
}

class Customer {
  readonly orderable: Orderable;
  readonly #menu: CompiledMenu;
  readonly #random: Random;
  readonly #tried = new Set<StockKey>();
  /** Whether options not yet tried are taken first, and as many of them as go. */
  #curious = false;

  constructor(menu: CompiledMenu, random: Random, moment: Moment) {
    this.#menu = menu;
    this.#random = random;
    this.orderable = new Orderable(menu, moment);
  }

  line(item: Item, variation = pickOrNone(this.orderable.variations(item), this.#random)): BasketLine {
    const options = this.#choose([...item.groups, ...(variation?.groups ?? [])]);
    const quantity = this.#curious ? 1 : 1 + Math.floor(this.#random() ** 3 * 3);
    return { item: item.id, ...(variation === undefined ? {} : { variation: variation.id }), quantity, options };
  }

  /** Lines with every variation of the item, and with every option it leads to that no line before had. */
  everything(item: Item): BasketLine[] {
    this.#curious = true;
    const variations = item.variations.length === 0 ? [undefined] : this.orderable.variations(item);
    return variations.flatMap((variation) => {
      const lines = [this.line(item, variation)];
      const groups = [...item.groups, ...(variation?.groups ?? [])];
      while (groups.some((group) => this.#isNew(group))) lines.push(this.line(item, variation));
      return lines;
    });
  }

  #choose(groups: readonly MenuKey[]): ChosenOption[] {
    let spare = mostEntries - groups.reduce((sum, id) => sum + (entry(this.#menu.groups, id)?.minimum ?? 0), 0);
    return groups.flatMap((id) => {
      const group = entry(this.#menu.groups, id);
      if (group === undefined) return [];
      const options = this.#inOrder(id);
      const most = options.reduce((sum, option) => sum + option.maximum, 0);
      const fresh = options.filter((option) => this.#isNewOption(id, option)).length;
      const wanted = this.#curious ? fresh : Math.floor(this.#random() * 3);
      const extra = Math.max(0, Math.min(wanted, group.maximum - group.minimum, most - group.minimum, spare));
      spare -= extra;
      return this.#take(id, options, this.#curious ? Math.max(group.minimum, extra) : group.minimum + extra);
    });
  }

  /** So many of the options, one of each before a second of any. */
  #take(group: MenuKey, options: readonly Option[], count: number): ChosenOption[] {
    const taken = new Map<Option, number>();
    let left = count;
    for (const option of options.slice(0, count)) {
      taken.set(option, 1);
      left -= 1;
    }
    for (const [option, quantity] of taken) {
      const more = Math.min(left, option.maximum - quantity);
      taken.set(option, quantity + more);
      left -= more;
    }
    return [...taken].map(([option, quantity]) => {
      this.#tried.add(optionKey(group, option.id));
      return { group, option: option.id, quantity, options: this.#choose(option.groups) };
    });
  }

  #inOrder(group: MenuKey): Option[] {
    const shuffled = this.orderable.options(group).map((option) => ({ option, at: this.#random() }));
    const rank = (option: Option) => (this.#curious && this.#isNewOption(group, option) ? 0 : 1);
    return shuffled.toSorted((a, b) => rank(a.option) - rank(b.option) || a.at - b.at).map(({ option }) => option);
  }

  #isNew(group: MenuKey): boolean {
    return this.orderable.options(group).some((option) => this.#isNewOption(group, option));
  }

  #isNewOption(group: MenuKey, option: Option): boolean {
    return !this.#tried.has(optionKey(group, option.id)) || option.groups.some((nested) => this.#isNew(nested));
  }
}

function pick<T>(from: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error("Nothing to pick from.");
  return found;
}

function pickOrNone<T>(from: readonly T[], random: Random): T | undefined {
  return from[Math.floor(random() * from.length)];
}
