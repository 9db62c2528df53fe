import "./devices.css";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import { Approval } from "./approval.tsx";
import { DeviceList } from "./device-list.tsx";
import { type Device, deviceRoutes } from "./device-routes.ts";
import { Frame } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { Failed } from "./states.tsx";
import { session } from "./sign-in.ts";
import { words } from "./words.ts";

export interface VenueName {
  readonly id: string;
  readonly name: string;
}

/** Letting a device in, and who is in already. */
export function DevicesPage({ holder: { tenant, role }, venues: reached }: PageProps) {
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const venues = reached.map(({ id, settings }): VenueName => ({ id, name: settings.name }));

  const loadDevices = async () => {
    const all = await allDevices();
    if (Array.isArray(all)) setDevices(all);
    else setProblem(all);
  };
  useEffect(() => void loadDevices(), [tenant]);

  return (
    <Frame title={words.value.heading}>
      {problem === null ? null : <Failed problem={problem} />}
      <div class="admin-columns">
        <Approval
          kinds={role === "admin" ? ["tablet", "driver"] : ["tablet"]}
          venues={venues}
          decided={() => void loadDevices()}
        />
        <DeviceList devices={devices} venues={venues} removed={() => void loadDevices()} />
      </div>
    </Frame>
  );
}

async function allDevices(): Promise<Device[] | Problem> {
  const devices: Device[] = [];
  for (let after: string | null = ""; after !== null;) {
    const query: Record<string, string> = after === "" ? {} : { after };
    const reply = await session.ask(deviceRoutes.list, { query: { ...query, limit: "100" } });
    if (!reply.ok) return reply.problem;
    devices.push(...reply.value.items);
    after = reply.value.next;
  }
  return devices.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}
