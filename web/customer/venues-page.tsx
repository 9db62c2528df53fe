import { useEffect } from "preact/hooks";
import { ConnectionBanner } from "../shared/connection.tsx";
import { reachable } from "../shared/reachable.ts";
import { Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { useHeartbeat } from "./heartbeat.ts";
import { Nothing } from "./nothing.tsx";
import { PageTitle } from "./page-title.tsx";
import { TopBar } from "./top-bar.tsx";
import { refreshTenant, tenantVenues, whenHere } from "./venue-data.ts";
import { VenueFacts } from "./venue-facts.tsx";
import { words } from "./words.ts";

export const venuesHere = (tenant: string): Promise<void> => whenHere(tenantVenues(tenant));

/** A tenant's restaurants, to choose one. What it shows at first is in `workers/ordering/http/pages/venues-page.ts` too. */
export function VenuesPage({ tenant }: { readonly tenant: string }) {
  const data = tenantVenues(tenant).value;
  const t = words.value;
  useHeartbeat(() => void refreshTenant(tenant));
  useEffect(() => void (document.title = t.venuesTitle), [t]);
  if (data.status === "loading") return <Waiting />;
  if (data.status === "failed") return <Failure problem={data.problem} retry={() => void refreshTenant(tenant)} />;
  const { venues } = data;
  if (venues.length === 0) return <Nothing />;
  return (
    <>
      <ConnectionBanner live={reachable} />
      <TopBar tenant={tenant}>{tenant}</TopBar>
      <main class="page">
        <PageTitle class="venues-title">{t.venuesTitle}</PageTitle>
        <ul class="venues">
          {venues.map((venue) => (
            <li key={venue.id} class="slip venue">
              <h2>
                <a href={`/${tenant}/${venue.id}`} dir="auto">
                  {venue.settings.name}
                </a>
              </h2>
              <p dir="auto">{venue.settings.address}</p>
              <VenueFacts venue={venue} currency={null} />
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}
