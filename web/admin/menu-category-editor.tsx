import type { Category } from "../../contracts/menu.ts";
import { said } from "../shared/format.ts";
import { SelectField } from "./fields.tsx";
import { HoursField } from "./hours-field.tsx";
import { changedIn, type Editing, movedBy } from "./menu-draft.ts";
import { MoveButtons } from "./menu-group-editor.tsx";
import { RemovePart } from "./menu-remove.tsx";
import { SaidFields } from "./menu-said-fields.tsx";
import { words } from "./menu-words.ts";

interface CategoryEditorProps {
  readonly category: Category;
  readonly editing: Editing;
}

/** A heading: its words, its hours, and the dishes under it in their order. */
export function CategoryEditor({ category, editing }: CategoryEditorProps) {
  const { document, change } = editing;
  const t = words.value;
  const put = (next: Partial<Category>) =>
    change((menu) => ({ ...menu, categories: changedIn(menu.categories, category.id, next) }));
  const names = new Map(document.items.map(({ id, name }) => [id, said(name)]));
  const others = document.items.filter(({ id }) => !category.items.includes(id));
  return (
    <div class="menu-form">
      <h2>{said(category.name) || category.id}</h2>
      <p class="small quiet mono">{category.id}</p>
      <SaidFields of={category} languages={document.languages} put={put} />
      <fieldset class="field">
        <legend class="field-label">{t.itsItems}</legend>
        <ol class="lines">
          {category.items.map((id, at) => (
            <li key={id}>
              <span>{names.get(id) ?? id}</span>
              <span class="line-end">
                <MoveButtons
                  name={names.get(id) ?? id}
                  first={at === 0}
                  last={at === category.items.length - 1}
                  move={(by) => put({ items: movedBy(category.items, at, by) })}
                />
                <button
                  type="button"
                  class="button button-quiet button-small"
                  onClick={() => put({ items: category.items.filter((one) => one !== id) })}
                >
                  {t.takeOut}
                  <span class="for-ears">: {names.get(id)}</span>
                </button>
              </span>
            </li>
          ))}
        </ol>
      </fieldset>
      {others.length === 0 ? null : (
        <SelectField
          label={t.putIn}
          value=""
          options={[["", t.putInNone], ...others.map(({ id, name }) => [id, said(name)] as const)]}
          onChange={(id) => id !== "" && put({ items: [...category.items, id] })}
        />
      )}
      <HoursField label={t.soldHours} always={t.always} hours={category.hours} onChange={(hours) => put({ hours })} />
      <RemovePart name={said(category.name)} editing={editing} list="categories" id={category.id} />
    </div>
  );
}
