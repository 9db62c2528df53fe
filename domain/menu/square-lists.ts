import type { MenuKey } from "../../contracts/ids.ts";
import type { Language, Text } from "../../contracts/menu.ts";
import type { Cursor } from "./cursor.ts";
import type { DraftGroup, DraftOption } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { keyFrom } from "./menu-key.ts";
import type { PriceNotation } from "./price-reading.ts";
import { readCount, readFlag, readList, readWords } from "./reading.ts";
import { languageOf } from "./script.ts";
import { isLive, isSquare } from "./square-objects.ts";
import { readLocations, readMoney } from "./square-terms.ts";

/** Modifier lists as option groups. An item may set its own minimum and maximum: that makes a group of its own. */
export class SquareLists {
  readonly #notation: PriceNotation;
  readonly #language: Language;
  readonly #log: FaultLog;
  readonly #byId = new Map<MenuKey, DraftGroup>();
  readonly #texts = new Set<MenuKey>();
  readonly #loose = new Map<unknown, Cursor[]>();

  constructor(objects: readonly Cursor[], notation: PriceNotation, language: Language, log: FaultLog) {
    this.#notation = notation;
    this.#language = language;
    this.#log = log;
    const nested = new Set<unknown>();
    const lists = objects.filter((at) => isSquare(at, "MODIFIER_LIST"));
    for (const at of lists) {
      for (const each of at.at("modifier_list_data").at("modifiers").list()) nested.add(each.at("id").value);
    }
    // Some exports list modifiers beside their lists, or both beside and inside.
    for (const at of objects) {
      if (!isSquare(at, "MODIFIER") || nested.has(at.at("id").value)) continue;
      const list = at.at("modifier_data").at("modifier_list_id").value;
      const others = this.#loose.get(list) ?? [];
      others.push(at);
      this.#loose.set(list, others);
    }
    for (const at of lists) this.#read(at);
  }

  groups(): DraftGroup[] {
    return [...this.#byId.values()];
  }

  /** The group an item uses by this `modifier_list_info`; null, reported where it was not before, where there is none. */
  use(info: Cursor): MenuKey | null {
    const id = keyFrom(info.at("modifier_list_id").value);
    const list = id === null ? undefined : this.#byId.get(id);
    if (id === null || list === undefined) {
      const words = id !== null && this.#texts.has(id);
      if (!words) this.#log.mended(info.path, "group-unknown", "There is no such modifier list.", "sold without it");
      return null;
    }
    const own = { ...list, ...this.#bounds(info, list) };
    if (own.minimum === list.minimum && own.maximum === list.maximum) return id;
    const key = keyFrom(`${id}:${own.minimum}-${own.maximum ?? "all"}`) ?? id;
    this.#byId.set(key, { ...own, id: key });
    return key;
  }

  /** Square writes -1 where the list's own bounds hold, and a maximum of 0 where there is none. */
  #bounds(at: Cursor, otherwise: Pick<DraftGroup, "minimum" | "maximum">): Pick<DraftGroup, "minimum" | "maximum"> {
    const unset = { low: -1, high: 99, otherwise: -1 };
    const minimum = readCount(at.at("min_selected_modifiers"), unset, this.#log);
    const maximum = readCount(at.at("max_selected_modifiers"), unset, this.#log);
    return {
      minimum: minimum < 0 ? otherwise.minimum : minimum,
      maximum: maximum < 0 ? otherwise.maximum : maximum === 0 ? null : maximum,
    };
  }

  #read(at: Cursor): void {
    const data = at.at("modifier_list_data");
    const id = keyFrom(at.at("id").value);
    if (data.at("modifier_type").value === "TEXT") {
      const action = "left out; customers write a note";
      this.#log.refused(at.path, "free-text", "It asks for words, not for a choice.", action);
      if (id !== null) this.#texts.add(id);
      return;
    }
    if (id === null || this.#byId.has(id)) {
      this.#log.refused(at.path, "id-repeated", "Its id is missing or was there before.", "left out");
      return;
    }
    const single = data.at("selection_type").value === "SINGLE";
    const bounds = this.#bounds(data, { minimum: 0, maximum: single ? 1 : null });
    // With quantities one option may be taken as often as the list allows in all.
    const each = readFlag(data.at("allow_quantities"), false, this.#log) ? (bounds.maximum ?? 99) : 1;
    const listed = [...readList(data.at("modifiers"), this.#log), ...(this.#loose.get(at.at("id").value) ?? [])];
    const live = listed.filter((option) => isLive(option, this.#log));
    const options = live.map((option) => this.#option(option, each));
    const kept = options.filter((option) => option !== null);
    const name = this.#text(data.at("name"));
    this.#byId.set(id, { path: at.path, id, name, ...bounds, options: kept, lost: options.length - kept.length });
  }

  #option(at: Cursor, maximum: number): DraftOption | null {
    const data = at.at("modifier_data");
    const loss = "the option is left out";
    const money = data.at("price_money");
    const price = money.missing ? 0 : readMoney(money, this.#notation, loss, this.#log);
    if (price === null) return null;
    const hidden = readFlag(data.at("hidden_online"), false, this.#log);
    if (hidden)
      this.#log.noted(data.at("hidden_online").path, "hidden", "It is hidden online.", "imported as sold out");
    const nested = readList(data.at("child_modifier_list_ids"), this.#log);
    return {
      path: at.path,
      id: keyFrom(at.at("id").value),
      name: this.#text(data.at("name")),
      price,
      priceByVariation: {},
      maximum,
      groups: nested.flatMap((each) => {
        const id = keyFrom(each.value);
        return id === null ? [] : [{ path: each.path, id }];
      }),
      allergens: [],
      taxClass: null,
      stock: null,
      default: readFlag(data.at("on_by_default"), false, this.#log),
      available: readLocations(data, this.#log) && !hidden,
    };
  }

  #text(at: Cursor): Text {
    const words = readWords(at, 200, this.#log);
    return words === null ? {} : { [languageOf(words, this.#language)]: words };
  }
}
