import type { CompiledMenu } from "../../../contracts/menu.ts";
import type { TicketLine, TicketView } from "../../../contracts/kitchen.ts";
import { allergensNamed, speaksOfAllergy } from "../../../domain/ticket/allergy.ts";
import { modifiersOf } from "../../../domain/ticket/modifiers.ts";
import { clock, inside, said } from "../../shared/format.ts";
import { words } from "../words.ts";
import type { Slip, SlipLine } from "./slip.ts";

/** Why a slip is printed: the first time, once more, or because there is nothing to cook any more. */
export type Occasion = "new" | "again" | "cancelled";

export interface SlipContext {
  readonly venue: string;
  readonly menu: CompiledMenu | null;
  readonly occasion: Occasion;
  /** Epoch milliseconds. */
  readonly printedAt: number;
}

/** A ticket on paper, in the words of the screen. */
export function slipOf(ticket: TicketView, { venue, menu, occasion, printedAt }: SlipContext): Slip {
  const t = words.value;
  const { code, fulfilment, customer, table, requestedFor, readyAt, placedAt, note, driver, ended } = ticket;
  const whom = table === undefined ? t.fulfilment[fulfilment] : `${t.table} ${inside(table)}`;
  const named = new Set([note, ...ticket.lines.map((line) => line.note)].flatMap((wish) => allergensNamed(wish ?? "")));
  const loud = (text: string): SlipLine => ({
    text: ` ${text} `,
    size: "double",
    weight: "bold",
    align: "center",
    inverse: true,
  });
  return [
    ...(occasion === "cancelled" ? [loud(t.cancelled)] : []),
    ...(occasion === "again" ? [{ text: t.printedAgain, weight: "bold", align: "center" } as const] : []),
    { text: code, size: "double", weight: "bold", align: "center" },
    { text: whom, size: "double", weight: "bold", align: "center" },
    { text: customer, align: "center" },
    ...(requestedFor === null ? [] : [loud(t.wantedFor(clock(requestedFor)))]),
    ...(driver === null ? [] : [{ text: driver.atVenue ? t.driverHere(inside(driver.name)) : t.driverComes(inside(driver.name)), align: "center" } as const]),
    { text: `${t.placed} ${clock(placedAt)}${readyAt === null ? "" : `   ${t.promised} ${clock(readyAt)}`}`, align: "center" },
    ...(ended === null ? [] : [{ text: t.ends[ended.reason], weight: "bold", align: "center" } as const]),
    ...(note === null ? [] : [rule, ...wish(note)]),
    rule,
    ...ticket.lines.flatMap((line) => lineOf(line, menu, named)),
    rule,
    { text: `${inside(venue)}   ${clock(printedAt)}`, align: "center" },
  ]; // prettier-ignore
}

const rule: SlipLine = { text: "", rule: true };

function wish(text: string): SlipLine[] {
  return speaksOfAllergy(text)
    ? [
        { text: ` ${words.value.allergy} `, size: "double", weight: "bold", inverse: true },
        { text, size: "double", weight: "bold" },
      ]
    : [{ text: `! ${text}`, weight: "bold" }];
}

function lineOf(line: TicketLine, menu: CompiledMenu | null, named: ReadonlySet<string>): SlipLine[] {
  const t = words.value;
  const size = line.variation === null ? "" : ` ${inside(said(line.variation.name))}`;
  const modifiers = modifiersOf(line, menu).map(({ kind, name, quantity, usual, allergens, depth }): SlipLine => {
    const sign = { added: "+ ", without: `${t.without.toLocaleUpperCase()} `, instead: "> ", chosen: "· " }[kind];
    const many = quantity > 1 ? `${quantity}x ` : "";
    const of = usual === null ? "" : ` (${t.insteadOf} ${inside(said(usual))})`;
    const isBrought = kind !== "without" && allergens.length > 0;
    const brought = isBrought ? `  ! ${allergens.map((each) => t.allergens[each]).join(", ")}` : "";
    const text = `${"  ".repeat(depth + 1)}${sign}${many}${inside(said(name))}${of}${brought}`;
    return kind === "chosen" ? { text } : { text, weight: "bold" };
  });
  const contained = [...line.allergens, ...modifiersOf(line, menu).flatMap(({ allergens }) => allergens)];
  const asked = [...new Set(contained)].filter((allergen) => named.has(allergen));
  return [
    { text: `${line.quantity}x ${inside(said(line.name))}${size}`, size: "double", weight: "bold" },
    ...modifiers,
    ...(line.note === null ? [] : wish(line.note)),
    ...(asked.length === 0
      ? []
      : [{ text: ` ${t.contains} ${asked.map((each) => t.allergens[each]).join(", ")} `, weight: "bold", inverse: true } as const]),
    ...(line.allergens.length === 0 ? [] : [{ text: `  ${line.allergens.map((each) => t.allergens[each]).join(", ")}` }]),
  ]; // prettier-ignore
}
