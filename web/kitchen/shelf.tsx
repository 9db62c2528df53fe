import { useState } from "preact/hooks";
import { optionKey, variationKey, type CompiledMenu, type StockKey, type Text } from "../../contracts/menu.ts";
import { said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import type { Board } from "./board.ts";
import { words } from "./words.ts";

interface ShelfProps {
  readonly board: Board;
  onClose(): void;
}

/** What can be had and what is out: one tap says so to every customer. */
export function Shelf({ board, onClose }: ShelfProps) {
  const [sought, setSought] = useState("");
  const t = words.value;
  const menu = board.house.menu.value;
  const soldOut = new Set(board.house.shown()?.soldOut ?? []);
  const things = menu === null ? [] : thingsOn(menu);
  const needle = sought.trim().toLocaleLowerCase();
  const found = things.filter(({ name }) => name.toLocaleLowerCase().includes(needle));
  const shown = [...found.filter(({ key }) => soldOut.has(key)), ...found.filter(({ key }) => !soldOut.has(key))];
  const press = ({ key, name }: Thing) =>
    board.keepHouse(soldOut.has(key) ? "makeAvailable" : "sellOut", name, { key });
  return (
    <Sheet titleId="shelf" onClose={onClose}>
      <h2 id="shelf">{t.shelf}</h2>
      <div class="field">
        <label for="shelf-search">{t.search}</label>
        <input
          id="shelf-search"
          class="input"
          type="search"
          value={sought}
          onInput={({ currentTarget }) => setSought(currentTarget.value)}
        />
      </div>
      <ul class="shelf">
        {shown.map((thing) => (
          <li key={thing.key}>
            <button type="button" aria-pressed={soldOut.has(thing.key)} onClick={() => press(thing)}>
              <span>{thing.name}</span>
              <strong>{soldOut.has(thing.key) ? t.isOut : t.isThere}</strong>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

interface Thing {
  readonly key: StockKey;
  readonly name: string;
}

/** All that can run out, as the menu has it: dishes, their sizes, and what goes with them. */
function thingsOn({ items, groups }: CompiledMenu): Thing[] {
  const part = (whole: Text, name: Text): string => `${said(whole)} · ${said(name)}`;
  return [
    ...Object.entries(items).flatMap(([id, { name, variations }]) => [
      { key: id, name: said(name) },
      ...(variations ?? []).map((one) => ({ key: variationKey(id, one.id), name: part(name, one.name) })),
    ]),
    ...Object.entries(groups).flatMap(([id, { name, options }]) =>
      options.map((one) => ({ key: optionKey(id, one.id), name: part(name, one.name) })),
    ),
  ];
}
