import { clock, inside } from "../shared/format.ts";
import type { NewsDesk } from "./news-desk.ts";
import { words } from "./words.ts";

/** What happened without the driver, until it was read. */
export function NewsStrip({ desk }: { readonly desk: NewsDesk }) {
  const t = words.value;
  const news = desk.news.value;
  return (
    <div role="status">
      {news.length === 0 ? null : (
        <div class="news">
          <ul>
            {news.map(({ kind, label, at }) => (
              <li key={`${kind}/${label}/${at}`}>
                {t.news[kind](inside(label))} <span class="figures">{clock(at)}</span>
              </li>
            ))}
          </ul>
          <button type="button" class="button button-quiet" onClick={() => desk.clear()}>
            {t.noted}
          </button>
        </div>
      )}
    </div>
  );
}
