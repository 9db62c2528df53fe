import "./filter-sheet.css";
import { Sheet } from "../shared/sheet.tsx";
import { type Filter, filter, isEmpty, isUnstated, noFilter, offeredBy, setFilter, suits } from "./filter.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface FilterSheetProps {
  readonly menu: PublishedMenu;
  onClose(): void;
}

/** What one eats and what not; what it leaves is counted as it is chosen. */
export function FilterSheet({ menu, onClose }: FilterSheetProps) {
  const t = words.value;
  const wanted = filter.value;
  const { diets, allergens } = offeredBy(menu);
  const items = [...new Set(menu.categories.flatMap((category) => category.items))].flatMap(
    (id) => menu.items[id] ?? [],
  );
  const left = items.filter((item) => suits(item, wanted)).length;
  const unstated = items.filter(isUnstated).length;
  const change = (changed: Partial<Filter>): void => setFilter({ ...wanted, ...changed });
  return (
    <Sheet
      titleId="filter-title"
      onClose={onClose}
      foot={
        <div class="filter-foot">
          <button
            type="button"
            class="button button-quiet"
            disabled={isEmpty(wanted)}
            onClick={() => setFilter(noFilter)}
          >
            {t.filterClear}
          </button>
          <button type="button" class="button button-large" onClick={onClose}>
            {t.filterShow(left)}
          </button>
        </div>
      }
    >
      <div class="filter">
        <h2 id="filter-title">{t.filterTitle}</h2>
        {diets.length === 0 ? null : (
          <fieldset>
            <legend class="filter-name">{t.filterDiets}</legend>
            <p class="small quiet">{t.filterDietsHint}</p>
            <Toggles
              names={t.diets}
              offered={diets}
              chosen={wanted.diets}
              onChange={(chosen) => change({ diets: chosen })}
            />
          </fieldset>
        )}
        <fieldset>
          <legend class="filter-name">{t.filterWithout}</legend>
          <Toggles
            names={t.allergens}
            offered={allergens}
            chosen={wanted.without}
            onChange={(chosen) => change({ without: chosen })}
          />
          {unstated === 0 ? null : (
            <>
              <p class="notice notice-wait">{t.filterUnstated(unstated)}</p>
              <label class="choice">
                <input
                  type="checkbox"
                  checked={wanted.hidesUnstated}
                  disabled={wanted.without.length === 0}
                  onChange={({ currentTarget }) => change({ hidesUnstated: currentTarget.checked })}
                />
                <span>{t.filterHideUnstated}</span>
              </label>
            </>
          )}
        </fieldset>
      </div>
    </Sheet>
  );
}

interface TogglesProps<T extends string> {
  readonly names: Readonly<Record<T, string>>;
  readonly offered: readonly T[];
  readonly chosen: readonly T[];
  onChange(chosen: T[]): void;
}

function Toggles<T extends string>({ names, offered, chosen, onChange }: TogglesProps<T>) {
  return (
    <div class="toggles">
      {offered.map((one) => (
        <label key={one} class="toggle">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? [...chosen, one] : chosen.filter((other) => other !== one))
            }
          />
          <span>{names[one]}</span>
        </label>
      ))}
    </div>
  );
}
