import { computed, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Answered } from "./asked.ts";
import { holder } from "./sign-in.ts";

/** Cut off is said a second after it is known, and within five of the last answer. */
const everyMs = 1_500;
const lateMs = 2_200;
const lookEveryMs = 250;
/** An answer that takes longer is not waited for. */
const patienceMs = 8_000;

/** What has not been answered for too long, and since when (epoch ms). */
const late = signal<ReadonlyMap<object, number>>(new Map());
const online = signal(navigator.onLine);
addEventListener("online", () => (online.value = true));
addEventListener("offline", () => (online.value = false));

/** Whether all that is asked for again and again is answered, and the device knows of no missing network. */
export const isCurrent = computed(() => online.value && late.value.size === 0);
/** Of when the oldest of it is (epoch ms); null where nothing is late. */
export const currentAt = computed(() => (late.value.size === 0 ? null : Math.min(...late.value.values())));

/**
 * Asks again every few seconds while the page is looked at, for what has no socket: a hidden page asks nothing, and at
 * once when it is looked at again. What stays unanswered makes the page say so.
 */
export function usePolled({ again, asking, answeredAt }: Answered<unknown>): void {
  const newest = useRef({ again, asking, answeredAt });
  newest.current = { again, asking, answeredAt };
  useEffect(() => {
    const self = {};
    let askedAt = Date.now();
    const look = () => {
      const asked = newest.current;
      // Nobody is there to be told while the session has ended; what was asked would wait with all the others.
      const isSeen = document.visibilityState === "visible" && holder.peek() !== null;
      const now = Date.now();
      tell(self, isSeen && asked.answeredAt !== null && now - asked.answeredAt > lateMs ? asked.answeredAt : null);
      if (!isSeen || now - askedAt < (asked.asking ? patienceMs : everyMs)) return;
      askedAt = now;
      asked.again();
    };
    const timer = setInterval(look, lookEveryMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      tell(self, null);
    };
  }, []);
}

function tell(who: object, since: number | null): void {
  if ((late.value.get(who) ?? null) === since) return;
  const next = new Map(late.value);
  if (since === null) next.delete(who);
  else next.set(who, since);
  late.value = next;
}
