import { useId, useState } from "preact/hooks";
import type { MenuDocument } from "../../contracts/menu.ts";
import { distinct, keyFromName } from "../../domain/menu/menu-key.ts";
import { said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { SelectField, TextField } from "./fields.tsx";
import type { Editing } from "./menu-draft.ts";
import { blank } from "./menu-group-editor.tsx";
import { viewAddress } from "./menu-page.tsx";
import { PriceField } from "./menu-price-field.tsx";
import { words } from "./menu-words.ts";
import { go } from "./place.ts";

const kinds = ["item", "category", "group"] as const;
type Kind = (typeof kinds)[number];

/** Adds a dish, a heading or an option group to the draft, and opens it. */
export function AddPart({ editing }: { readonly editing: Editing }) {
  const [open, setOpen] = useState(false);
  const t = words.value;
  return (
    <>
      <button type="button" class="button button-quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t.add}
      </button>
      {open ? <Adding editing={editing} close={() => setOpen(false)} /> : null}
    </>
  );
}

function Adding({ editing: { document, change }, close }: { readonly editing: Editing; close(): void }) {
  const [kind, setKind] = useState<Kind>("item");
  const [name, setName] = useState("");
  const [price, setPrice] = useState<number | null>(null);
  const [heading, setHeading] = useState(document.categories[0]?.id ?? "");
  const id = useId();
  const t = words.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() === "" || (kind === "item" && price === null)) return;
    const made = added(document, kind, { name: name.trim(), price: price ?? 0, heading });
    change(() => made.document);
    close();
    go(viewAddress("menu", { part: made.part }));
  };
  return (
    <Sheet titleId={id} onClose={close}>
      <form class="fields" onSubmit={submit}>
        <h2 id={id}>{t.addTitle}</h2>
        <div class="segments" role="group" aria-label={t.addTitle}>
          {kinds.map((one) => (
            <label key={one}>
              <input type="radio" name="menu-add-kind" checked={kind === one} onChange={() => setKind(one)} />
              {t.kinds[one]}
            </label>
          ))}
        </div>
        <TextField label={t.name} value={name} required maxLength={200} onInput={setName} />
        {kind === "item" ? (
          <>
            <PriceField label={t.price} value={price} currency={document.currency} onInput={setPrice} />
            {document.categories.length === 0 ? null : (
              <SelectField
                label={t.underHeadings}
                value={heading}
                options={document.categories.map((one) => [one.id, said(one.name)] as const)}
                onChange={setHeading}
              />
            )}
          </>
        ) : null}
        <button class="button">{t.addGo}</button>
      </form>
    </Sheet>
  );
}

interface New {
  readonly name: string;
  readonly price: number;
  readonly heading: string;
}

function added(document: MenuDocument, kind: Kind, { name: said, price, heading }: New) {
  const { items, groups, categories } = document;
  const name = { [document.languages[0] ?? "en"]: said };
  if (kind === "category") {
    const id = distinct(keyFromName(said, "category-"), new Set(categories.map((one) => one.id)));
    const category = { id, name, description: null, items: [], hours: [] };
    return { part: `categories/${id}`, document: { ...document, categories: [...categories, category] } };
  }
  // Dishes and option groups never share an id: what is sold out is known by it.
  const taken = new Set([...items, ...groups].map((one) => one.id));
  const id = distinct(keyFromName(said, kind === "item" ? "" : "options-"), taken);
  if (kind === "group") {
    const group = { id, name, minimum: 0, maximum: 1, options: [{ ...blank, id: "option" }] };
    return { part: `groups/${id}`, document: { ...document, groups: [...groups, group] } };
  }
  const item: MenuDocument["items"][number] = {
    id, name, price, description: null, photo: null, variations: [], groups: [], allergens: [], diet: [],
    taxClass: null, hours: [], available: true, stock: null,
  }; // prettier-ignore
  return {
    part: `items/${id}`,
    document: {
      ...document,
      items: [...items, item],
      categories: categories.map((one) => (one.id === heading ? { ...one, items: [...one.items, id] } : one)),
    },
  };
}
