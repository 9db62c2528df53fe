import type { VenueSettings } from "../../contracts/venue.ts";
import { NumberField, TextField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { words } from "./settings-words.ts";

/** What a part of the settings is given to show and to change. */
export interface SettingsPart {
  readonly settings: VenueSettings;
  put(change: Partial<VenueSettings>): void;
  /** Why what stands in a field cannot be. */
  faultAt(field: string): string | null;
}

/** Where the venue is, and how it is called. */
export function PlacePanel({ settings, put, faultAt }: SettingsPart) {
  const t = words.value;
  return (
    <Panel title={t.place}>
      <div class="form">
        <TextField label={t.name} value={settings.name} required maxLength={120} onInput={(name) => put({ name })} />
        <TextField
          label={t.address}
          value={settings.address}
          required
          maxLength={300}
          onInput={(address) => put({ address })}
        />
        <TextField
          label={t.phone}
          type="tel"
          value={settings.phone ?? ""}
          placeholder="+49…"
          fault={faultAt("phone")}
          onInput={(phone) => put({ phone: phone.trim() === "" ? null : phone.replace(/[\s()/-]/g, "") })}
        />
        <TextField
          label={t.timeZone}
          value={settings.timeZone}
          required
          fault={faultAt("timeZone")}
          onInput={(timeZone) => put({ timeZone })}
        />
        <div class="form-row">
          <NumberField
            label={t.latitude}
            value={settings.point?.lat ?? null}
            min={-90}
            max={90}
            step={0.000001}
            onInput={(lat) => put({ point: lat === null ? null : { lat, lng: settings.point?.lng ?? 0 } })}
          />
          <NumberField
            label={t.longitude}
            value={settings.point?.lng ?? null}
            min={-180}
            max={180}
            step={0.000001}
            onInput={(lng) => put({ point: lng === null ? null : { lat: settings.point?.lat ?? 0, lng } })}
          />
        </div>
      </div>
    </Panel>
  );
}
