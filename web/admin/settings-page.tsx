import "./settings.css";
import { useState } from "preact/hooks";
import { Fulfilment } from "../../contracts/basket.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { VenueSettings, type VenueView } from "../../contracts/venue.ts";
import type { Reply } from "../shared/api.ts";
import { useAsked } from "./asked.ts";
import { Frame, Panel } from "./frame.tsx";
import { HoursField } from "./hours-field.tsx";
import { unreadable } from "./menu-draft.ts";
import type { PageProps } from "./pages.ts";
import { words as parts } from "./parts-words.ts";
import { DeliveryPanel } from "./settings-delivery.tsx";
import { NewVenue } from "./settings-new-venue.tsx";
import { PlacePanel } from "./settings-place.tsx";
import { PushPanel } from "./settings-push.tsx";
import { TimesPanel } from "./settings-times.tsx";
import { SaveButton, Saved, useSaving } from "./saving.tsx";
import { words } from "./settings-words.ts";
import { ZonePanel } from "./settings-zone.tsx";
import { session } from "./sign-in.ts";
import { Failed, Loading } from "./states.tsx";
import { learnVenue } from "./venues.ts";

/** What a venue decides for itself. */
export function SettingsPage({ venue, venues, holder }: PageProps) {
  const menu = useAsked(venueRoutes.menu, venue === null ? null : { params: { venue: venue.id } });
  const fresh = useAsked(venueRoutes.read, venue === null ? null : { params: { venue: venue.id } });
  if (venue === null) return null;
  const t = words.value;
  // Who has no menu yet writes amounts as most do; an answer that is not there must not decide that.
  const hasNone = menu.problem?.status === 404;
  const currency = menu.value?.currency ?? (hasNone ? "EUR" : undefined);
  const problem = fresh.problem ?? (hasNone ? null : menu.problem);
  return (
    <Frame
      title={t.title}
      lead={venue.settings.name}
      actions={holder.venues === null ? <NewVenue timeZone={venue.settings.timeZone} /> : undefined}
    >
      {problem === null ? null : <Failed problem={problem} retry={fresh.problem === null ? menu.again : fresh.again} />}
      {fresh.value === null || currency === undefined ? (
        problem === null && <Loading />
      ) : (
        <>
          <Settings key={fresh.value.id} venue={fresh.value} currency={currency} reload={fresh.again} />
          <div class="panels">
            <ZonePanel
              key={venue.settings.zone}
              zone={venue.settings.zone}
              zones={venues.map(({ settings }) => settings.zone)}
            />
          </div>
        </>
      )}
    </Frame>
  );
}

interface SettingsProps {
  readonly venue: VenueView;
  readonly currency: string;
  reload(): void;
}

function Settings({ venue, currency }: SettingsProps) {
  // As they were read, and at which revision: what somebody else saves meanwhile is not overwritten.
  const [read, setRead] = useState(venue.settings);
  const [over, setOver] = useState(venue.revision);
  const [settings, setSettings] = useState(venue.settings);
  const [theirs, setTheirs] = useState<VenueView | null>(null);
  const saving = useSaving();
  const t = words.value;
  const params = { venue: venue.id };
  const put = (next: Partial<VenueSettings>) => {
    saving.begin();
    setSettings({ ...settings, ...next });
  };
  const faults = VenueSettings.safeParse(settings).error?.issues ?? [];
  const faultAt = (field: string) => faults.find(({ path }) => path[0] === field)?.message ?? null;
  const changed = JSON.stringify(settings) !== JSON.stringify(read);
  const save = async (whatever: boolean): Promise<Reply<VenueView | null>> => {
    const asked = { params, body: settings, ...(whatever ? {} : { over }) };
    const reply = await session.ask(venueRoutes.write, asked);
    if (!reply.ok && reply.problem.status === 412) {
      const now = await newerThan(venue.id, read);
      if (now === null) return reply;
      setTheirs(now);
      // Said beside what they have changed, not as a fault.
      return { ok: true, value: null };
    }
    if (!reply.ok) return reply;
    learnVenue(reply.value);
    setRead(reply.value.settings);
    setSettings(reply.value.settings);
    setOver(reply.value.revision);
    setTheirs(null);
    return reply;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void saving.run(() => save(false));
  };
  return (
    <form class="panels" onSubmit={submit}>
      <PlacePanel settings={settings} put={put} faultAt={faultAt} />
      <TimesPanel settings={settings} put={put} faultAt={faultAt} />
      <DeliveryPanel settings={settings} put={put} faultAt={faultAt} currency={currency} />
      <Panel title={t.hours}>
        <div class="form">
          {Fulfilment.options
            .filter((one) => settings.fulfilments.includes(one))
            .map((one) => (
              <HoursField
                key={one}
                label={t.fulfilmentNames[one]}
                always={t.alwaysOpen}
                hours={settings.hours[one]}
                onChange={(hours) => put({ hours: { ...settings.hours, [one]: hours } })}
              />
            ))}
        </div>
      </Panel>
      <PushPanel key={venue.id} venue={venue.id} />
      <div class="settings-end panel-wide">
        {saving.problem === null ? null : <Failed problem={saving.problem} />}
        {theirs === null ? null : (
          <div class="notice notice-wait" role="alert">
            <strong>{t.changedMeanwhile}</strong>
            <p>{t.changedWhat(differing(read, theirs.settings).map((field) => t.fields[field] ?? field))}</p>
            <div class="form-end">
              <button
                type="button"
                class="button button-quiet"
                onClick={() => {
                  // Theirs stand but where something was changed here.
                  const mine = Object.fromEntries(
                    Object.entries(settings).filter(
                      ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(read, field)),
                    ),
                  );
                  setRead(theirs.settings);
                  setOver(theirs.revision);
                  setSettings({ ...theirs.settings, ...mine });
                  setTheirs(null);
                }}
              >
                {t.takeTheirs}
              </button>
              <button type="button" class="button button-stop" onClick={() => void saving.run(() => save(true))}>
                {t.overwrite}
              </button>
            </div>
          </div>
        )}
        <Saved saving={saving} />
        <div class="form-end">
          <SaveButton
            label={parts.value.save}
            busy={saving.busy}
            disabled={!changed || faults.length > 0 || unreadable.value.size > 0}
          />
          <button type="button" class="button button-quiet" disabled={!changed} onClick={() => setSettings(read)}>
            {parts.value.undo}
          </button>
          {changed ? <span class="quiet">{t.notSaved}</span> : null}
        </div>
      </div>
    </form>
  );
}

/** The venue with other settings than these. What is read may be a second old, so it is asked for some times. */
async function newerThan(venue: string, settings: VenueSettings): Promise<VenueView | null> {
  for (let tries = 0; tries < 6; tries += 1) {
    const reply = await session.ask(venueRoutes.read, { params: { venue } });
    if (reply.ok && JSON.stringify(reply.value.settings) !== JSON.stringify(settings)) return reply.value;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return null;
}

function differing(one: VenueSettings, other: VenueSettings): string[] {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].filter(
    (field) => JSON.stringify(Reflect.get(one, field)) !== JSON.stringify(Reflect.get(other, field)),
  );
}
