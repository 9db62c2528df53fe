import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { entry } from "../../domain/menu/compile.ts";
import { Orderable } from "../../domain/menu/availability.ts";
import type { MenuKey } from "../../contracts/ids.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { reachable } from "../shared/reachable.ts";
import { basketAt } from "./basket.ts";
import { BasketBar } from "./basket-bar.tsx";
import { BasketSlip } from "./basket-slip-later.tsx";
import { Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { useHeartbeat } from "./heartbeat.ts";
import { type Opened, ItemSheet } from "./item-sheet-later.tsx";
import { MenuList } from "./menu-list.tsx";
import { thisMinute } from "./minute.ts";
import { PageTitle } from "./page-title.tsx";
import { soon } from "../shared/later.tsx";
import { reordered } from "./reordered.ts";
import { sitDown } from "./table.ts";
import { TopBar } from "./top-bar.tsx";
import { momentAt, type PublishedMenu, refreshVenue, venueData, whenHere } from "./venue-data.ts";
import { VenueAbout, VenueFacts } from "./venue-facts.tsx";
import { words } from "./words.ts";

interface MenuPageProps {
  readonly tenant: string;
  readonly id: string;
}

const ReorderNotice = soon(async () => (await import("./reorder-notice.tsx")).ReorderNotice);

/** What is remembered is old, however well the network may be by now. */
const cutOff = signal(false);

/** Sold out, paused, a new menu: so often a page that is looked at asks. */
const refreshMs = 20_000;

/** A restaurant's menu, with the order that grows beside it. */
export function MenuPage({ tenant, id }: MenuPageProps) {
  const data = venueData(id).value;
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void refreshVenue(id);
    const timer = setInterval(look, refreshMs);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [id]);
  useHeartbeat(() => void refreshVenue(id));
  if (data.status === "loading") return <Waiting />;
  if (data.status === "failed") return <Failure problem={data.problem} retry={() => void refreshVenue(id)} />;
  return <Menu tenant={tenant} venue={data.venue} menu={data.menu} asOf={data.asOf ?? null} />;
}

/** What the first answer shows, it shows until all of it can be drawn here. */
export const menuHere = (id: string): Promise<void> => whenHere(venueData(id));

interface MenuProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
  /** When it was so (epoch ms), where nothing newer could be had yet. */
  readonly asOf: number | null;
}

/** What it shows at first is in `workers/ordering/http/pages/menu-page.ts` too, tag by tag. */
function Menu({ tenant, venue, menu, asOf }: MenuProps) {
  const [open, setOpen] = useState<Opened | null>(null);
  const t = words.value;
  const { settings } = venue;
  useEffect(() => void (document.title = `${settings.name} · ${settings.address}`), [settings.name, settings.address]);
  useEffect(() => sitDown(venue), [venue.id, settings.fulfilments.includes("dine-in")]);
  const minute = thisMinute.value;
  const moment = useMemo(() => momentAt(venue, minute), [venue, minute]);
  const orderable = useMemo(() => new Orderable(menu, moment), [menu, moment]);
  const item = open === null ? undefined : entry(menu.items, open.item);
  const edit = (at: number): void => {
    const line = basketAt(venue.id).peek().lines[at];
    if (line !== undefined) setOpen({ item: line.item, at });
  };
  // Hundreds of dishes: drawn anew when they change, not whenever a sheet opens.
  const list = useMemo(() => {
    const onOpen = (id: MenuKey): void => setOpen({ item: id, at: null });
    return <MenuList venue={venue.id} menu={menu} moment={moment} orderable={orderable} onOpen={onOpen} />;
  }, [venue.id, menu, moment, orderable]);
  return (
    <>
      <a class="skip" href="#menu">
        {t.skip}
      </a>
      <ConnectionBanner live={asOf === null ? reachable : cutOff} asOf={asOf} />
      <TopBar tenant={tenant} back={`/${tenant}`}>
        {t.allVenues}
      </TopBar>
      <div class="menu-layout">
        <section class="venue-head" aria-label={settings.name}>
          <PageTitle dir="auto">{settings.name}</PageTitle>
          <VenueFacts venue={venue} currency={menu.currency} />
          <VenueAbout venue={venue} />
          {venue.paused === null ? null : (
            <p class="notice notice-wait">
              {t.paused}. <bdi>{venue.paused.reason}</bdi>
            </p>
          )}
          {reordered.value === null ? null : <ReorderNotice venue={venue.id} />}
        </section>
        {list}
        <aside class="menu-basket" aria-label={t.basket}>
          <BasketSlip tenant={tenant} venue={venue} menu={menu} onEdit={edit} />
        </aside>
      </div>
      <BasketBar tenant={tenant} venue={venue} menu={menu} onEdit={edit} />
      {open === null || item === undefined ? null : (
        <ItemSheet
          key={`${item.id} ${open.at}`}
          venue={venue}
          menu={menu}
          item={item}
          at={open.at}
          orderable={orderable}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
