import type { Sample } from "../../../contracts/metrics.ts";
import { within } from "../within.ts";

const patienceMs = 3_000;

/** What waits on each queue (by its name in our words), as far as the platform tells. */
export async function backlogOf(
  worker: string,
  queues: Readonly<Record<string, Queue>>,
  now: number,
): Promise<Sample[]> {
  const asked = Object.entries(queues).map(async ([queue, binding]): Promise<Sample[]> => {
    const { backlogCount, backlogBytes, oldestMessageTimestamp } = await within(patienceMs, binding.metrics());
    const labels = { worker, queue };
    const age = oldestMessageTimestamp === undefined ? 0 : Math.max(0, now - oldestMessageTimestamp.getTime()) / 1_000;
    return [
      { metric: "comanda_queue_messages", labels, value: backlogCount },
      { metric: "comanda_queue_bytes", labels, value: backlogBytes },
      { metric: "comanda_queue_oldest_seconds", labels, value: backlogCount === 0 ? 0 : age },
    ];
  });
  // A queue that does not tell is left out: an absent series is noticed, a wrong number is believed.
  const told = await Promise.allSettled(asked);
  return told.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
}
