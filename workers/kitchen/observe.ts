import type { Ailment, Sample } from "../../contracts/metrics.ts";
import { databaseCheck, examine, objectsCheck, queuesCheck } from "../shared/health.ts";
import { backlogOf } from "../shared/metrics/queue-backlog.ts";
import { countedBy, inUse } from "../shared/metrics/readings.ts";
import { gathered } from "../shared/metrics/sources.ts";
import { Tally } from "../shared/metrics/tally.ts";
import { takeVitals } from "../shared/metrics/vitals.ts";
import type { KitchenEnv } from "./env.ts";

const worker = "kitchen";

/** What this isolate counts. */
export const tally = new Tally(worker);

export async function measure(env: KitchenEnv, now: number): Promise<Sample[]> {
  const { DB: db, BOARD: objects } = env;
  await tally.tell(db, now, "now");
  return gathered(worker, [
    () => countedBy(db, worker, { comanda_retransmissions_total: [""] }),
    () => backlogOf(worker, { "kitchen-inbox-dead": env.DEAD_LETTERS }, now),
    async () => takeVitals(worker, { kind: "board", ...(await inUse(db, "board", now)), objects }),
  ]);
}

export function ail({ DB: db, BOARD, ORDERING_INBOX, DEAD_LETTERS }: KitchenEnv): Promise<Ailment[]> {
  return examine([databaseCheck(db), queuesCheck({ ORDERING_INBOX, DEAD_LETTERS }), objectsCheck([BOARD])]);
}
