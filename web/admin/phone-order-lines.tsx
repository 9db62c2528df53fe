import type { BasketLine, ChosenOption } from "../../contracts/basket.ts";
import { Stepper } from "../customer/stepper.tsx";
import type { PublishedMenu } from "../customer/venue-data.ts";
import { said } from "../shared/format.ts";
import { phoneWords } from "./phone-order-words.ts";

interface LinesProps {
  readonly menu: PublishedMenu;
  readonly lines: readonly BasketLine[];
  onChange(lines: readonly BasketLine[]): void;
  /** Decide on a line anew. */
  onOpen(at: number): void;
}

/** What was said so far; nothing of a line takes it out. */
export function PhoneOrderLines({ menu, lines, onChange, onOpen }: LinesProps) {
  const t = phoneWords.value;
  if (lines.length === 0) return <p class="quiet">{t.empty}</p>;
  return (
    <ul class="rows">
      {lines.map((line, at) => {
        const item = menu.items[line.item];
        const name = item === undefined ? line.item : said(item.name);
        const size = item?.variations.find(({ id }) => id === line.variation);
        const told = [
          size === undefined ? "" : said(size.name),
          ...line.options.flatMap((one) => chosen(menu, one)),
          line.note ?? "",
        ];
        return (
          <li key={at} class="phone-line">
            <Stepper
              label={name}
              value={line.quantity}
              least={0}
              most={99}
              onChange={(quantity) =>
                onChange(
                  lines.flatMap((one, place) => (place !== at ? [one] : quantity === 0 ? [] : [{ ...one, quantity }])),
                )
              }
            />
            <span dir="auto">
              <strong>{name}</strong> <span class="small quiet">{told.filter((part) => part !== "").join(", ")}</span>
            </span>
            <button
              type="button"
              class="button button-bare button-small"
              aria-label={`${t.change}: ${name}`}
              onClick={() => onOpen(at)}
            >
              {t.change}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function chosen(menu: PublishedMenu, { group, option, quantity, options }: ChosenOption): string[] {
  const found = menu.groups[group]?.options.find(({ id }) => id === option);
  const name = found === undefined ? option : said(found.name);
  return [quantity === 1 ? name : `${quantity} × ${name}`, ...options.flatMap((inner) => chosen(menu, inner))];
}
