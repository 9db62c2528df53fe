import type { MenuDocument } from "../../contracts/menu.ts";
import type { Editing } from "./menu-draft.ts";
import { viewAddress } from "./menu-page.tsx";
import { words } from "./menu-words.ts";
import { go } from "./place.ts";
import { Sure } from "./sure.tsx";

interface RemovePartProps {
  readonly name: string;
  readonly editing: Editing;
  readonly list: "items" | "groups" | "categories";
  readonly id: string;
}

/** Takes a part out of the draft, and every mention of it. */
export function RemovePart({ name, editing, list, id }: RemovePartProps) {
  const t = words.value;
  return (
    <div class="form-end menu-remove">
      <Sure
        label={t.remove}
        of={name}
        title={t.removeTitle(name)}
        go={t.removeGo}
        onSure={() => {
          editing.change((menu) => without(menu, list, id));
          go(viewAddress("menu"));
          return Promise.resolve(null);
        }}
      >
        <p>{t.removeMore}</p>
      </Sure>
    </div>
  );
}

function without(menu: MenuDocument, list: RemovePartProps["list"], id: string): MenuDocument {
  if (list === "categories") return { ...menu, categories: menu.categories.filter((one) => one.id !== id) };
  const unnamed = <P extends { groups: string[] }>(part: P): P => ({
    ...part,
    groups: part.groups.filter((one) => one !== id),
  });
  if (list === "groups") {
    return {
      ...menu,
      items: menu.items.map((item) => ({ ...unnamed(item), variations: item.variations.map(unnamed) })),
      groups: menu.groups
        .filter((one) => one.id !== id)
        .map((group) => ({ ...group, options: group.options.map(unnamed) })),
    };
  }
  return {
    ...menu,
    items: menu.items.filter((one) => one.id !== id),
    categories: menu.categories.map((one) => ({ ...one, items: one.items.filter((each) => each !== id) })),
  };
}
