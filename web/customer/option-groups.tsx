import type { ChosenOption } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Option, OptionGroup } from "../../contracts/menu.ts";
import type { Orderable } from "../../domain/menu/availability.ts";
import { inside, money, said } from "../shared/format.ts";
import { countIn, quantityOf, suggested, take, within } from "../shared/choice.ts";
import { TextSpan } from "./dish-row.tsx";
import { filter } from "./filter.ts";
import { Stepper } from "./stepper.tsx";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface GroupsProps {
  readonly menu: PublishedMenu;
  readonly orderable: Orderable;
  readonly asked: readonly MenuKey[];
  /** The line's size: an option's price may depend on it. */
  readonly variation: MenuKey | undefined;
  readonly choice: readonly ChosenOption[];
  /** The group somebody tried to leave unfilled. */
  readonly missing: MenuKey | null;
  /** Where these groups are asked, so that names of inputs stay apart. */
  readonly path: string;
  onChange(choice: ChosenOption[]): void;
}

/** The groups asked at one place, and below each option taken, the groups it asks. */
export function OptionGroups(props: GroupsProps) {
  const groups = props.asked.flatMap((id) => props.menu.groups[id] ?? []);
  return (
    <>
      {groups.map((group) => (
        <Group key={group.id} {...props} group={group} />
      ))}
    </>
  );
}

function Group(props: GroupsProps & { readonly group: OptionGroup }) {
  const { group, choice, orderable, missing } = props;
  const left = orderable.options(group.id);
  const count = countIn(choice, group.id);
  const t = words.value;
  const lacking = count < group.minimum;
  return (
    <fieldset class="group" id={`group-${group.id}`} data-missing={missing === group.id && lacking}>
      <legend>
        <TextSpan class="group-name" text={group.name} />{" "}
        <span class="group-rule" data-lacking={lacking}>
          {ruleWords(group)}
          {group.minimum > 0 ? ` · ${t.required}` : ""}
          {group.maximum > 1 ? ` · ${count}/${group.maximum}` : ""}
        </span>
      </legend>
      {group.options.map((option) => (
        <OptionChoice
          key={option.id}
          {...props}
          option={option}
          gone={!left.includes(option)}
          full={count >= group.maximum}
        />
      ))}
    </fieldset>
  );
}

interface OptionProps extends GroupsProps {
  readonly group: OptionGroup;
  readonly option: Option;
  readonly gone: boolean;
  readonly full: boolean;
}

function OptionChoice(props: OptionProps) {
  const { menu, orderable, group, option, choice, path, variation, gone, full, onChange } = props;
  const t = words.value;
  const taken = quantityOf(choice, group.id, option.id);
  const only = group.maximum === 1;
  const set = (quantity: number) =>
    onChange(take(choice, group, option.id, quantity, suggested(menu.groups, option.groups, orderable)));
  const price = (variation === undefined ? undefined : option.priceByVariation[variation]) ?? option.price;
  const cost = gone ? t.soldOut : price === 0 ? "" : `+${money(price, menu.currency)}`;
  const inner = choice.find((each) => each.group === group.id && each.option === option.id);
  const here = `${path}/${group.id}`;
  return (
    <>
      {option.maximum > 1 && !only ? (
        <div class="choice choice-counted">
          <OptionName option={option} />
          <span class="figures">{cost}</span>
          <Stepper
            label={inside(said(option.name))}
            value={taken}
            least={0}
            most={gone ? 0 : full ? taken : option.maximum}
            onChange={set}
          />
        </div>
      ) : (
        <label class="choice">
          <input
            type={only && group.minimum === 1 ? "radio" : "checkbox"}
            name={here}
            checked={taken > 0}
            disabled={gone || (full && taken === 0 && !only)}
            onChange={() => set(taken > 0 && !(only && group.minimum === 1) ? 0 : 1)}
          />
          <OptionName option={option} />
          <span class="figures">{cost}</span>
        </label>
      )}
      {inner === undefined || option.groups.length === 0 ? null : (
        <div class="group-inner">
          <OptionGroups
            {...props}
            asked={option.groups}
            choice={inner.options}
            path={`${here}/${option.id}`}
            onChange={(options) => onChange(within(choice, group.id, option.id, options))}
          />
        </div>
      )}
    </>
  );
}

/** With what it brings in, where somebody has said that they must not eat it. */
function OptionName({ option }: { readonly option: Option }) {
  const t = words.value;
  const avoided = option.allergens.filter((allergen) => filter.value.without.includes(allergen));
  const shown = avoided.length > 0 ? avoided : option.allergens;
  return (
    <span>
      <TextSpan text={option.name} />
      {shown.length === 0 ? null : (
        <span class="small" data-avoid={avoided.length > 0}>
          {" "}
          {t.avoid(shown.map((allergen) => t.allergens[allergen]).join(", "))}
        </span>
      )}
    </span>
  );
}

function ruleWords({ minimum, maximum }: OptionGroup): string {
  const t = words.value;
  if (minimum === maximum) return t.choose(maximum);
  return minimum === 0 ? t.chooseUpTo(maximum) : t.chooseFrom(minimum, maximum);
}
