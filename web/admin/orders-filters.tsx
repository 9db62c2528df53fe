import { Fulfilment } from "../../contracts/basket.ts";
import { OrderStatus } from "../../contracts/order.ts";
import { SelectField } from "./fields.tsx";
import { orderWords } from "./order-words.ts";
import type { Filter } from "./orders-filter.ts";
import { ordersWords } from "./orders-words.ts";
import { seek } from "./place.ts";
import { SearchField } from "./search-field.tsx";

interface FiltersProps {
  readonly filter: Filter;
  onText(typed: string): void;
  /** null where there is nothing to clear. */
  readonly onClear: (() => void) | null;
}

/** What orders are looked for; all but what names a customer stands in the address. */
export function OrdersFilters({ filter, onText, onClear }: FiltersProps) {
  const t = ordersWords.value;
  const o = orderWords.value;
  const statuses = OrderStatus.options.filter((status) => status !== "basket");
  return (
    <search class="filters" aria-label={t.search}>
      <SearchField
        id="orders-search"
        label={t.search}
        value={filter.text}
        placeholder={t.searchHint}
        onInput={onText}
      />
      <SelectField
        label={o.state}
        value={filter.state}
        options={[
          ["", t.all],
          ["open", t.open],
          ["attention", t.attention],
          ...statuses.map((status) => [status, o.status[status]] as const),
        ]}
        onChange={(state) => seek({ state })}
      />
      <SelectField
        label={o.how}
        value={filter.how}
        options={[["", t.all], ...Fulfilment.options.map((how) => [how, o.fulfilment[how]] as const)]}
        onChange={(how) => seek({ how })}
      />
      <Typed name="from" type="date" label={t.from} value={filter.from} />
      <Typed name="until" type="date" label={t.until} value={filter.until} />
      <Typed name="least" type="number" label={t.least} value={filter.least} />
      <Typed name="most" type="number" label={t.most} value={filter.most} />
      {onClear === null ? null : (
        <button type="button" class="button button-bare" onClick={onClear}>
          {t.clear}
        </button>
      )}
    </search>
  );
}

interface TypedProps {
  readonly name: "from" | "until" | "least" | "most";
  readonly type: "date" | "number";
  readonly label: string;
  readonly value: string;
}

function Typed({ name, type, label, value }: TypedProps) {
  const kind = type === "date" ? ({ type: "date" } as const) : ({ type: "number", min: 0, step: "any" } as const);
  return (
    <div class={`field filter-${type}`}>
      <label for={`orders-${name}`}>{label}</label>
      <input
        {...kind}
        id={`orders-${name}`}
        class="input figures"
        value={value}
        onChange={(event) => seek({ [name]: event.currentTarget.value })}
      />
    </div>
  );
}
