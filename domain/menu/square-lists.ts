import type { MenuKey } from "../../contracts/ids.ts";
import type { Language, Text } from "../../contracts/menu.ts";
import type { Cursor } from "./cursor.ts";
import type { DraftGroup, DraftOption } from "./draft.ts";
import type { FaultLog } from "./fault-log.ts";
import { keyFrom } from "./menu-key.ts";
import { type PriceNotation, readPrice } from "./price-reading.ts";
import { readCount, readFlag, readWords } from "./reading.ts";
import { languageOf } from "./script.ts";
import { isSquare } from "./square-objects.ts";

/** Modifier lists as option groups. An item may set its own minimum and maximum: that makes a group of its own. */
export class SquareLists {
  readonly #notation: PriceNotation;
  readonly #language: Language;
  readonly #log: FaultLog;
  readonly #byId = new Map<MenuKey, DraftGroup>();
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
      this.#loose.set(list, [...(this.#loose.get(list) ?? []), at]);
    }
    for (const at of lists) this.#read(at);
  }

  groups(): DraftGroup[] {
    return [...this.#byId.values()];
  }

  /** The group an item uses by this `modifier_list_info`; null, reported, where the list is not there. */
  use(info: Cursor): MenuKey | null {
    const id = keyFrom(info.at("modifier_list_id").value);
    const list = id === null ? undefined : this.#byId.get(id);
    if (id === null || list === undefined) {
      this.#log.mended(info.path, "group-unknown", "There is no such modifier list.", "sold without it");
      return null;
    }
    // Square writes -1 where the list's own bounds hold.
    const unset = { low: -1, high: 99, otherwise: -1 };
    const minimum = readCount(info.at("min_selected_modifiers"), unset, this.#log);
    const maximum = readCount(info.at("max_selected_modifiers"), unset, this.#log);
    const own = {
      ...list,
      minimum: minimum < 0 ? list.minimum : minimum,
      maximum: maximum < 0 ? list.maximum : maximum,
    };
    if (own.minimum === list.minimum && own.maximum === list.maximum) return id;
    const key = keyFrom(`${id}:${own.minimum}-${own.maximum ?? "all"}`) ?? id;
    this.#byId.set(key, { ...own, id: key });
    return key;
  }

  #read(at: Cursor): void {
    const data = at.at("modifier_list_data");
    const id = keyFrom(at.at("id").value);
    if (data.at("modifier_type").value === "TEXT") {
      this.#log.refused(
        at.path,
        "free-text",
        "It asks for words, not for a choice.",
        "left out; customers write a note",
      );
      return;
    }
    if (id === null || this.#byId.has(id)) {
      this.#log.refused(at.path, "id-repeated", "Its id is missing or was there before.", "left out");
      return;
    }
    const options = [...data.at("modifiers").list(), ...(this.#loose.get(at.at("id").value) ?? [])].map((each) =>
      this.#option(each),
    );
    const kept = options.filter((each) => each !== null);
    const unset = { low: -1, high: 99, otherwise: -1 };
    const minimum = readCount(data.at("min_selected_modifiers"), unset, this.#log);
    const maximum = readCount(data.at("max_selected_modifiers"), unset, this.#log);
    const single = data.at("selection_type").value === "SINGLE";
    this.#byId.set(id, {
      path: at.path,
      id,
      name: this.#text(data.at("name")),
      minimum: Math.max(0, minimum),
      maximum: maximum > 0 ? maximum : single ? 1 : null,
      options: kept,
      lost: options.length - kept.length,
    });
  }

  #option(at: Cursor): DraftOption | null {
    const data = at.at("modifier_data");
    const loss = "the option is left out";
    if (!at.isObject || readFlag(at.at("is_deleted"), false, this.#log)) {
      this.#log.refused(at.path, "not-an-object", "It is deleted, or no modifier.", loss);
      return null;
    }
    const money = data.at("price_money");
    const price = money.missing ? 0 : readPrice(money.at("amount"), this.#notation, loss, this.#log);
    if (price === null) return null;
    const hidden = readFlag(data.at("hidden_online"), false, this.#log);
    const soldOut = data
      .at("location_overrides")
      .list()
      .some((each) => readFlag(each.at("sold_out"), false, this.#log));
    return {
      path: at.path,
      id: keyFrom(at.at("id").value),
      name: this.#text(data.at("name")),
      price,
      priceByVariation: {},
      maximum: 1,
      groups: [],
      allergens: [],
      taxClass: null,
      stock: null,
      default: readFlag(data.at("on_by_default"), false, this.#log),
      available: !hidden && !soldOut,
    };
  }

  #text(at: Cursor): Text {
    const words = readWords(at, 200, this.#log);
    return words === null ? {} : { [languageOf(words, this.#language)]: words };
  }
}
