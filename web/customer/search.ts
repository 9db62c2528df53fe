import type { MenuKey } from "../../contracts/ids.ts";
import type { CompiledMenu, Item } from "../../contracts/menu.ts";

/** Letters that no decomposition takes apart. */
const alike: Readonly<Record<string, string>> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ",
}; // prettier-ignore

/**
 * A text as it is searched: without case, accents, tone marks and width, digits of every script as 0 to 9. Who types
 * "jalapeno" means "Jalapeño", and who types "กวยเตยว" means "ก๋วยเตี๋ยว".
 */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{Mn}/gu, "")
    .replaceAll(/[ßæœøłđðþıς]/g, (letter) => alike[letter] ?? letter)
    .replaceAll(/[\p{Nd}--[0-9]]/gv, digitOf)
    .replaceAll(/[\s\p{P}]+/gu, " ")
    .trim();
}

/** Digits of a script come ten in a row, nought first, at a multiple of sixteen or six after one. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let nought = code;
  while (code - nought < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String(code - nought);
}

/** A menu made ready to be searched: in every language it has, whichever is shown. */
export class MenuSearch {
  readonly #texts: Map<MenuKey, string>;

  constructor(menu: CompiledMenu) {
    const headings = new Map<MenuKey, string[]>();
    for (const { name, items } of menu.categories) {
      for (const id of items) headings.set(id, [...(headings.get(id) ?? []), ...Object.values(name)]);
    }
    this.#texts = new Map(
      Object.values(menu.items).map((item) => [
        item.id,
        plain([...textsOf(item), ...(headings.get(item.id) ?? [])].join(" ")),
      ]),
    );
  }

  /** Whether every word typed stands somewhere in what is said of the item. Nothing typed: all do. */
  finds(item: MenuKey, typed: string): boolean {
    const text = this.#texts.get(item) ?? "";
    return plain(typed)
      .split(" ")
      .every((word) => text.includes(word));
  }
}

function textsOf({ name, description, variations }: Item): string[] {
  return [
    ...Object.values(name),
    ...Object.values(description ?? {}),
    ...variations.flatMap((variation) => Object.values(variation.name)),
  ];
}
