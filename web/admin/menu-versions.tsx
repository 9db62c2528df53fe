import { useState } from "preact/hooks";
import { type MenuVersion, venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { countedDifferences } from "../../domain/menu/differences.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { Panel } from "./frame.tsx";
import { DifferenceList } from "./menu-difference-list.tsx";
import type { Published } from "./menu-draft.ts";
import { viewAddress } from "./menu-page.tsx";
import { words } from "./menu-words.ts";
import { moment } from "./moment.ts";
import { useNames } from "./names.ts";
import { go } from "./place.ts";
import { session } from "./sign-in.ts";
import { Chip, Failed, Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { Table } from "./table.tsx";
import { Who } from "./who.tsx";

interface MenuVersionsProps {
  readonly venue: VenueView;
  readonly published: Published;
  done(note: string): void;
}

/** Every menu the venue has had, compared with what is on sale, and published again. */
export function MenuVersions({ venue, published, done }: MenuVersionsProps) {
  const [older, setOlder] = useState<readonly MenuVersion[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const [other, setOther] = useState<Published | null>(null);
  const params = { venue: venue.id };
  const first = useAsked(venueRoutes.menuVersions, { params });
  const nameOf = useNames();
  const deed = useDeed();
  const t = words.value;
  if (first.value === null)
    return first.problem === null ? <Loading /> : <Failed problem={first.problem} retry={first.again} />;
  const all = [...first.value.versions, ...older];
  const before = next === undefined ? first.value.next : next;
  const more = async () => {
    const page = await deed.run(() =>
      session.ask(venueRoutes.menuVersions, { params, query: { before: String(before) } }),
    );
    if (page === null) return;
    setOlder([...older, ...page.versions]);
    setNext(page.next);
  };
  const compare = async (version: number) => {
    const found = await deed.run(() =>
      session.ask(venueRoutes.menuVersion, { params: { ...params, version: String(version) } }),
    );
    if (found !== null) setOther(found);
  };
  const again = async ({ document }: Published) => {
    const reply = await session.ask(venueRoutes.writeMenu, { params, body: document, over: published.version });
    if (!reply.ok) return reply.problem;
    go(viewAddress("menu"), "replace");
    done(reply.value.changed ? t.published(reply.value.version ?? 0) : t.unchanged);
    return null;
  };
  return (
    <div class="panels">
      <Panel title={t.views.versions} lead={t.versionsMore}>
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <Table
          caption={t.views.versions}
          rows={all}
          keyOf={({ version }) => String(version)}
          columns={[
            {
              key: "version",
              title: t.version,
              cell: ({ version }) => (
                <span>
                  {version} {version === published.version ? <Chip tone="go">{t.current}</Chip> : null}
                </span>
              ),
            },
            { key: "at", title: t.publishedAt, cell: ({ publishedAt }) => moment(publishedAt) },
            {
              key: "by",
              title: t.publishedBy,
              minor: true,
              cell: ({ publishedBy }) => (publishedBy === null ? t.unknown : <Who id={publishedBy} nameOf={nameOf} />),
            },
            {
              key: "compare",
              title: t.compare,
              cell: ({ version }) =>
                version === published.version ? (
                  ""
                ) : (
                  <button type="button" class="button button-quiet button-small" onClick={() => void compare(version)}>
                    {t.compare}
                    <span class="for-ears"> {version}</span>
                  </button>
                ),
            },
          ]}
        />
        {before === null ? null : (
          <button type="button" class="button button-quiet" onClick={() => void more()}>
            {t.loadMore}
          </button>
        )}
      </Panel>
      {other === null ? null : (
        <Panel
          title={t.comparedWith(other.version)}
          actions={
            <Sure
              label={t.again(other.version)}
              title={t.againTitle(other.version)}
              go={t.publish}
              look="button-quiet"
              onSure={() => again(other)}
            >
              <p>{t.againMore}</p>
            </Sure>
          }
        >
          <DifferenceList
            differences={countedDifferences(published.document, other.document)}
            currency={other.document.currency}
          />
        </Panel>
      )}
    </div>
  );
}
