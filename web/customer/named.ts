import type { BasketLine } from "../../contracts/basket.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { Refusal } from "../../contracts/problem.ts";
import { entry } from "../../domain/menu/compile.ts";
import { inside, said } from "../shared/format.ts";
import { locale } from "../shared/language.ts";
import type { PublishedMenu } from "./venue-data.ts";

/** What a refusal of an order points at, in the menu's words: "Custard tart and lemonade"; empty where it names nothing. */
export function namedIn(
  { errors = [] }: Pick<Refusal, "errors">,
  menu: PublishedMenu,
  lines: readonly BasketLine[],
): string {
  const names = errors.flatMap(({ pointer }) => {
    const [, part = "", of = ""] = pointer.split("/");
    if (part === "stock") return nameOfStock(of.replaceAll("~1", "/").replaceAll("~0", "~"), menu);
    const line = part === "lines" ? lines[Number(of)] : undefined;
    return line === undefined ? [] : nameOfItem(line.item, menu);
  });
  return new Intl.ListFormat(locale.value).format(new Set(names));
}

/** `item`, `item/variation` or `group/option`. */
function nameOfStock(key: string, menu: PublishedMenu): string[] {
  const [owner = "", part = ""] = key.split("/");
  const option = entry(menu.groups, owner)?.options.find(({ id }) => id === part);
  return option === undefined ? nameOfItem(owner, menu) : [inside(said(option.name))];
}

function nameOfItem(id: MenuKey, menu: PublishedMenu): string[] {
  const item = entry(menu.items, id);
  return item === undefined ? [] : [inside(said(item.name))];
}
