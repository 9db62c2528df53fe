import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { ask } from "../shared/api.ts";
import type { Session } from "../shared/session.ts";
import { problemWords } from "../shared/words.ts";
import { Approval } from "./approval.tsx";
import { DeviceList } from "./device-list.tsx";
import { type Device, deviceRoutes } from "./device-routes.ts";
import { session } from "./sign-in.ts";
import { words } from "./words.ts";

export interface VenueName {
  readonly id: string;
  readonly name: string;
}

type Holder = NonNullable<Session["holder"]["value"]>;

/** Letting a device in, and who is in already. */
export function DevicesPage({ holder: { tenant, venues: reach } }: { readonly holder: Holder }) {
  const [venues, setVenues] = useState<readonly VenueName[]>([]);
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const t = words.value;

  const loadDevices = async () => {
    const all = await allDevices();
    if (Array.isArray(all)) setDevices(all);
    else setProblem(all);
  };
  const loadVenues = async () => {
    const reply = await ask(venueRoutes.list, { params: { tenant } });
    if (!reply.ok) return setProblem(reply.problem);
    const known = reply.value.venues.map(({ id, settings }) => ({ id, name: settings.name }));
    setVenues(known.filter(({ id }) => reach === null || reach.includes(id)));
  };
  useEffect(() => {
    void loadDevices();
    void loadVenues();
  }, [tenant]);

  return (
    <main class="admin">
      <h1>{t.heading}</h1>
      {problem === null ? null : (
        <p class="notice notice-stop" role="alert">
          {problemWords(problem)}
        </p>
      )}
      <div class="admin-columns">
        <Approval venues={venues} decided={() => void loadDevices()} />
        <DeviceList devices={devices} venues={venues} removed={() => void loadDevices()} />
      </div>
    </main>
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
