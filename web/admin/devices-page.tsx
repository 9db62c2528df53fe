import "./devices.css";
import { Approval } from "./approval.tsx";
import { askAll, useAnswer } from "./asked.ts";
import { DeviceList } from "./device-list.tsx";
import { deviceRoutes } from "./device-routes.ts";
import { Frame } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { Failed } from "./states.tsx";
import { words } from "./words.ts";

export interface VenueName {
  readonly id: string;
  readonly name: string;
}

/** Letting a device in, and who is in already. */
export function DevicesPage({ holder: { tenant, role }, venues: reached }: PageProps) {
  const { value, problem, again } = useAnswer(tenant, () => askAll(deviceRoutes.list));
  const devices = value?.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)) ?? null;
  const venues = reached.map(({ id, settings }): VenueName => ({ id, name: settings.name }));
  return (
    <Frame title={words.value.heading}>
      {problem === null ? null : <Failed problem={problem} retry={again} />}
      <div class="admin-columns">
        <Approval kinds={role === "admin" ? ["tablet", "driver"] : ["tablet"]} venues={venues} decided={again} />
        <DeviceList devices={devices} isMissing={problem !== null} venues={venues} removed={again} />
      </div>
    </Frame>
  );
}
