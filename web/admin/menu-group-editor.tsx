import type { Option, OptionGroup } from "../../contracts/menu.ts";
import { distinct } from "../../domain/menu/menu-key.ts";
import { said } from "../shared/format.ts";
import { CheckField, NumberField } from "./fields.tsx";
import { changedIn, type Editing, movedBy } from "./menu-draft.ts";
import { PriceField } from "./menu-price-field.tsx";
import { RemovePart } from "./menu-remove.tsx";
import { TextsField } from "./menu-texts-field.tsx";
import { words } from "./menu-words.ts";

interface GroupEditorProps {
  readonly group: OptionGroup;
  readonly editing: Editing;
}

/** An option group: its rule, its options, and which dishes offer it. */
export function GroupEditor({ group, editing }: GroupEditorProps) {
  const { document, change } = editing;
  const t = words.value;
  const put = (next: Partial<OptionGroup>) =>
    change((menu) => ({ ...menu, groups: changedIn(menu.groups, group.id, next) }));
  const users = document.items.filter(
    ({ groups, variations }) => groups.includes(group.id) || variations.some((one) => one.groups.includes(group.id)),
  );
  const add = () => {
    const id = distinct("option", new Set(group.options.map((one) => one.id)));
    put({ options: [...group.options, { ...blank, id }] });
  };
  return (
    <div class="menu-form">
      <h2>{said(group.name) || group.id}</h2>
      <p class="small quiet mono">{group.id}</p>
      <TextsField
        label={t.name}
        text={group.name}
        languages={document.languages}
        maxLength={200}
        required
        onInput={(name) => put({ name })}
      />
      <div class="form-row">
        <NumberField
          label={t.minimum}
          value={group.minimum}
          min={0}
          max={99}
          required
          onInput={(minimum) => minimum !== null && put({ minimum })}
        />
        <NumberField
          label={t.maximum}
          value={group.maximum}
          min={1}
          max={99}
          required
          onInput={(maximum) => maximum !== null && put({ maximum })}
        />
      </div>
      <fieldset class="field">
        <legend class="field-label">{t.options}</legend>
        {group.options.map((option, at) => (
          <OptionPart
            key={option.id}
            option={option}
            at={at}
            last={at === group.options.length - 1}
            editing={editing}
            put={(next) => put({ options: changedIn(group.options, option.id, next) })}
            move={(by) => put({ options: movedBy(group.options, at, by) })}
            remove={() => put({ options: group.options.filter(({ id }) => id !== option.id) })}
          />
        ))}
        <div class="form-end">
          <button type="button" class="button button-quiet button-small" onClick={add}>
            {t.addOption}
          </button>
        </div>
      </fieldset>
      <p>
        <strong class="small">{t.usedBy}</strong>
        <br />
        {users.length === 0 ? t.usedByNone : users.map(({ name }) => said(name)).join(", ")}
      </p>
      <RemovePart name={said(group.name)} editing={editing} list="groups" id={group.id} />
    </div>
  );
}

export const blank: Omit<Option, "id"> = {
  name: {},
  price: 0,
  priceByVariation: {},
  maximum: 1,
  default: false,
  groups: [],
  allergens: [],
  taxClass: null,
  available: true,
  stock: null,
};

interface OptionPartProps {
  readonly option: Option;
  readonly at: number;
  readonly last: boolean;
  readonly editing: Editing;
  put(change: Partial<Option>): void;
  move(by: number): void;
  remove(): void;
}

function OptionPart({ option, at, last, editing: { document }, put, move, remove }: OptionPartProps) {
  const t = words.value;
  const name = said(option.name) || t.option(at + 1);
  return (
    <fieldset class="menu-part">
      <legend class="field-label">{t.option(at + 1)}</legend>
      <TextsField
        label={t.name}
        text={option.name}
        languages={document.languages}
        maxLength={200}
        required
        onInput={(text) => put({ name: text })}
      />
      <div class="form-row">
        <PriceField
          label={t.price}
          value={option.price}
          currency={document.currency}
          onInput={(price) => put({ price })}
        />
        <NumberField
          label={t.more}
          value={option.maximum}
          min={1}
          max={99}
          required
          onInput={(maximum) => maximum !== null && put({ maximum })}
        />
      </div>
      <div class="choices">
        <CheckField label={t.onSale} checked={option.available} onChange={(available) => put({ available })} />
        <CheckField label={t.suggested} checked={option.default} onChange={(on) => put({ default: on })} />
      </div>
      <div class="form-end">
        <MoveButtons name={name} first={at === 0} last={last} move={move} />
        <button type="button" class="button button-stop button-small" onClick={remove}>
          {t.removeOption}
        </button>
      </div>
    </fieldset>
  );
}

interface MoveButtonsProps {
  readonly name: string;
  readonly first: boolean;
  readonly last: boolean;
  move(by: number): void;
}

/** One place up, one place down. */
export function MoveButtons({ name, first, last, move }: MoveButtonsProps) {
  const t = words.value;
  return (
    <>
      <button type="button" class="button button-quiet button-small" disabled={first} onClick={() => move(-1)}>
        <span aria-hidden="true">↑</span>
        <span class="for-ears">
          {t.up}: {name}
        </span>
      </button>
      <button type="button" class="button button-quiet button-small" disabled={last} onClick={() => move(1)}>
        <span aria-hidden="true">↓</span>
        <span class="for-ears">
          {t.down}: {name}
        </span>
      </button>
    </>
  );
}
