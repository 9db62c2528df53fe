import { useEffect, useState } from "preact/hooks";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { durationMs, type VenueView } from "../../contracts/venue.ts";
import { ask, type Reply } from "../shared/api.ts";
import { minutes } from "../shared/format.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { Nothing } from "./nothing.tsx";
import { Underway } from "./underway.tsx";
import { words } from "./words.ts";

type Venues = Reply<{ venues: VenueView[] }>;

/** A tenant's restaurants, to choose one. */
export function VenuesPage({ tenant }: { readonly tenant: string }) {
  const [reply, setReply] = useState<Venues | null>(null);
  const load = () => void ask(venueRoutes.list, { params: { tenant } }).then(setReply);
  useEffect(load, [tenant]);
  const t = words.value;
  useEffect(() => void (document.title = t.venues), [t]);
  if (reply === null) return <Waiting />;
  if (!reply.ok) return <Failure problem={reply.problem} retry={load} />;
  const { venues } = reply.value;
  if (venues.length === 0) return <Nothing />;
  return (
    <>
      <header class="top">
        <span class="wordmark">{tenant}</span>
        <LanguageChoice />
      </header>
      <main class="page">
        <Underway tenant={tenant} />
        <h1 class="venues-title">{t.venues}</h1>
        <ul class="venues">
          {venues.map((venue) => (
            <li key={venue.id} class="slip venue">
              <h2>
                <a href={`/${tenant}/${venue.id}`}>{venue.settings.name}</a>
              </h2>
              <p>{venue.settings.address}</p>
              <p class="quiet">{venue.paused === null ? t.readyIn(minutes(preparationMs(venue))) : t.paused}</p>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

/** How long food takes here now. */
export function preparationMs({ settings, busyMinutes }: VenueView): number {
  return durationMs(settings.preparation) + busyMinutes * 60_000;
}
