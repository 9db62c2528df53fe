import "./welcome.css";
import { useEffect, useState } from "preact/hooks";
import type { VenueView } from "../../contracts/venue.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { ask, type Reply } from "../shared/api.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { Icon } from "../shared/icon.tsx";
import { keep } from "../shared/storage.ts";
import { firstTenant, TenantField } from "../shared/tenant-field.tsx";
import { problemWords, sharedWords } from "../shared/words.ts";
import { words } from "./words.ts";

const roles = [
  ["kitchen", "flame"],
  ["driver", "bike"],
  ["admin", "settings"],
] as const;

/** The door: where to order, and each role's app. `?tenant=` in the address saves the typing. */
export function Welcome() {
  const [tenant, setTenant] = useState(firstTenant);
  const t = words.value;
  const query = tenant === null ? "" : `?tenant=${tenant}`;
  return (
    <main class="welcome">
      <header class="welcome-head">
        <h1>Comanda</h1>
        <LanguageChoice />
        <p class="welcome-what">{t.what}</p>
      </header>
      <section class="slip welcome-order" aria-labelledby="order-title">
        <h2 id="order-title">{t.order}</h2>
        {tenant === null ? (
          <TenantForm tenant="" choose={setTenant} />
        ) : (
          <>
            <Venues key={tenant} tenant={tenant} />
            <details>
              <summary>{t.another}</summary>
              <TenantForm tenant={tenant} choose={setTenant} />
            </details>
          </>
        )}
      </section>
      <nav class="welcome-roles" aria-labelledby="roles-title">
        <h2 id="roles-title">{t.work}</h2>
        <ul class="rows">
          {roles.map(([role, icon]) => (
            <li key={role}>
              <a class="welcome-role" href={role === "admin" ? "/admin" : `/${role}${query}`}>
                <Icon name={icon} />
                <strong>{t.roles[role].name}</strong>
                <span class="quiet">{t.roles[role].what}</span>
              </a>
            </li>
          ))}
        </ul>
        <p>
          <a class="lone-link" href="/openapi.json">
            {t.api}
          </a>
        </p>
      </nav>
    </main>
  );
}

function Venues({ tenant }: { readonly tenant: string }) {
  const [reply, setReply] = useState<Reply<{ venues: VenueView[] }> | null>(null);
  useEffect(() => void ask(venueRoutes.list, { params: { tenant } }).then(setReply), []);
  if (reply === null) return <p class="quiet">{sharedWords.value.loading}</p>;
  if (!reply.ok && reply.problem.status !== 404) {
    return (
      <p class="notice notice-stop" role="alert">
        {problemWords(reply.problem)}
      </p>
    );
  }
  const venues = reply.ok ? reply.value.venues : [];
  if (venues.length === 0) return <p class="notice notice-wait">{sharedWords.value.tenantUnknown}</p>;
  return (
    <ul class="welcome-venues">
      {venues.map(({ id, settings }) => (
        <li key={id}>
          <a href={`/${tenant}/${id}`}>
            <strong>{settings.name}</strong>
            <span class="small quiet">{settings.address}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

interface TenantFormProps {
  readonly tenant: string;
  choose(tenant: string): void;
}

function TenantForm({ tenant, choose }: TenantFormProps) {
  const [typed, setTyped] = useState(tenant);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    keep("comanda.tenant", typed);
    choose(typed);
  };
  return (
    <form class="fields" onSubmit={submit}>
      <TenantField typed={typed} onType={setTyped} />
      <button class="button">{words.value.show}</button>
    </form>
  );
}
