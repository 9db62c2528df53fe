import { useEffect, useState } from "preact/hooks";
import type { MenuKey } from "../../contracts/ids.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { Orderable } from "../../domain/menu/availability.ts";
import { minutes, money } from "../shared/format.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { BasketBar, BasketSlip } from "./basket-slip.tsx";
import { Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { ItemSheet } from "./item-sheet.tsx";
import { MenuList } from "./menu-list.tsx";
import { Underway } from "./underway.tsx";
import { momentAt, type PublishedMenu, refreshVenue, venueData } from "./venue-data.ts";
import { preparationMs } from "./venues-page.tsx";
import { words } from "./words.ts";

interface MenuPageProps {
  readonly tenant: string;
  readonly id: string;
}

/** A restaurant's menu, with the order that grows beside it. */
export function MenuPage({ tenant, id }: MenuPageProps) {
  const data = venueData(id).value;
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void refreshVenue(id);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [id]);
  if (data.status === "loading") return <Waiting />;
  if (data.status === "failed") return <Failure problem={data.problem} retry={() => void refreshVenue(id)} />;
  return <Menu tenant={tenant} venue={data.venue} menu={data.menu} />;
}

interface MenuProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

function Menu({ tenant, venue, menu }: MenuProps) {
  const [open, setOpen] = useState<MenuKey | null>(null);
  const t = words.value;
  const { settings } = venue;
  useEffect(() => void (document.title = settings.name), [settings.name]);
  const moment = momentAt(venue, Date.now());
  const orderable = new Orderable(menu, moment);
  const item = open === null ? undefined : menu.items[open];
  const fee = settings.deliveryFee === 0 ? t.freeDelivery : t.deliveryFor(money(settings.deliveryFee, menu.currency));
  return (
    <>
      <a class="skip" href="#menu">
        {t.skip}
      </a>
      <header class="top">
        <a class="wordmark" href={`/${tenant}`}>
          <span aria-hidden="true">‹ </span>
          {t.allVenues}
        </a>
        <LanguageChoice />
      </header>
      <div class="menu-layout">
        <header class="venue-head">
          <h1>{settings.name}</h1>
          <p class="venue-facts">
            <span>{settings.address}</span>
            <span>{t.readyIn(minutes(preparationMs(venue)))}</span>
            {settings.fulfilments.includes("delivery") ? <span>{fee}</span> : null}
          </p>
          {venue.paused === null ? null : (
            <p class="notice notice-wait">
              {t.paused}. {venue.paused.reason}
            </p>
          )}
          <Underway tenant={tenant} />
        </header>
        <MenuList menu={menu} moment={moment} orderable={orderable} onOpen={setOpen} />
        <aside class="menu-basket" aria-label={t.basket}>
          <BasketSlip tenant={tenant} venue={venue} menu={menu} />
        </aside>
      </div>
      <BasketBar tenant={tenant} venue={venue} menu={menu} />
      {item === undefined ? null : (
        <ItemSheet
          key={item.id}
          venue={venue}
          menu={menu}
          item={item}
          orderable={orderable}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
