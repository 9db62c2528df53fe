import { useState } from "preact/hooks";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { ZoneSettings } from "../../contracts/delivery.ts";
import { useAsked } from "./asked.ts";
import { ChoicesField, NumberField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { SaveEnd, useSaving } from "./saving.tsx";
import { words } from "./settings-zone-words.ts";
import { session } from "./sign-in.ts";
import { Failed, Loading } from "./states.tsx";

interface ZonePanelProps {
  readonly zone: string;
  /** The zones of the tenant, as far as its venues tell. */
  readonly zones: readonly string[];
}

/** Whose drivers a zone may ask for what nobody of its own can bring in good time. */
export function ZonePanel({ zone, zones }: ZonePanelProps) {
  const asked = useAsked(deliveryRoutes.zoneSettings, { params: { zone } });
  const t = words.value;
  const { value, problem } = asked;
  const others = [...new Set([...zones, ...(value?.neighbours ?? [])])].filter((one) => one !== zone).toSorted();
  return (
    <Panel title={t.title(zone)} lead={t.lead}>
      {problem === null ? null : <Failed problem={problem} retry={asked.again} />}
      {value === null ? (
        problem === null && <Loading />
      ) : others.length === 0 ? (
        <p class="quiet">{t.alone}</p>
      ) : (
        <ZoneForm zone={zone} others={others} settings={value} done={asked.show} />
      )}
    </Panel>
  );
}

interface ZoneFormProps {
  readonly zone: string;
  readonly others: readonly string[];
  readonly settings: ZoneSettings;
  done(settings: ZoneSettings): void;
}

const most = 8;

function ZoneForm({ zone, others, settings, done }: ZoneFormProps) {
  const [neighbours, setNeighbours] = useState(settings.neighbours);
  const [reach, setReach] = useState<number | null>(settings.reach / 60);
  const saving = useSaving();
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (reach === null) return;
    const body = { neighbours, reach: Math.round(reach * 60) };
    const next = await saving.run(() => session.ask(deliveryRoutes.putZoneSettings, { params: { zone }, body }));
    if (next !== null) done(next);
  };
  const isSame =
    reach === settings.reach / 60 && neighbours.toSorted().join() === settings.neighbours.toSorted().join();
  const isTooMany = neighbours.length > most;
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <ChoicesField
        label={t.neighbours}
        hint={t.neighboursHint}
        options={others.map((one) => [one, one] as const)}
        chosen={neighbours}
        onChange={(chosen) => {
          saving.begin();
          setNeighbours(chosen);
        }}
      />
      {isTooMany ? <p class="field-fault">{t.tooMany(most)}</p> : null}
      <NumberField
        label={t.reach}
        hint={t.reachHint}
        value={reach}
        min={1}
        max={1_440}
        step={1}
        required
        onInput={(minutes) => {
          saving.begin();
          setReach(minutes);
        }}
      />
      <SaveEnd saving={saving} label={t.save} disabled={isSame || isTooMany || reach === null} />
    </form>
  );
}
