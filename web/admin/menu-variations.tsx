import { heaviestLoad, type Item, type MenuDocument, type Variation } from "../../contracts/menu.ts";
import { distinct } from "../../domain/menu/menu-key.ts";
import { CheckField, NumberField } from "./fields.tsx";
import { PriceField } from "./menu-price-field.tsx";
import { TextsField } from "./menu-texts-field.tsx";
import { words } from "./menu-words.ts";

interface VariationsProps {
  readonly item: Item;
  readonly document: MenuDocument;
  put(change: Partial<Item>): void;
}

/** The sizes of a dish; the first one takes the dish's price, the last one that goes gives it back. */
export function Variations({ item, document: { languages, currency }, put }: VariationsProps) {
  const t = words.value;
  const { variations } = item;
  const change = (id: string, next: Partial<Variation>) =>
    put({ variations: variations.map((one) => (one.id === id ? { ...one, ...next } : one)) });
  const add = () => {
    const id = distinct("size", new Set(variations.map((one) => one.id)));
    const price = variations.at(-1)?.price ?? item.price ?? 0;
    put({
      price: null,
      variations: [...variations, { id, name: {}, price, groups: [], available: true, stock: null }],
    });
  };
  const remove = (id: string) => {
    const rest = variations.filter((one) => one.id !== id);
    put(rest.length === 0 ? { variations: rest, price: variations[0]?.price ?? 0 } : { variations: rest });
  };
  return (
    <fieldset class="field">
      <legend class="field-label">{t.sizes}</legend>
      <p class="field-hint">{t.sizesHint}</p>
      {variations.map((variation, at) => (
        <fieldset key={variation.id} class="menu-part">
          <legend class="field-label">{t.size(at + 1)}</legend>
          <TextsField
            label={t.name}
            text={variation.name}
            languages={languages}
            maxLength={200}
            required
            onInput={(name) => change(variation.id, { name })}
          />
          <div class="form-row">
            <PriceField
              label={t.price}
              value={variation.price}
              currency={currency}
              onInput={(price) => change(variation.id, { price })}
            />
            <NumberField
              label={t.load}
              value={variation.load ?? null}
              min={1}
              max={heaviestLoad}
              step={1}
              onInput={(load) => change(variation.id, { load: load ?? undefined })}
            />
          </div>
          <div class="form-end">
            <CheckField
              label={t.onSale}
              checked={variation.available}
              onChange={(available) => change(variation.id, { available })}
            />
            <button type="button" class="button button-stop button-small" onClick={() => remove(variation.id)}>
              {t.removeSize}
            </button>
          </div>
        </fieldset>
      ))}
      <div class="form-end">
        <button type="button" class="button button-quiet button-small" onClick={add}>
          {t.addSize}
        </button>
      </div>
    </fieldset>
  );
}
