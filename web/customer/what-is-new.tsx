import { useEffect, useState } from "preact/hooks";
import type { VenueView } from "../../contracts/venue.ts";
import { entry } from "../../domain/menu/compile.ts";
import { inside, money, said } from "../shared/format.ts";
import { serverNow } from "../shared/server-clock.ts";
import { basketAt } from "./basket.ts";
import { type News, newsOf, noteSeen } from "./basket-news.ts";
import type { PublishedMenu } from "./venue-data.ts";
import { words } from "./words.ts";

interface WhatIsNewProps {
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

/** Tells what a new menu has done to the basket, until somebody says that it was read. */
export function WhatIsNew({ venue, menu }: WhatIsNewProps) {
  const basket = basketAt(venue.id).value;
  const [news, setNews] = useState<readonly News[]>(() => newsOf(menu, venue, basket, serverNow()));
  const t = words.value;
  useEffect(() => setNews(newsOf(menu, venue, basketAt(venue.id).peek(), serverNow())), [menu]);
  useEffect(() => {
    if (news.length === 0) noteSeen(menu, venue, basket, serverNow());
  }, [news, basket, menu]);
  if (news.length === 0) return null;
  const nameOf = (item: string): string => inside(said(entry(menu.items, item)?.name ?? { und: item }));
  const amount = (minor: number): string => money(minor, menu.currency);
  return (
    <div class="notice" role="status">
      <strong>{t.news}</strong>
      <ul>
        {news.map((each) => (
          <li key={each.item}>
            {each.type === "gone"
              ? t.newsGone(nameOf(each.item))
              : t.newsPrice(nameOf(each.item), amount(each.now), amount(each.before))}
          </li>
        ))}
      </ul>
      <p>
        <button type="button" class="button button-quiet" onClick={() => setNews([])}>
          {t.newsRead}
        </button>
      </p>
    </div>
  );
}
