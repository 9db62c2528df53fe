import { inside, money, said } from "../shared/format.ts";
import { reordered } from "./reordered.ts";
import { reorderWords } from "./words-reorder.ts";
import { words } from "./words.ts";

/** Says what came of ordering the same again, until it was read. */
export function ReorderNotice({ venue }: { readonly venue: string }) {
  const news = reordered.value;
  const t = reorderWords.value;
  if (news === null || news.venue !== venue) return null;
  const { missing, dearer, currency } = news;
  return (
    <div class={`notice ${missing.length === 0 ? "notice-go" : "notice-wait"}`} role="status">
      <strong>{missing.length === 0 ? t.whole : t.part}</strong>
      <ul>
        {missing.map((name) => (
          <li key={said(name)}>{t.missing(inside(said(name)))}</li>
        ))}
        {dearer.map(({ name, now, before }) => (
          <li key={said(name)}>
            {words.value.newsPrice(inside(said(name)), money(now, currency), money(before, currency))}
          </li>
        ))}
      </ul>
      <p>
        <button type="button" class="button button-quiet" onClick={() => (reordered.value = null)}>
          {words.value.newsRead}
        </button>
      </p>
    </div>
  );
}
