import { day } from "../shared/format.ts";
import { type Device, deviceRoutes } from "./device-routes.ts";
import type { VenueName } from "./devices-page.tsx";
import { Panel } from "./frame.tsx";
import { ago } from "./moment.ts";
import { session } from "./sign-in.ts";
import { Loading } from "./states.tsx";
import { Sure } from "./sure.tsx";
import { words } from "./words.ts";

interface DeviceListProps {
  /** null: not known yet. */
  readonly devices: readonly Device[] | null;
  /** Whether they could not be had, which the page says. */
  readonly isMissing: boolean;
  readonly venues: readonly VenueName[];
  removed(): void;
}

/** The devices that are in, newest first. */
export function DeviceList({ devices, isMissing, venues, removed }: DeviceListProps) {
  const t = words.value;
  return (
    <Panel title={t.devices}>
      {devices === null && !isMissing ? <Loading /> : null}
      {devices?.length === 0 ? <p class="quiet">{t.noDevices}</p> : null}
      <ul>
        {devices?.map((device) => (
          <Row key={device.id} device={device} venues={venues} removed={removed} />
        ))}
      </ul>
    </Panel>
  );
}

/** A tablet that is on renews its token every ten minutes. */
function seenWords({ refreshedAt }: Device): string {
  const t = words.value;
  return refreshedAt === null ? t.neverSeen : t.lastSeen(ago(refreshedAt));
}

interface RowProps {
  readonly device: Device;
  readonly venues: readonly VenueName[];
  removed(): void;
}

function Row({ device, venues, removed }: RowProps) {
  const t = words.value;
  const places = (device.venues ?? []).map((id) => venues.find((venue) => venue.id === id)?.name ?? id);
  const remove = async () => {
    const reply = await session.ask(deviceRoutes.remove, { params: { id: device.id } });
    // Gone by somebody else's hand is gone.
    if (!reply.ok && reply.problem.status !== 404) return reply.problem;
    removed();
    return null;
  };
  return (
    <li class="device">
      <p>
        <strong>{device.name}</strong>
        <span class="small quiet">
          {[t.kinds[device.kind], ...places, ...(device.station === null ? [] : [device.station])].join(" · ")}
        </span>
        <span class="small quiet">
          {t.letInOn(day(device.createdAt))}
          {device.signedIn ? ` · ${seenWords(device)}` : ` · ${t.signedOut}`}
        </span>
      </p>
      <Sure
        label={t.remove}
        of={device.name}
        title={t.removeTitle(device.name)}
        go={t.removeSure}
        look="button-bare"
        onSure={remove}
      >
        <p>{t.removeMore}</p>
      </Sure>
    </li>
  );
}
