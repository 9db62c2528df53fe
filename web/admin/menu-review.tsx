import { useState } from "preact/hooks";
import type { MenuDifferences } from "../../contracts/menu-difference.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { MenuDocument } from "../../contracts/menu.ts";
import { carriedOver } from "../../domain/menu/carry-over.ts";
import { said } from "../shared/format.ts";
import { useDeed } from "./deed.ts";
import { Panel } from "./frame.tsx";
import { DifferenceList } from "./menu-difference-list.tsx";
import { type Editing, faultsOf, partAt, type Published, unreadable } from "./menu-draft.ts";
import { viewAddress } from "./menu-page.tsx";
import { words } from "./menu-words.ts";
import { go } from "./place.ts";
import { session } from "./sign-in.ts";
import { Empty, Failed } from "./states.tsx";
import { Sure } from "./sure.tsx";

interface MenuReviewProps {
  readonly venue: VenueView;
  readonly editing: Editing;
  readonly published: Published;
  readonly differences: MenuDifferences;
  done(note: string): void;
  reload(): void;
}

/** What one has changed, judged by the rules of the import, before it goes on sale. */
export function MenuReview({ venue, editing, published, differences, done, reload }: MenuReviewProps) {
  const { document, draft } = editing;
  const deed = useDeed();
  const t = words.value;
  const isOld = draft !== null && draft.base !== published.version;
  if (!isOld && differences.list.length === 0) {
    return (
      <Empty title={t.nothingChanged}>
        <p>{t.nothingChangedMore}</p>
        <a class="button" href={viewAddress("menu")}>
          {t.backToMenu}
        </a>
      </Empty>
    );
  }
  if (isOld) return <Outdated venue={venue} editing={editing} published={published} base={draft.base} />;
  const faults = faultsOf(document);
  const unread = unreadable.value.size > 0;
  const publish = async () => {
    const parsed = MenuDocument.parse(document);
    const report = await deed.run(() =>
      session.ask(venueRoutes.writeMenu, { params: { venue: venue.id }, body: parsed, over: published.version }),
    );
    if (report === null) return;
    editing.discard();
    go(viewAddress("menu"), "replace");
    done(report.changed ? t.published(report.version ?? 0) : t.unchanged);
  };
  const isStale = deed.problem?.status === 412;
  return (
    <Panel
      title={t.differences}
      actions={
        <>
          <button
            type="button"
            class={`button ${deed.busy ? "button-busy" : ""}`}
            disabled={faults.length > 0 || unread}
            onClick={() => void publish()}
          >
            {t.publish}
          </button>
          <Discard editing={editing} />
        </>
      }
      lead={t.publishMore}
    >
      {deed.problem !== null && !isStale ? <Failed problem={deed.problem} /> : null}
      {isStale ? (
        <div class="notice notice-stop" role="alert">
          <strong>{t.staleTitle(published.version + 1)}</strong>
          <p>{t.staleMore}</p>
          <p>
            <button type="button" class="button" onClick={reload}>
              {t.carryOver}
            </button>
          </p>
        </div>
      ) : null}
      {unread ? <p class="notice notice-stop">{t.whatIsRead}</p> : null}
      {faults.length === 0 ? null : (
        <div class="notice notice-stop" role="alert">
          <strong>{t.faultsTitle}</strong>
          <ul>
            {faults.slice(0, 50).map(({ pointer, detail }) => (
              <li key={pointer + detail}>
                <a href={viewAddress("menu", { part: partAt(document, pointer) || "menu" })}>
                  {nameOf(document, partAt(document, pointer)) || pointer}
                </a>
                : {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
      <DifferenceList differences={differences} currency={document.currency} />
    </Panel>
  );
}

interface OutdatedProps {
  readonly venue: VenueView;
  readonly editing: Editing;
  readonly published: Published;
  readonly base: number;
}

/** Somebody else has published since this work was begun. */
function Outdated({ venue, editing, published, base }: OutdatedProps) {
  const [clashes, setClashes] = useState<readonly string[] | null>(null);
  const deed = useDeed();
  const t = words.value;
  const carry = async () => {
    const params = { venue: venue.id, version: String(base) };
    const before = await deed.run(() => session.ask(venueRoutes.menuVersion, { params }));
    if (before === null) return;
    const merged = carriedOver(before.document, editing.document, published.document);
    if (clashes === null && merged.clashes.length > 0) return setClashes(merged.clashes);
    editing.adopt({ base: published.version, document: merged.document });
  };
  return (
    <Panel title={t.staleTitle(published.version)} lead={t.staleMore}>
      {deed.problem === null ? null : <Failed problem={deed.problem} />}
      {clashes === null ? null : (
        <div class="notice notice-wait" role="alert">
          <strong>{t.clashes}</strong>
          <ul>
            {clashes.map((part) => (
              <li key={part}>{nameOf(editing.document, part) || part}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="form-end">
        <button type="button" class={`button ${deed.busy ? "button-busy" : ""}`} onClick={() => void carry()}>
          {t.carryOver}
        </button>
        <Discard editing={editing} />
      </div>
    </Panel>
  );
}

/** Gives up all that was changed here, once somebody is sure. */
function Discard({ editing }: { readonly editing: Editing }) {
  const t = words.value;
  const discard = () => {
    editing.discard();
    return Promise.resolve(null);
  };
  return (
    <Sure label={t.discard} title={t.discardTitle} go={t.discardGo} onSure={discard}>
      <p>{t.discardMore}</p>
    </Sure>
  );
}

function nameOf(document: MenuDocument, part: string): string {
  const [list, id] = part.split("/");
  if (list !== "items" && list !== "groups" && list !== "categories") return part === "" ? words.value.whole : "";
  const found = [...document[list]].find((one) => one.id === id);
  return found === undefined ? "" : said(found.name) || found.id;
}
