import { Allergen, Diet, heaviestLoad, type Item } from "../../contracts/menu.ts";
import { said } from "../shared/format.ts";
import { CheckField, ChoicesField, NumberField, SelectField, TextField } from "./fields.tsx";
import { HoursField } from "./hours-field.tsx";
import { changedIn, type Editing } from "./menu-draft.ts";
import { PriceField } from "./menu-price-field.tsx";
import { RemovePart } from "./menu-remove.tsx";
import { SaidFields } from "./menu-said-fields.tsx";
import { Variations } from "./menu-variations.tsx";
import { words } from "./menu-words.ts";

interface ItemEditorProps {
  readonly item: Item;
  readonly editing: Editing;
}

/** A dish, with all that is said of it. */
export function ItemEditor({ item, editing }: ItemEditorProps) {
  const { document, change } = editing;
  const t = words.value;
  const put = (next: Partial<Item>) => change((menu) => ({ ...menu, items: changedIn(menu.items, item.id, next) }));
  const [usual] = document.tax.classes;
  const headings = document.categories.filter(({ items }) => items.includes(item.id)).map(({ id }) => id);
  const stand = (under: readonly string[]) =>
    change((menu) => ({
      ...menu,
      categories: menu.categories.map((one) => {
        const has = one.items.includes(item.id);
        if (has === under.includes(one.id)) return one;
        return { ...one, items: has ? one.items.filter((id) => id !== item.id) : [...one.items, item.id] };
      }),
    }));
  return (
    <div class="menu-form">
      <h2>{said(item.name) || item.id}</h2>
      <p class="small quiet mono">{item.id}</p>
      <SaidFields of={item} languages={document.languages} put={put} />
      {item.variations.length === 0 ? (
        <div class="form-row">
          <PriceField
            label={t.price}
            value={item.price}
            currency={document.currency}
            onInput={(price) => put({ price })}
          />
        </div>
      ) : null}
      <Variations item={item} document={document} put={put} />
      <div class="field">
        <CheckField label={t.onSale} checked={item.available} onChange={(available) => put({ available })} />
        <p class="field-hint">{t.onSaleHint}</p>
      </div>
      <div class="form-row">
        <NumberField
          label={t.counted}
          hint={t.countedHint}
          value={item.stock}
          min={0}
          max={1_000_000}
          onInput={(stock) => put({ stock })}
        />
        <NumberField
          label={t.load}
          hint={t.loadHint}
          value={item.load ?? null}
          min={1}
          max={heaviestLoad}
          step={1}
          onInput={(load) => put({ load: load ?? undefined })}
        />
        <SelectField
          label={t.taxClass}
          value={item.taxClass ?? ""}
          options={[
            ["", t.firstTax(usual === undefined ? "" : said(usual.name))],
            ...document.tax.classes.map(({ id, name }) => [id, said(name)] as const),
          ]}
          onChange={(taxClass) => put({ taxClass: taxClass === "" ? null : taxClass })}
        />
      </div>
      <ChoicesField
        label={t.underHeadings}
        options={document.categories.map(({ id, name }) => [id, said(name)] as const)}
        chosen={headings}
        onChange={stand}
      />
      <ChoicesField
        label={t.allergens}
        options={Allergen.options.map((one) => [one, t.allergenNames[one]] as const)}
        chosen={item.allergens}
        onChange={(chosen) => put({ allergens: Allergen.options.filter((one) => chosen.includes(one)) })}
      />
      <ChoicesField
        label={t.diets}
        options={Diet.options.map((one) => [one, t.dietNames[one]] as const)}
        chosen={item.diet}
        onChange={(chosen) => put({ diet: Diet.options.filter((one) => chosen.includes(one)) })}
      />
      {document.groups.length === 0 ? null : (
        <ChoicesField
          label={t.itsGroups}
          options={document.groups.map(({ id, name }) => [id, said(name)] as const)}
          chosen={item.groups}
          onChange={(groups) => put({ groups })}
        />
      )}
      <HoursField label={t.soldHours} always={t.always} hours={item.hours} onChange={(hours) => put({ hours })} />
      <TextField
        label={t.photo}
        type="url"
        maxLength={2048}
        value={item.photo ?? ""}
        placeholder="https://"
        onInput={(photo) => put({ photo: photo.trim() === "" ? null : photo.trim() })}
      />
      <RemovePart name={said(item.name)} editing={editing} list="items" id={item.id} />
    </div>
  );
}
