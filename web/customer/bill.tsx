import type { Bill, BillLine, BillOption } from "../../contracts/basket.ts";
import { inside, money, percent, said } from "../shared/format.ts";
import { words } from "./words.ts";

/** A line in words: the dish, its size, what was chosen with it, the wish. */
export function LineDetails({ line }: { readonly line: BillLine }) {
  const options = line.options.flatMap(optionWords);
  return (
    <span class="line-details">
      <strong dir="auto">{said(line.name)}</strong>
      {line.variation === null ? null : (
        <span class="quiet">
          {" "}
          <bdi>{said(line.variation.name)}</bdi>
        </span>
      )}
      {options.length === 0 ? null : <span class="small quiet line-options">{options.join(", ")}</span>}
      {line.note === null ? null : (
        <span class="small line-options">
          “<bdi>{line.note}</bdi>”
        </span>
      )}
    </span>
  );
}

export function BillLines({ bill }: { readonly bill: Bill }) {
  return (
    <ul class="slip-rows">
      {bill.lines.map((line, at) => (
        <li key={`${at}-${line.item}`} class="slip-row">
          <span class="checkout-line">
            <span class="figures">{line.quantity}×</span> <LineDetails line={line} />
          </span>
          <span class="figures">{money(line.total, bill.currency)}</span>
        </li>
      ))}
    </ul>
  );
}

export function Totals({ bill }: { readonly bill: Bill }) {
  const t = words.value;
  const plain = bill.fees.length === 0 && bill.subtotal === bill.total;
  return (
    <div class="slip-rows totals">
      {plain ? null : <Row name={t.subtotal} amount={bill.subtotal} currency={bill.currency} />}
      {bill.fees.map(({ kind, amount }) => (
        <Row key={kind} name={t.fee} amount={amount} currency={bill.currency} />
      ))}
      {bill.taxes
        .filter(({ inclusive }) => !inclusive)
        .map((tax) => (
          <Row
            key={tax.class}
            name={t.taxAdded(percent(tax.ratePpm / 1_000_000))}
            amount={tax.tax}
            currency={bill.currency}
          />
        ))}
      <div class="slip-row slip-total">
        <span>{t.total}</span>
        <span class="figures">{money(bill.total, bill.currency)}</span>
      </div>
      {bill.taxes
        .filter(({ inclusive }) => inclusive)
        .map((tax) => (
          <div key={tax.class} class="slip-row small quiet">
            <span>{t.taxIncluded(percent(tax.ratePpm / 1_000_000))}</span>
            <span class="figures">{money(tax.tax, bill.currency)}</span>
          </div>
        ))}
    </div>
  );
}

function Row({
  name,
  amount,
  currency,
}: {
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
}) {
  return (
    <div class="slip-row">
      <span>{name}</span>
      <span class="figures">{money(amount, currency)}</span>
    </div>
  );
}

function optionWords({ name, quantity, options }: BillOption): string[] {
  const own = quantity > 1 ? `${quantity}× ${inside(said(name))}` : inside(said(name));
  const inner = options.flatMap(optionWords);
  return [inner.length === 0 ? own : `${own} (${inner.join(", ")})`];
}
