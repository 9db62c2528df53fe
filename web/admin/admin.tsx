import "./admin.css";
import { useEffect } from "preact/hooks";
import { language } from "../shared/language.ts";
import { Frame } from "./frame.tsx";
import { Navigation } from "./navigation.tsx";
import { useOnceMore } from "./once-more.ts";
import { pages } from "./pages.ts";
import { followLinks, go, paramsIn, place } from "./place.ts";
import { searchBySlash } from "./search-field.tsx";
import { type Holder, holder, present } from "./sign-in.ts";
import { SignInAgain, SignInPage } from "./sign-in-page.tsx";
import { Empty, Failed, Loading } from "./states.tsx";
import { chosen, loadVenues, venues, venuesRefused } from "./venues.ts";
import { words } from "./words.ts";

/** The desk: for an admin of all venues or of some, and, where it makes sense, for staff. */
export function Admin() {
  const who = present.value;
  const { path } = place.value;
  useEffect(followLinks, []);
  useEffect(() => searchBySlash(() => go("/admin/orders")), []);
  useEffect(() => {
    if (who !== null) void loadVenues(who);
  }, [who?.subject, who?.tenant]);
  if (who === null) return <SignInPage />;
  const mine = pages.filter(
    ({ roles, wholeTenant }) => roles.includes(who.role) && (!wholeTenant || who.venues === null),
  );
  const found = mine.find((page) => paramsIn(page.path, path) !== null);
  // Somebody else begins anew: nothing of who was here before stays.
  return (
    <div class="desk" key={`${who.tenant} ${who.subject}`}>
      <a class="skip button" href="#content">
        {words.value.skip}
      </a>
      <Navigation holder={who} pages={mine} here={found ?? null} />
      <Content who={who} found={found ?? null} known={pages.some((page) => paramsIn(page.path, path) !== null)} />
      {holder.value === null ? <SignInAgain who={who} /> : null}
    </div>
  );
}

interface ContentProps {
  readonly who: Holder;
  readonly found: (typeof pages)[number] | null;
  /** Whether somebody else has such a page. */
  readonly known: boolean;
}

function Content({ who, found, known }: ContentProps) {
  const t = words.value;
  const all = venues.value;
  const refused = venuesRefused.value;
  const load = () => void loadVenues(who);
  useOnceMore(refused, load);
  if (found === null) {
    return (
      <Frame title={known ? t.notYours : t.nowhere}>
        <Empty title={known ? t.notYoursMore : t.nowhereMore}>
          <a class="button" href="/admin">
            {t.toStart}
          </a>
        </Empty>
      </Frame>
    );
  }
  const title = found.title[language.value];
  if (all === null) {
    return (
      <Frame title={title}>{refused === null ? <Loading /> : <Failed problem={refused.problem} retry={load} />}</Frame>
    );
  }
  const { Page } = found;
  const one = all.find(({ id }) => id === chosen.value) ?? (found.venue === "one" ? all[0] : undefined) ?? null;
  if (found.venue === "one" && one === null) {
    return (
      <Frame title={title}>
        <Empty title={t.noVenue} />
      </Frame>
    );
  }
  const params = paramsIn(found.path, place.value.path) ?? {};
  // Another venue, or another order, is another page: nothing of the one before may stay on it.
  const key = [found.path, ...Object.values(params), found.venue === "one" ? one?.id : ""].join(" ");
  return <Page key={key} holder={who} params={params} venues={all} venue={found.venue === "none" ? null : one} />;
}
