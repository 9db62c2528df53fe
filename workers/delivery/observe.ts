import type { Ailment, Sample } from "../../contracts/metrics.ts";
import { databaseCheck, examine, objectsCheck, queuesCheck } from "../shared/health.ts";
import { backlogOf } from "../shared/metrics/queue-backlog.ts";
import { countedBy, inUse, listedIn } from "../shared/metrics/readings.ts";
import { gathered } from "../shared/metrics/sources.ts";
import { Tally } from "../shared/metrics/tally.ts";
import { mostAsked, takeVitals } from "../shared/metrics/vitals.ts";
import { carriers } from "../shared/tables/carriers.ts";
import { within } from "../shared/within.ts";
import type { DeliveryEnv } from "./env.ts";

const worker = "delivery";
const patienceMs = 3_000;

/** What this isolate counts. */
export const tally = new Tally(worker);

export async function measure(env: DeliveryEnv, now: number): Promise<Sample[]> {
  const { DB: db, ZONE, DRIVER, CARRIER } = env;
  await tally.tell(db, now, "now");
  return gathered(worker, [
    () => countedBy(db, worker, { comanda_retransmissions_total: [""] }),
    () => backlogOf(worker, { "delivery-inbox-dead": env.DEAD_LETTERS }, now),
    async () => {
      const zones = await inUse(db, "zone", now);
      const drivers = await onShift(env, zones.names);
      const wards = [
        { kind: "zone", ...zones, objects: ZONE },
        { kind: "carrier", ...(await listedIn(db, carriers)), objects: CARRIER },
        { kind: "driver", known: drivers.length, names: drivers, objects: DRIVER },
      ];
      return (await Promise.all(wards.map((ward) => takeVitals(worker, ward)))).flat();
    },
  ]);
}

/** The names of the drivers' objects: their zones alone know them. */
async function onShift(env: DeliveryEnv, zones: readonly string[]): Promise<string[]> {
  const asked = zones.slice(0, mostAsked).map(async (zone) => {
    const [tenant = ""] = zone.split("/");
    const drivers = await within(patienceMs, Promise.resolve(env.ZONE.getByName(zone).drivers()));
    return drivers.map(({ id }) => `${tenant}/${id}`);
  });
  return (await Promise.allSettled(asked)).flatMap((names) => (names.status === "fulfilled" ? names.value : []));
}

export function ail(env: DeliveryEnv): Promise<Ailment[]> {
  const { DB: db, ZONE, DRIVER, CARRIER, ORDERING_INBOX, DELIVERY_INBOX, DEAD_LETTERS } = env;
  const queues = { ORDERING_INBOX, DELIVERY_INBOX, DEAD_LETTERS };
  return examine([databaseCheck(db), queuesCheck(queues), objectsCheck([ZONE, DRIVER, CARRIER])]);
}
