import { useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { type EndpointSettings, type EndpointView, ReportedEvent } from "../../contracts/webhook.ts";
import { CheckField, ChoicesField, TextField } from "./fields.tsx";
import { Failed } from "./states.tsx";
import { words } from "./webhooks-words.ts";

interface WebhookFormProps {
  readonly venues: readonly VenueView[];
  /** What whoever saves it reaches; null: all. */
  readonly reach: readonly string[] | null;
  /** null: a new one. */
  readonly endpoint: EndpointView | null;
  readonly go: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  save(settings: EndpointSettings): void;
}

/** What a tenant says of an endpoint: where it is, what it is told of, from which venues. */
export function WebhookForm({ venues, reach, endpoint, go, busy, problem, save }: WebhookFormProps) {
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [enabled, setEnabled] = useState(endpoint?.enabled ?? true);
  const [events, setEvents] = useState<readonly string[] | null>(endpoint?.events ?? null);
  const [where, setWhere] = useState<readonly string[] | null>(endpoint === null ? reach : endpoint.venues);
  const t = words.value;
  const fault = problem?.errors?.find(({ pointer }) => pointer === "/url")?.detail;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save({
      url: url.trim(),
      description: description.trim(),
      enabled,
      events: events === null ? null : ReportedEvent.options.filter((one) => events.includes(one)),
      venues: where === null ? null : [...where],
    });
  };
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        label={t.address}
        hint={t.addressHint}
        fault={fault}
        type="url"
        mono
        value={url}
        required
        maxLength={2048}
        placeholder="https://"
        onInput={setUrl}
      />
      <TextField label={t.description} value={description} maxLength={200} onInput={setDescription} />
      {endpoint === null ? null : <CheckField label={t.enabled} checked={enabled} onChange={setEnabled} />}
      <CheckField label={t.allEvents} checked={events === null} onChange={(all) => setEvents(all ? null : usual)} />
      {events === null ? null : (
        <ChoicesField
          label={t.events}
          options={ReportedEvent.options.map((one) => [one, one] as const)}
          chosen={events}
          onChange={setEvents}
        />
      )}
      {reach === null ? (
        <CheckField label={t.allVenues} checked={where === null} onChange={(all) => setWhere(all ? null : [])} />
      ) : null}
      {where === null ? null : (
        <ChoicesField
          label={t.venues}
          options={venues.map(({ id, settings }) => [id, settings.name] as const)}
          chosen={where}
          onChange={setWhere}
        />
      )}
      {problem === null || fault !== undefined ? null : <Failed problem={problem} />}
      <div class="form-end">
        <button class={`button ${busy ? "button-busy" : ""}`} disabled={events?.length === 0 || where?.length === 0}>
          {go}
        </button>
      </div>
    </form>
  );
}

/** What a till wants to hear of. */
const usual = ["order.sent", "order.cancelled"];
