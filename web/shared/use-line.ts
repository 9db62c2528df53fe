import { useState } from "preact/hooks";
import type { BasketLine, Bill, ChosenOption } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Item, OptionGroup, Variation } from "../../contracts/menu.ts";
import type { Minor } from "../../contracts/money.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { firstUnfilled, groupsOf, keepAsked, suggested } from "./choice.ts";

interface LineOptions {
  readonly groups: Readonly<Record<MenuKey, OptionGroup>>;
  readonly item: Item;
  readonly orderable: Orderable;
  /** As it is in the order already; left out for a new one. */
  readonly before: BasketLine | undefined;
  priced(line: BasketLine): Bill | Refusal | null;
}

/** What is being decided about one dish: its size, options, number and wish, and what that comes to. */
export interface DecidedLine {
  readonly line: BasketLine;
  /** The sizes that can be had. */
  readonly sizes: readonly Variation[];
  /** The groups that are asked for in the chosen size. */
  readonly asked: readonly MenuKey[];
  readonly choice: ChosenOption[];
  readonly note: string;
  /** The first group that still lacks something; null where the line is whole. */
  readonly unfilled: OptionGroup | null;
  /** The group that was asked about, for it was missing. */
  readonly missing: MenuKey | null;
  /** Minor units; null while something is missing, or where it cannot be had. */
  readonly cost: Minor | null;
  setVariation(id: MenuKey): void;
  setChoice(choice: ChosenOption[]): void;
  setQuantity(quantity: number): void;
  setNote(note: string): void;
  /** Leads to what is missing. */
  askForMissing(): void;
}

export function useLine({ groups, item, orderable, before, priced }: LineOptions): DecidedLine {
  const sizes = orderable.variations(item);
  const [variation, setVariation] = useState(before?.variation ?? sizes[0]?.id);
  const asked = groupsOf(item, variation);
  const [choice, setChoice] = useState(() => before?.options ?? suggested(groups, asked, orderable));
  const [quantity, setQuantity] = useState(before?.quantity ?? 1);
  const [note, setNote] = useState(before?.note ?? "");
  const [missing, setMissing] = useState<MenuKey | null>(null);
  const line: BasketLine = {
    item: item.id,
    quantity,
    options: keepAsked(choice, asked),
    ...(variation === undefined ? {} : { variation }),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
  const unfilled = firstUnfilled(groups, asked, line.options);
  const bill = unfilled === null ? priced(line) : null;
  const cost = bill === null || isRefusal(bill) ? null : bill.subtotal;
  const askForMissing = () => {
    if (unfilled === null) return;
    setMissing(unfilled.id);
    const group = document.getElementById(`group-${unfilled.id}`);
    group?.scrollIntoView({ block: "start" });
    group?.querySelector<HTMLElement>("input:enabled, button:enabled")?.focus({ preventScroll: true });
  };
  return {
    line, sizes, asked, choice, note, unfilled, missing, cost, setVariation, setChoice, setQuantity, setNote,
    askForMissing,
  }; // prettier-ignore
}
