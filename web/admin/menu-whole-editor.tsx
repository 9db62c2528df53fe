import { useState } from "preact/hooks";
import { Language } from "../../contracts/menu.ts";
import { distinct } from "../../domain/menu/menu-key.ts";
import { said } from "../shared/format.ts";
import { CheckField, NumberField, TextField } from "./fields.tsx";
import { type Editing, movedBy } from "./menu-draft.ts";
import { MoveButtons } from "./menu-group-editor.tsx";
import { TextsField } from "./menu-texts-field.tsx";
import { words } from "./menu-words.ts";

/** What is said of the whole menu: its languages, its taxes, the order of its headings. */
export function WholeEditor({ editing: { document, change } }: { readonly editing: Editing }) {
  const [languages, setLanguages] = useState(document.languages.join(", "));
  const t = words.value;
  const { tax, categories } = document;
  const putTax = (next: Partial<typeof tax>) => change((menu) => ({ ...menu, tax: { ...menu.tax, ...next } }));
  const speak = (text: string) => {
    setLanguages(text);
    const tags = [...new Set(text.split(/[\s,]+/).filter((tag) => Language.safeParse(tag).success))];
    if (tags.length > 0) change((menu) => ({ ...menu, languages: tags }));
  };
  return (
    <div class="menu-form">
      <h2>{t.whole}</h2>
      <TextField label={t.languages} hint={t.languagesHint} value={languages} required onInput={speak} />
      <p>
        <strong class="small">{t.currency}</strong> <span class="mono">{document.currency}</span>
      </p>
      <fieldset class="field">
        <legend class="field-label">{t.order}</legend>
        <ol class="lines">
          {categories.map(({ id, name }, at) => (
            <li key={id}>
              <span>{said(name) || id}</span>
              <span class="line-end">
                <MoveButtons
                  name={said(name)}
                  first={at === 0}
                  last={at === categories.length - 1}
                  move={(by) => change((menu) => ({ ...menu, categories: movedBy(menu.categories, at, by) }))}
                />
              </span>
            </li>
          ))}
        </ol>
      </fieldset>
      <CheckField label={t.inclusive} checked={tax.inclusive} onChange={(inclusive) => putTax({ inclusive })} />
      <fieldset class="field">
        <legend class="field-label">{t.taxClasses}</legend>
        {tax.classes.map((one) => {
          const put = (next: Partial<typeof one>) =>
            putTax({ classes: tax.classes.map((each) => (each.id === one.id ? { ...each, ...next } : each)) });
          return (
            <fieldset key={one.id} class="menu-part">
              <legend class="field-label mono">{one.id}</legend>
              <TextsField
                label={t.name}
                text={one.name}
                languages={document.languages}
                maxLength={200}
                required
                onInput={(name) => put({ name })}
              />
              <NumberField
                label={t.rate}
                value={one.ratePpm / 10_000}
                min={0}
                max={100}
                step={0.01}
                required
                onInput={(rate) => rate !== null && put({ ratePpm: Math.round(rate * 10_000) })}
              />
              {tax.classes.length === 1 ? null : (
                <div class="form-end">
                  <button
                    type="button"
                    class="button button-stop button-small"
                    onClick={() => putTax({ classes: tax.classes.filter(({ id }) => id !== one.id) })}
                  >
                    {t.removeTax}
                  </button>
                </div>
              )}
            </fieldset>
          );
        })}
        <div class="form-end">
          <button
            type="button"
            class="button button-quiet button-small"
            onClick={() => {
              const id = distinct("tax", new Set(tax.classes.map((one) => one.id)));
              putTax({ classes: [...tax.classes, { id, name: {}, ratePpm: 0 }] });
            }}
          >
            {t.addTax}
          </button>
        </div>
      </fieldset>
    </div>
  );
}
