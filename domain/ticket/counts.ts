import type { AllDayCount, TicketOption, TicketView } from "../../contracts/kitchen.ts";

/** What counting needs of an option, on a ticket and on a tablet alike. */
type Option = Omit<TicketOption, "options"> & { readonly options: readonly Option[] };

interface Countable {
  readonly status: TicketView["status"];
  readonly lines: readonly {
    readonly item: AllDayCount["item"];
    readonly name: AllDayCount["name"];
    readonly variation: AllDayCount["variation"];
    readonly options: readonly Option[];
    readonly quantity: number;
    readonly bumped: boolean;
  }[];
}

/**
 * All-day counts: how many of each thing (item, variation and options together) are still to be cooked, the most
 * first. Counts the lines not yet bumped of the tickets that wait, are accepted or being prepared.
 */
export function countsOf(tickets: readonly Countable[]): AllDayCount[] {
  const counts = new Map<string, AllDayCount>();
  for (const { lines } of tickets.filter(({ status }) => toCook.has(status))) {
    for (const { item, name, variation, options, quantity, bumped } of lines) {
      if (bumped) continue;
      const key = JSON.stringify([item, variation?.id ?? null, keysOf(options)]);
      const counted = counts.get(key);
      if (counted === undefined) counts.set(key, { item, name, variation, options: options.map(plain), quantity });
      else counted.quantity += quantity;
    }
  }
  return [...counts.values()].toSorted((a, b) => b.quantity - a.quantity || (a.item < b.item ? -1 : 1));
}

const toCook: ReadonlySet<TicketView["status"]> = new Set(["waiting", "accepted", "preparing"]);

/** The same options in another order are the same dish. */
function keysOf(options: readonly Option[]): unknown[] {
  return options
    .map(({ group, option, quantity, options: nested }) => JSON.stringify([group, option, quantity, keysOf(nested)]))
    .toSorted();
}

function plain({ group, option, name, quantity, allergens, options }: Option): TicketOption {
  return { group, option, name, quantity, allergens, options: options.map(plain) };
}
