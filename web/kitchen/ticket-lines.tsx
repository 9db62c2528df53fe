import type { TicketLine, TicketOption, TicketView } from "../../contracts/kitchen.ts";
import type { Allergen } from "../../contracts/menu.ts";
import { said } from "../shared/format.ts";
import type { Intend } from "./ticket.tsx";
import { words } from "./words.ts";

/** What to cook; while it is being cooked, a tap crosses a line out, another brings it back. */
export function TicketLines({ ticket, wish }: { readonly ticket: TicketView; readonly wish: Intend }) {
  const cooking = ticket.status === "accepted" || ticket.status === "preparing";
  return (
    <ol class="ticket-lines">
      {ticket.lines.map((line, at) => (
        <li key={at} data-bumped={line.bumped}>
          <button
            type="button"
            aria-pressed={line.bumped}
            disabled={!cooking}
            onClick={() => wish(line.bumped ? "unbump" : "bump", { line: at })}
          >
            <span class="ticket-quantity figures">{line.quantity}×</span>
            <span class="ticket-dish">
              <strong>{said(line.name)}</strong>
              {line.variation === null ? null : <span class="ticket-size"> {said(line.variation.name)}</span>}
              <Options options={line.options} />
              {line.note === null ? null : <span class="ticket-wish">{line.note}</span>}
              <Allergens line={line} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Options({ options }: { readonly options: readonly TicketOption[] }) {
  if (options.length === 0) return null;
  return (
    <span class="ticket-options">
      {options.map((option) => (
        <span key={`${option.group}/${option.option}`} class="ticket-option">
          {option.quantity > 1 ? `${option.quantity}× ` : "+ "}
          {said(option.name)}
          <Options options={option.options} />
        </span>
      ))}
    </span>
  );
}

function Allergens({ line }: { readonly line: TicketLine }) {
  const found = new Set([...line.allergens, ...line.options.flatMap(within)]);
  if (found.size === 0) return null;
  return (
    <span class="ticket-allergens">{[...found].map((allergen) => words.value.allergens[allergen]).join(" · ")}</span>
  );
}

function within({ allergens, options }: TicketOption): Allergen[] {
  return [...allergens, ...options.flatMap(within)];
}
