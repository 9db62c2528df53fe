import { useState } from "preact/hooks";
import type { MenuDifferences } from "../../contracts/menu-difference.ts";
import { CategoryEditor } from "./menu-category-editor.tsx";
import { type Editing, faultsOf, partAt, type Published } from "./menu-draft.ts";
import { AddPart } from "./menu-add.tsx";
import { GroupEditor } from "./menu-group-editor.tsx";
import { ItemEditor } from "./menu-item-editor.tsx";
import { viewAddress } from "./menu-page.tsx";
import { MenuTree } from "./menu-tree.tsx";
import { WholeEditor } from "./menu-whole-editor.tsx";
import { words } from "./menu-words.ts";
import { query } from "./place.ts";
import { Empty } from "./states.tsx";
import { SearchField } from "./search-field.tsx";

interface MenuDeskProps {
  readonly editing: Editing;
  readonly published: Published;
  readonly differences: MenuDifferences;
}

/** The menu as a tree, and what is picked in it beside it. */
export function MenuDesk({ editing, differences }: MenuDeskProps) {
  const [search, setSearch] = useState("");
  const { document } = editing;
  const t = words.value;
  const part = query.value.get("part") ?? "";
  const count = differences.added + differences.removed + differences.changed;
  const touched = new Set(differences.list.map(({ path }) => path.split("/").slice(1, 3).join("/")));
  return (
    <>
      <div class="filters menu-filters" data-open={part !== ""}>
        <SearchField id="menu-search" label={t.search} placeholder={t.searchHint} value={search} onInput={setSearch} />
        <AddPart editing={editing} />
        {count === 0 ? null : (
          <a class="button" href={viewAddress("changes")}>
            {t.review} ({count})
          </a>
        )}
      </div>
      <div class="menu-desk" data-open={part !== ""}>
        <MenuTree document={document} search={search} part={part} touched={touched} />
        <section class="menu-editor" aria-label={t.views.menu}>
          <Picked editing={editing} part={part} />
        </section>
      </div>
    </>
  );
}

function Picked({ editing, part }: { readonly editing: Editing; readonly part: string }) {
  const t = words.value;
  const { document } = editing;
  if (part === "") {
    return (
      <div class="empty">
        <p class="empty-title">{t.pick}</p>
        <p>{t.pickMore}</p>
      </div>
    );
  }
  const [list = "", id = ""] = part.split("/");
  const item = list === "items" ? document.items.find((one) => one.id === id) : undefined;
  const group = list === "groups" ? document.groups.find((one) => one.id === id) : undefined;
  const category = list === "categories" ? document.categories.find((one) => one.id === id) : undefined;
  const faults = faultsOf(document).filter(
    ({ pointer }) => partAt(document, pointer) === (part === "menu" ? "" : part),
  );
  return (
    <>
      <p class="menu-back">
        <a class="button button-quiet" href={viewAddress("menu")}>
          {t.backToMenu}
        </a>
      </p>
      {faults.length === 0 ? null : (
        <div class="notice notice-wait" role="status">
          <strong>{t.faultsHere}</strong>
          <ul>
            {faults.map(({ pointer, detail }) => (
              <li key={pointer + detail}>{detail}</li>
            ))}
          </ul>
        </div>
      )}
      {item === undefined ? null : <ItemEditor key={part} item={item} editing={editing} />}
      {group === undefined ? null : <GroupEditor key={part} group={group} editing={editing} />}
      {category === undefined ? null : <CategoryEditor key={part} category={category} editing={editing} />}
      {part === "menu" ? <WholeEditor editing={editing} /> : null}
      {part !== "menu" && (item ?? group ?? category) === undefined ? <Empty title={t.partGone} /> : null}
    </>
  );
}
