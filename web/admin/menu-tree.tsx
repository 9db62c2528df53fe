import type { Item, MenuDocument, Text } from "../../contracts/menu.ts";
import { money, said } from "../shared/format.ts";
import { viewAddress } from "./menu-page.tsx";
import { words } from "./menu-words.ts";
import { Chip } from "./states.tsx";

interface MenuTreeProps {
  readonly document: MenuDocument;
  readonly search: string;
  /** What is picked: `items/soup`. */
  readonly part: string;
  /** Parts that are not as they are published. */
  readonly touched: ReadonlySet<string>;
}

/** Headings with their dishes, then the option groups; searched, only what fits. */
export function MenuTree({ document, search, part, touched }: MenuTreeProps) {
  const t = words.value;
  const wanted = folded(search);
  const fits = (id: string, ...texts: (Text | null)[]) =>
    wanted === "" ||
    folded(id).includes(wanted) ||
    texts.some((text) => Object.values(text ?? {}).some((words) => folded(words).includes(wanted)));
  const itemsById = new Map(document.items.map((item) => [item.id, item]));
  const groups = document.groups.filter(({ id, name, options }) =>
    fits(id, name, ...options.map((option) => option.name)),
  );
  const headings = document.categories.flatMap((category) => {
    const items = category.items.flatMap((id) => itemsById.get(id) ?? []);
    const fitting = items.filter(({ id, name, description }) => fits(id, name, description));
    const own = fits(category.id, category.name);
    return own || fitting.length > 0 ? [{ category, items: own ? items : fitting }] : [];
  });
  const found = headings.reduce((sum, { items }) => sum + items.length, 0);
  const link = (to: string, current: string) => ({
    href: viewAddress("menu", { part: to }),
    "aria-current": to === current ? ("true" as const) : undefined,
  });
  return (
    <nav class="menu-tree" aria-label={t.views.menu}>
      <p class="for-ears" role="status">
        {wanted === "" ? "" : found + groups.length === 0 ? t.nothingFound : t.found(found)}
      </p>
      {wanted === "" ? (
        <p>
          <a class="tree-line" {...link("menu", part)}>
            {t.whole}
          </a>
        </p>
      ) : null}
      {found + groups.length === 0 && wanted !== "" ? <p class="quiet">{t.nothingFound}</p> : null}
      {headings.map(({ category, items }) => (
        <section key={category.id} aria-label={said(category.name)}>
          <h2>
            <a class="tree-line tree-heading" {...link(`categories/${category.id}`, part)}>
              <span>{said(category.name) || category.id}</span>
              <Touched on={touched.has(`categories/${category.id}`)} />
              <span class="figures quiet">{items.length}</span>
            </a>
          </h2>
          <ul>
            {items.map((item) => (
              <li key={item.id}>
                <a class="tree-line" {...link(`items/${item.id}`, part)}>
                  <span>{said(item.name) || item.id}</span>
                  {item.available ? null : <Chip tone="stop">{t.off}</Chip>}
                  <Touched on={touched.has(`items/${item.id}`)} />
                  <span class="figures">{priceWords(item, document.currency)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 ? null : (
        <section aria-label={t.groups}>
          <h2 class="tree-title">{t.groups}</h2>
          <ul>
            {groups.map((group) => (
              <li key={group.id}>
                <a class="tree-line" {...link(`groups/${group.id}`, part)}>
                  <span>{said(group.name) || group.id}</span>
                  <Touched on={touched.has(`groups/${group.id}`)} />
                  <span class="small quiet">{t.rule(group.minimum, group.maximum)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}

function Touched({ on }: { readonly on: boolean }) {
  return on ? <Chip tone="accent">{words.value.changed}</Chip> : null;
}

/** One price, or from the lowest to the highest. */
export function priceWords({ price, variations }: Item, currency: string): string {
  const prices = variations.length === 0 ? [price ?? 0] : variations.map((one) => one.price);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  return least === most ? money(least, currency) : `${money(least, currency)}–${money(most, currency)}`;
}

/** Found whatever the accents and capitals. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();
}
