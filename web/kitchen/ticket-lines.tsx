import type { TicketLine, TicketView } from "../../contracts/kitchen.ts";
import { allergensNamed } from "../../domain/ticket/allergy.ts";
import { modifiersOf, type Modifier } from "../../domain/ticket/modifiers.ts";
import { linesAt, progressOf } from "../../domain/ticket/stations.ts";
import { said } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import type { Kitchen } from "./board-page.tsx";
import { OfTicket } from "./of-ticket.tsx";
import { Wish } from "./wish.tsx";
import { words } from "./words.ts";

interface LinesProps {
  readonly kitchen: Kitchen;
  readonly ticket: TicketView;
  /** All of it, though this tablet is for a part. */
  readonly whole: boolean;
}

/** What to cook here; while it is being cooked, a tap crosses a line out, another brings it back. */
export function TicketLines({ kitchen, ticket, whole }: LinesProps) {
  const { board, tablet } = kitchen;
  const { lines, status, note } = ticket;
  const stations = board.house.stations.value;
  const chosen = whole ? null : tablet.settings.value.stations;
  const own = status === "waiting" ? lines.map((_, at) => at) : linesAt(lines, chosen, stations);
  const cooking = status === "accepted" || status === "preparing";
  const named = new Set([note, ...lines.map((line) => line.note)].flatMap((wish) => allergensNamed(wish ?? "")));
  return (
    <>
      <ol class="ticket-lines">
        {own.map((at) => {
          const line = lines[at];
          return line === undefined ? null : (
            <li key={at} data-bumped={line.bumped}>
              <button
                type="button"
                aria-pressed={line.bumped}
                disabled={!cooking}
                onClick={() => board.do(line.bumped ? "unbump" : "bump", ticket, {}, at)}
              >
                <span class="ticket-quantity figures">{line.bumped ? <Icon name="check" /> : `${line.quantity}×`}</span>
                <Dish line={line} kitchen={kitchen} named={named} />
                <OfTicket code={ticket.code} />
              </button>
            </li>
          );
        })}
      </ol>
      {cooking && stations.all.length > 1 ? <StationsOf kitchen={kitchen} ticket={ticket} whole={whole} /> : null}
    </>
  );
}

interface DishProps {
  readonly kitchen: Kitchen;
  readonly line: TicketLine;
  /** Allergens that somebody has asked about. */
  readonly named: ReadonlySet<string>;
}

function Dish({ kitchen, line, named }: DishProps) {
  const { name, variation, note, allergens } = line;
  const t = words.value;
  const modifiers = modifiersOf(line, kitchen.board.house.menu.value);
  const added = modifiers.flatMap((modifier) => modifier.allergens);
  const asked = [...new Set([...allergens, ...added])].filter((allergen) => named.has(allergen));
  const others = allergens.filter((allergen) => !named.has(allergen));
  return (
    <span class="ticket-dish">
      <strong class="ticket-name">
        <bdi>{said(name)}</bdi>
        {variation === null ? null : (
          <>
            {" "}
            <bdi class="ticket-size">{said(variation.name)}</bdi>
          </>
        )}
      </strong>
      {modifiers.map((modifier, at) => (
        <ModifierRow key={at} modifier={modifier} />
      ))}
      {note === null ? null : <Wish wish={note} />}
      {asked.length === 0 ? null : (
        <span class="ticket-asked">
          <Icon name="alert" /> {t.contains} {asked.map((allergen) => t.allergens[allergen]).join(", ")}
        </span>
      )}
      {others.length === 0 ? null : (
        <span class="ticket-allergens">{others.map((allergen) => t.allergens[allergen]).join(", ")}</span>
      )}
    </span>
  );
}

/** "without" and "instead of" stand on black, what is added behind a plus; what had to be chosen anyway stands plain. */
function ModifierRow({ modifier }: { readonly modifier: Modifier }) {
  const { kind, name, quantity, usual, allergens, depth } = modifier;
  const t = words.value;
  return (
    <span class="ticket-modifier" data-kind={kind} data-depth={depth}>
      {kind === "added" ? <b class="ticket-sign">+ </b> : null}
      {kind === "without" ? <b class="ticket-sign">{t.without} </b> : null}
      {quantity > 1 ? <span class="figures">{quantity}× </span> : null}
      <bdi>{said(name)}</bdi>
      {usual === null ? null : (
        <small>
          {" "}
          {t.insteadOf} <bdi>{said(usual)}</bdi>
        </small>
      )}
      {allergens.length === 0 || kind === "without" ? null : (
        <span class="ticket-brings">
          <Icon name="alert" /> {allergens.map((allergen) => t.allergens[allergen]).join(", ")}
        </span>
      )}
    </span>
  );
}

/** How far each station is; at a station, what is made elsewhere. */
function StationsOf({ kitchen, ticket, whole }: LinesProps) {
  const { board, tablet } = kitchen;
  const chosen = whole ? null : tablet.settings.value.stations;
  const stations = progressOf(ticket.lines, board.house.stations.value);
  const others = stations.filter(({ station }) => chosen?.includes(station.id) !== true);
  if (others.length === 0 || (chosen === null && stations.length < 2)) return null;
  return (
    <ul class="ticket-stations" aria-label={words.value.stations}>
      {others.map(({ station, lines, done }) => (
        <li key={station.id} data-done={done === lines}>
          <bdi>{said(station.name)}</bdi>{" "}
          {done === lines ? <Icon name="check" /> : <span class="figures">{`${done}/${lines}`}</span>}
        </li>
      ))}
    </ul>
  );
}
