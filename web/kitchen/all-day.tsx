import type { AllDayCount } from "../../contracts/kitchen.ts";
import { countsOf } from "../../domain/ticket/counts.ts";
import { modifiersOf } from "../../domain/ticket/modifiers.ts";
import { said } from "../shared/format.ts";
import type { Kitchen } from "./board-page.tsx";
import { words } from "./words.ts";
import { partsAt } from "./work.ts";

/** How many of each thing are still to be cooked here, over all tickets; under each, how many of it in which way. */
export function AllDay({ kitchen }: { readonly kitchen: Kitchen }) {
  const { board, tablet } = kitchen;
  const t = words.value;
  const parts = partsAt(board.open.value, tablet.settings.value.stations, board.house.stations.value);
  const items = grouped(countsOf(parts));
  return (
    <aside class="all-day" aria-labelledby="all-day">
      <h2 id="all-day">{t.allDay}</h2>
      {items.length === 0 ? <p class="quiet">{t.empty.cooking}</p> : null}
      <ul tabIndex={0} aria-labelledby="all-day">
        {items.map(({ item, name, quantity, ways }) => (
          <li key={item}>
            <p>
              <strong class="figures">{quantity}×</strong> <bdi>{said(name)}</bdi>
            </p>
            {ways.length === 1 && wayOf(kitchen, ways[0]) === "" ? null : (
              <ul>
                {ways.map((way, at) => (
                  <li key={at}>
                    <span class="figures">{way.quantity}×</span> {wayOf(kitchen, way) || t.asUsual}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

interface ItemCount extends Pick<AllDayCount, "item" | "name" | "quantity"> {
  readonly ways: readonly AllDayCount[];
}

function grouped(counts: readonly AllDayCount[]): ItemCount[] {
  const items = new Map<string, ItemCount>();
  for (const count of counts) {
    const { item, name, quantity } = count;
    const before = items.get(item) ?? { item, name, quantity: 0, ways: [] };
    items.set(item, { ...before, quantity: before.quantity + quantity, ways: [...before.ways, count] });
  }
  return [...items.values()].toSorted((a, b) => b.quantity - a.quantity);
}

/** The size and the modifiers, in one row. */
function wayOf({ board }: Kitchen, way: AllDayCount | undefined): string {
  if (way === undefined) return "";
  const t = words.value;
  const size = way.variation === null ? [] : [said(way.variation.name)];
  const modifiers = modifiersOf(way, board.house.menu.value).map(({ kind, name, quantity }) => {
    const sign = { added: "+ ", without: `${t.without} `, instead: "", chosen: "" }[kind];
    return `${sign}${quantity > 1 ? `${quantity}× ` : ""}${said(name)}`;
  });
  return [...size, ...modifiers].join(", ");
}
