import "./stock.css";
import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { StockLive, type StockView, type VenueView } from "../../contracts/venue.ts";
import { pathOf } from "../shared/api.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { LiveStream } from "../shared/live-stream.ts";
import { useAsked } from "./asked.ts";
import { Frame } from "./frame.tsx";
import { folded } from "./menu-tree.tsx";
import type { PageProps } from "./pages.ts";
import { SearchField } from "./search-field.tsx";
import { session } from "./sign-in.ts";
import { Empty, Failed, Loading } from "./states.tsx";
import { type Thing, thingsOf } from "./stock-things.ts";
import { StockTable } from "./stock-table.tsx";
import { words } from "./stock-words.ts";

const shown = ["all", "counted", "out"] as const;

/** What is left and what is sold out, live: whoever changes it, and whatever is sold meanwhile. */
export function StockPage({ venue }: PageProps) {
  return venue === null ? null : <Stock venue={venue} />;
}

function Stock({ venue }: { readonly venue: VenueView }) {
  const [search, setSearch] = useState("");
  const [which, setWhich] = useState<(typeof shown)[number]>("all");
  const followed = useMemo(() => ({ stock: signal<StockLive | null>(null), refused: signal(false) }), [venue.id]);
  const [stream, setStream] = useState<LiveStream<StockLive> | null>(null);
  const params = { venue: venue.id };
  const menu = useAsked(venueRoutes.menu, { params });
  const t = words.value;
  useEffect(() => {
    const opened = new LiveStream<StockLive>({
      path: pathOf(venueRoutes.followStock.path, { params }),
      session,
      schema: StockLive,
      message: (message) => (followed.stock.value = message),
      probe: () => session.ask(venueRoutes.stock, { params }),
      refused: () => (followed.refused.value = true),
    });
    setStream(opened);
    return () => opened.close();
  }, [venue.id]);
  const stock = followed.stock.value;
  const things = useMemo(() => (menu.value === null ? [] : thingsOf(menu.value)), [menu.value]);
  useEffect(() => {
    // The menu has been published anew: there may be other things to count.
    if (menu.value !== null && stock !== null && stock.menuVersion !== menu.value.version) menu.again();
  }, [stock?.menuVersion]);
  const lead = `${venue.settings.name} · ${t.lead}`;
  if (menu.value === null || stock === null) {
    const noMenu = menu.problem?.status === 404;
    return (
      <Frame title={t.title} lead={lead}>
        {stream === null ? null : <ConnectionBanner live={stream.live} />}
        {noMenu ? <Empty title={t.noMenu} /> : null}
        {menu.problem !== null && !noMenu ? <Failed problem={menu.problem} retry={menu.again} /> : null}
        {menu.problem === null ? <Loading /> : null}
      </Frame>
    );
  }
  const wanted = folded(search);
  const fitting = things.filter((thing) => {
    if (which === "counted" && stock.stock[thing.key] === undefined) return false;
    if (which === "out" && !isOut(thing, stock)) return false;
    return wanted === "" || folded(`${thing.name} ${thing.of ?? ""} ${thing.key}`).includes(wanted);
  });
  const count = {
    all: things.length,
    counted: things.filter(({ key }) => stock.stock[key] !== undefined).length,
    out: things.filter((thing) => isOut(thing, stock)).length,
  };
  return (
    <Frame title={t.title} lead={lead}>
      {stream === null ? null : <ConnectionBanner live={stream.live} />}
      <div class="filters">
        <SearchField id="stock-search" label={t.search} value={search} onInput={setSearch} />
        <div class="segments stock-which" role="group" aria-label={t.which}>
          {shown.map((one) => (
            <label key={one}>
              <input type="radio" name="stock-which" checked={which === one} onChange={() => setWhich(one)} />
              <span>
                {t.shown[one]} <span class="figures">{count[one]}</span>
              </span>
            </label>
          ))}
        </div>
      </div>
      {fitting.length === 0 ? <Empty title={which === "all" ? t.nothingFound : t.nothing[which]} /> : null}
      {fitting.length === 0 ? null : <StockTable venue={venue} things={fitting} stock={stock} />}
    </Frame>
  );
}

/** Sold out by hand, or nothing left of what is counted. */
export function isOut({ key }: Thing, { stock, soldOut }: StockView): boolean {
  return Object.hasOwn(soldOut, key) || stock[key] === 0;
}
