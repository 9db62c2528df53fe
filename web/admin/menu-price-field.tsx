import { useEffect, useId, useState } from "preact/hooks";
import { locale } from "../shared/language.ts";
import { TextField } from "./fields.tsx";
import { unreadable } from "./menu-draft.ts";
import { priceIn, shownPrice } from "./menu-price.ts";
import { words } from "./menu-words.ts";

interface PriceFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly currency: string;
  onInput(value: number): void;
}

/** A price as people write it, 12.50 or 12,50; told on only where it is one. */
export function PriceField({ label, value, currency, onInput }: PriceFieldProps) {
  const id = useId();
  const [text, setText] = useState(() => shownPrice(value, currency, locale.value));
  const typed = priceIn(text, currency);
  useEffect(() => {
    if (priceIn(text, currency) !== value) setText(shownPrice(value, currency, locale.value));
  }, [value, currency]);
  useEffect(() => () => mark(id, false), []);
  return (
    <TextField
      label={`${label} (${currency})`}
      value={text}
      required
      inputMode="decimal"
      maxLength={16}
      fault={typed === null ? words.value.noPrice(shownPrice(1250, currency, locale.value)) : null}
      onInput={(next) => {
        setText(next);
        const price = priceIn(next, currency);
        mark(id, price === null);
        if (price !== null) onInput(price);
      }}
    />
  );
}

function mark(id: string, isUnreadable: boolean): void {
  if (unreadable.value.has(id) === isUnreadable) return;
  const next = new Set(unreadable.value);
  if (isUnreadable) next.add(id);
  else next.delete(id);
  unreadable.value = next;
}
