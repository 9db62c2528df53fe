import { useEffect, useState } from "preact/hooks";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { ask } from "../shared/api.ts";
import { later } from "../shared/later.tsx";
import { Session } from "../shared/session.ts";
import { keep, kept } from "../shared/storage.ts";
import { VenueId } from "../../contracts/ids.ts";
import { BoardPage } from "./board-page.tsx";
import { words } from "./words.ts";

/** Whoever is let in does not need it. */
const PairingPage = later(async () => (await import("../shared/pairing-page.tsx")).PairingPage);
const session = new Session("kitchen");
const venueName = "comanda.kitchen.venue";

/** A tablet: let in once, then the board of its venue. */
export function Kitchen() {
  const holder = session.holder.value;
  const [chosen, setChosen] = useState(() => kept(venueName, VenueId));
  useEffect(() => void (document.title = words.value.title), [words.value]);
  if (holder === null) return <PairingPage kind="tablet" session={session} />;
  const choose = (venue: string | null) => {
    keep(venueName, venue);
    setChosen(venue);
  };
  const venues = holder.venues ?? [];
  const only = venues.length === 1 ? (venues[0] ?? null) : null;
  const venue = only ?? (chosen !== null && venues.includes(chosen) ? chosen : null);
  if (venue === null) return <VenueChoice tenant={holder.tenant} venues={venues} choose={choose} />;
  return <BoardPage key={venue} session={session} venue={venue} leave={only === null ? () => choose(null) : null} />;
}

interface VenueChoiceProps {
  readonly tenant: string;
  readonly venues: readonly string[];
  choose(venue: string): void;
}

/** A tablet let in to several venues stands in one of them. */
function VenueChoice({ tenant, venues, choose }: VenueChoiceProps) {
  const [names, setNames] = useState<Record<string, string>>({});
  useEffect(() => {
    void ask(venueRoutes.list, { params: { tenant } }).then((reply) => {
      if (reply.ok) setNames(Object.fromEntries(reply.value.venues.map(({ id, settings }) => [id, settings.name])));
    });
  }, [tenant]);
  return (
    <main class="pairing">
      <h1>{words.value.whichVenue}</h1>
      <ul class="fields">
        {venues.map((venue) => (
          <li key={venue}>
            <button type="button" class="button button-quiet button-large button-wide" onClick={() => choose(venue)}>
              {names[venue] ?? venue}
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
