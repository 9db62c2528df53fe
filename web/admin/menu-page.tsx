import "./menu.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type MenuVersion, venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { countedDifferences } from "../../domain/menu/differences.ts";
import { useAsked } from "./asked.ts";
import { Frame } from "./frame.tsx";
import { MenuDesk } from "./menu-desk.tsx";
import { type Published, useDraft } from "./menu-draft.ts";
import { MenuImport } from "./menu-import.tsx";
import { MenuReview } from "./menu-review.tsx";
import { MenuVersions } from "./menu-versions.tsx";
import { words } from "./menu-words.ts";
import { moment } from "./moment.ts";
import type { PageProps } from "./pages.ts";
import { addressOf, place, query } from "./place.ts";
import { usePolled } from "./polled.ts";
import type { Holder } from "./sign-in.ts";
import { Empty, Failed, Loading } from "./states.tsx";

const views = ["menu", "changes", "import", "versions"] as const;
export type View = (typeof views)[number];

/** A venue's menu: read, edited, imported, and as it was before. */
export function MenuPage({ venue, holder }: PageProps) {
  const params = { venue: venue?.id ?? "" };
  const versions = useAsked(venueRoutes.menuVersions, venue === null ? null : { params, query: { limit: "1" } });
  const newest = useNewest(versions.value?.versions[0] ?? null);
  const menu = useAsked(
    venueRoutes.menuVersion,
    newest === null ? null : { params: { ...params, version: String(newest.version) } },
  );
  const t = words.value;
  const problem = versions.problem ?? menu.problem;
  if (venue === null) return null;
  if (problem !== null && menu.value === null) {
    return (
      <Frame title={t.title}>
        <Failed problem={problem} retry={() => (versions.problem === null ? menu.again() : versions.again())} />
      </Frame>
    );
  }
  if (versions.value === null || (newest !== null && menu.value?.version !== newest.version)) {
    return (
      <Frame title={t.title}>
        <Loading />
      </Frame>
    );
  }
  if (menu.value === null) {
    return (
      <Frame title={t.title} lead={venue.settings.name}>
        <Empty title={t.noMenu}>
          <p>{t.noMenuMore}</p>
        </Empty>
        <MenuImport venue={venue} published={null} hasDraft={false} done={versions.again} />
      </Frame>
    );
  }
  // Another version is another page: what one works on is carried over by hand, never by chance.
  return (
    <Whole key={menu.value.version} venue={venue} holder={holder} published={menu.value} reload={versions.again} />
  );
}

/** What is read may be a moment old, and versions only grow: the newest there has been. */
function useNewest(read: MenuVersion | null): MenuVersion | null {
  const newest = useRef(read);
  if (read !== null && read.version > (newest.current?.version ?? 0)) newest.current = read;
  return newest.current;
}

interface WholeProps {
  readonly venue: VenueView;
  readonly holder: Holder;
  readonly published: Published & { readonly publishedAt: string };
  reload(): void;
}

function Whole({ venue, holder, published, reload }: WholeProps) {
  const editing = useDraft(holder.tenant, venue.id, published, reload);
  const latest = useAsked(venueRoutes.menuVersions, { params: { venue: venue.id }, query: { limit: "1" } });
  usePolled(latest);
  const [said, setSaid] = useState<string | null>(() => takeNote());
  const { document, draft } = editing;
  const differences = useMemo(() => countedDifferences(published.document, document), [published.document, document]);
  const count = differences.added + differences.removed + differences.changed;
  const t = words.value;
  const view = views.find((one) => one === query.value.get("view")) ?? "menu";
  const done = (note: string) => {
    keepNote(note);
    setSaid(note);
    reload();
  };
  const newest = latest.value?.versions[0]?.version ?? published.version;
  const isBehind = newest > published.version;
  useEffect(() => {
    // Nothing was begun: what is on sale now is what one wants to see.
    if (isBehind && count === 0) reload();
  }, [isBehind]);
  const isOld = isBehind || (draft !== null && draft.base !== published.version);
  return (
    <Frame
      title={t.title}
      lead={`${venue.settings.name} · ${t.lead(published.version, moment(published.publishedAt))}`}
    >
      <nav class="tabs" aria-label={t.title}>
        {views.map((one) => (
          <a key={one} href={viewAddress(one)} aria-current={one === view ? "page" : undefined}>
            {t.views[one]}
            {one === "changes" && count > 0 ? ` (${count})` : ""}
          </a>
        ))}
      </nav>
      {said === null ? null : (
        <p class="notice notice-go" role="status">
          {said} <a href={`/${holder.tenant}/${venue.id}`}>{t.see}</a>
        </p>
      )}
      {isOld && count > 0 && view !== "changes" ? (
        <div class="notice notice-wait" role="alert">
          <strong>{t.staleTitle(newest)}</strong>
          <p>{t.staleMore}</p>
          <p>
            <a class="button" href={viewAddress("changes")} onClick={() => isBehind && reload()}>
              {t.lookAt}
            </a>
          </p>
        </div>
      ) : null}
      {editing.elsewhere ? (
        <p class="notice" role="status">
          {t.elsewhere}
        </p>
      ) : null}
      {view === "menu" ? <MenuDesk editing={editing} published={published} differences={differences} /> : null}
      {view === "changes" ? (
        <MenuReview
          venue={venue}
          editing={editing}
          published={published}
          differences={differences}
          done={done}
          reload={reload}
        />
      ) : null}
      {view === "import" ? (
        <MenuImport venue={venue} published={published} hasDraft={draft !== null && count > 0} done={done} />
      ) : null}
      {view === "versions" ? <MenuVersions venue={venue} published={published} done={done} /> : null}
    </Frame>
  );
}

// A publishing makes the page anew; what came of it is to be read on that one.
let note: string | null = null;
function keepNote(text: string): void {
  note = text;
}
function takeNote(): string | null {
  const text = note;
  note = null;
  return text;
}

export function viewAddress(view: View, more: Readonly<Record<string, string>> = {}): string {
  return addressOf(place.value.path, { ...(view === "menu" ? {} : { view }), ...more });
}
